"""Finding a token by its secret, and whether it still speaks for anyone."""

import hashlib
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef

from apps.institutions.models import ApiToken, Membership
from apps.institutions.permissions import MAY_ACT, suspended


def secret_digest(secret: str) -> str:
    """Return what is kept of a secret; its 256 random bits need no slow hash."""
    return hashlib.sha256(secret.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Bearer:
    """A valid token, and whether its person and its organisation still stand behind it."""

    token: ApiToken
    in_good_standing: bool
    speaks: bool


def bearer_of(secret: str) -> Bearer | None:
    """Return the valid token of a secret with all that its bearer is asked for, in one read."""
    member = Membership.objects.held().filter(
        user=OuterRef("user"),
        organisation=OuterRef("organisation"),
        organisation__state__in=MAY_ACT,
    )
    asked = ApiToken.objects.valid().annotate(barred=suspended("user"), member=Exists(member))
    rows = asked.select_related("user").filter(digest=secret_digest(secret))
    token: Any = next(iter(rows), None)
    if token is None:
        return None
    sound = token.user.is_active and not token.barred
    return Bearer(token, sound, token.organisation_id is None or token.member)
