"""What the views have in common: for whom someone acts, and how a refusal is documented."""

import uuid

from django.utils.translation import gettext_lazy as _
from rest_framework.permissions import SAFE_METHODS, AllowAny, BasePermission
from rest_framework.request import Request
from rest_framework.views import APIView

from apps.core.actor import Actor
from apps.core.errors import Invalid
from apps.institutions.api import ScopedPermission
from apps.institutions.auth import actor_of
from apps.institutions.models import Organisation
from apps.institutions.scopes import Scope
from apps.institutions.selectors import memberships_of, organisation_by_code


class OpenToRead(APIView):
    """Anyone reads; only those write whose session or token may."""

    write_scope = Scope.LISTINGS_WRITE

    def get_permissions(self) -> list[BasePermission]:
        """Let anyone read, and only those in who may write."""
        reading = self.request.method in SAFE_METHODS
        return [AllowAny()] if reading else [ScopedPermission()]


def organisation_meant(request: Request, code: str) -> Organisation:
    """Return the organisation for which a request is made.

    It is named by its code; else it is the token's, or the only one the person belongs to.
    """
    if code:
        return organisation_by_code(code)
    actor = actor_of(request)
    found = _own(actor)
    if len(found) != 1:
        raise Invalid(
            _("It is not said for which organisation this is."),
            remedy=_("Name the organisation by its code."),
            field="organisation",
        )
    return found[0]


def _own(actor: Actor) -> list[Organisation]:
    person: uuid.UUID | None = actor.person
    if person is None:
        return []
    mine = [row.organisation for row in memberships_of(person)]
    if actor.organisation is None:
        return mine
    return [row for row in mine if row.pk == actor.organisation]
