"""Anyone may ask for decisions and standings; a token only where it was made for that."""

from typing import Any

from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from apps.core.actor import ActorKind
from apps.institutions.auth import actor_of
from apps.institutions.permissions import has_scope
from apps.institutions.scopes import Scope


class MayAskDecisions(BasePermission):
    """Let in everyone but tokens without the scope."""

    def has_permission(self, request: Request, view: Any) -> bool:
        """Say whether the actor may ask."""
        actor = actor_of(request)
        return actor.kind is not ActorKind.TOKEN or has_scope(actor, Scope.DECISIONS_READ)
