"""The API's doorkeepers, and what it says about people and organisations."""

from apps.institutions.api.authentication import SessionAuthentication, TokenAuthentication
from apps.institutions.api.idempotency import idempotent
from apps.institutions.api.scoping import ScopedPermission
from apps.institutions.api.throttling import ActorThrottle

__all__ = [
    "ActorThrottle",
    "ScopedPermission",
    "SessionAuthentication",
    "TokenAuthentication",
    "idempotent",
]
