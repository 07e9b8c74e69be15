"""Codes of authenticator apps: each of them once, the present one or the one just gone."""

from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from allauth.mfa.utils import decrypt
from django.core.cache import cache

from apps.institutions.errors import CodeNotAccepted


def code_spend(*, authenticator: Authenticator, code: str) -> None:
    """Take a code that allauth found right; no deed, so no act (RFC 6238, section 5.2).

    A code on its way while its half minute ends still counts; the one to come does not. Raises
    `CodeNotAccepted` where it was spent before.
    """
    secret = decrypt(authenticator.data["secret"])
    for step in steps():
        expected = format_hotp_value(hotp_value(secret, step))
        if compare_user_code(actual=code, expected=expected) and _first_use(authenticator, step):
            return
    raise CodeNotAccepted


def steps() -> list[int]:
    """Return the steps whose codes count now, the present one first."""
    *counting, _ = yield_hotp_counters_from_time()
    return counting[::-1]


def _first_use(authenticator: Authenticator, step: int) -> bool:
    spent = f"second-factor-spent:{authenticator.pk}:{step}"
    return cache.add(spent, 1, timeout=3 * app_settings.TOTP_PERIOD)
