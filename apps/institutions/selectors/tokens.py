"""Finding a token by its secret, and whether it still speaks for anyone."""

import hashlib

from apps.institutions.models import ApiToken, Membership
from apps.institutions.permissions import MAY_ACT


def secret_digest(secret: str) -> str:
    """Return what is kept of a secret; its 256 random bits need no slow hash."""
    return hashlib.sha256(secret.encode()).hexdigest()


def token_by_secret(secret: str) -> ApiToken | None:
    """Return the valid token of a secret, with its person."""
    found = ApiToken.objects.valid().select_related("user")
    return found.filter(digest=secret_digest(secret)).first()


def token_speaks(token: ApiToken) -> bool:
    """Whether the issuer still belongs to the token's organisation, and that may act."""
    if token.organisation_id is None:
        return True
    held = Membership.objects.held().filter(
        user=token.user_id,
        organisation=token.organisation_id,
        organisation__state__in=MAY_ACT,
    )
    return held.exists()
