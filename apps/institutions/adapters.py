"""Where allauth asks us: who may sign in, and how second factors are kept."""

import base64
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from apps.institutions.models import User
from apps.institutions.permissions import needs_second_factor
from apps.institutions.selectors.people import suspension_of

SECOND = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


class AccountAdapter(DefaultAccountAdapter):
    """Accounts: a suspended person is told why and how to object, and is not signed in."""

    def pre_login(self, request: HttpRequest, user: User, **facts: Any) -> HttpResponse | None:
        """Stop a suspended person once the password was right."""
        if suspension := suspension_of(user.pk):
            facts = {"suspension": suspension}
            return render(request, "institutions/suspended.html", facts, status=403)
        return super().pre_login(request, user, **facts)

    def post_login(self, request: HttpRequest, user: User, **facts: Any) -> HttpResponse:
        """Speak the person's language from here on."""
        response = super().post_login(request, user, **facts)
        response.set_cookie(settings.LANGUAGE_COOKIE_NAME, user.language, samesite="Lax")
        return response


class SecondFactorAdapter(DefaultMFAAdapter):
    """Second factors: secrets are encrypted at rest, and an office keeps its last one."""

    def encrypt(self, text: str) -> str:
        """Encrypt a secret before it is stored."""
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Read a stored secret."""
        return _cipher().decrypt(encrypted_text.encode()).decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Refuse to take the last second factor from a person whose office needs one."""
        others = Authenticator.objects.filter(user=authenticator.user_id, type__in=SECOND)
        left = others.exclude(pk=authenticator.pk).exists()
        return left or not needs_second_factor(authenticator.user_id)


def _cipher() -> MultiFernet:
    """Return the cipher of the portal's key; older keys still open what they closed."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_derived(key)) for key in keys])


def _derived(key: str) -> bytes:
    kdf = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"sangam second factor")
    return base64.urlsafe_b64encode(kdf.derive(key.encode()))
