"""Who asks: a token in the header, or a session with its CSRF token."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.plumbing import build_bearer_security_scheme_object
from rest_framework import authentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from apps.institutions.errors import PersonSuspended
from apps.institutions.models import ApiToken, User
from apps.institutions.selectors.tokens import bearer_of


class TokenAuthentication(authentication.BaseAuthentication):
    """`Authorization: Bearer sangam_…`: a token that is neither expired, revoked nor orphaned."""

    keyword = "Bearer"

    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        """Return the person and the token, or nothing where no bearer token was sent."""
        words = request.headers.get("Authorization", "").split()
        if not words or words[0].lower() != self.keyword.lower():
            return None
        bearer = bearer_of(words[1]) if len(words) == 2 else None  # noqa: PLR2004
        if bearer is None:
            raise AuthenticationFailed(_("This token is not known, has expired or was revoked."))
        if not bearer.in_good_standing:
            raise PersonSuspended
        if not bearer.speaks:
            raise AuthenticationFailed(
                _("The organisation of this token is suspended, or its issuer has left it.")
            )
        return bearer.token.user, bearer.token

    def authenticate_header(self, request: Request) -> str:
        """Name the scheme, so that a refusal is a 401."""
        return self.keyword


class SessionAuthentication(authentication.SessionAuthentication):
    """A page's own requests: the session's person, with a CSRF token on every write."""


class TokenScheme(OpenApiAuthenticationExtension):
    """How the schema names the token."""

    target_class = "apps.institutions.api.authentication.TokenAuthentication"
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, Any]:
        """Return the bearer scheme."""
        return build_bearer_security_scheme_object("Authorization", "Bearer", "token")


class SessionScheme(OpenApiAuthenticationExtension):
    """How the schema names the session."""

    target_class = "apps.institutions.api.authentication.SessionAuthentication"
    name = "session"

    def get_security_definition(self, auto_schema: Any) -> dict[str, Any]:
        """Return the cookie scheme."""
        return {"type": "apiKey", "in": "cookie", "name": "sessionid"}
