"""Who may ask: nobody, unless the view names the scope that its readers and writers need."""

from typing import Any

from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request

from apps.core.actor import ActorKind
from apps.core.errors import SecondFactorNeeded
from apps.institutions.auth import actor_of
from apps.institutions.permissions import has_scope, lacks_second_factor


class ScopedPermission(BasePermission):
    """Let known actors in whose token carries the view's `read_scope` or `write_scope`.

    A view without the attribute is closed; with `None` it is open to people signed in, never to
    tokens. A person who needs a second factor and has none writes nothing.
    """

    def has_permission(self, request: Request, view: Any) -> bool:
        """Say whether the actor may enter; what they may do there, the service decides."""
        reading = request.method in SAFE_METHODS
        name = "read_scope" if reading else "write_scope"
        actor = actor_of(request)
        if not actor.known or not hasattr(view, name):
            return False
        scope = getattr(view, name)
        fits = actor.kind is ActorKind.PERSON if scope is None else has_scope(actor, scope)
        if fits and not reading and lacks_second_factor(actor):
            raise SecondFactorNeeded
        return fits
