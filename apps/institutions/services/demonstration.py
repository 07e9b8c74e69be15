"""Second factors of demonstration accounts, whose codes the command line may tell."""

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
)
from allauth.mfa.utils import decrypt
from django.db import transaction

from apps.core.errors import NotPermitted
from apps.institutions.models import User
from apps.institutions.services.codes import steps


@transaction.atomic
def demo_second_factor(*, user: User) -> Authenticator:
    """Give a demonstration account an authenticator app, once; no deed, so no act."""
    _must_be_demo(user)
    held = Authenticator.objects.select_for_update().filter(user=user, type=Authenticator.Type.TOTP)
    return held.first() or TOTP.activate(user, generate_totp_secret()).instance


def demo_code(*, user: User) -> str:
    """Return the code of the moment of a demonstration account; each code works once."""
    _must_be_demo(user)
    held = Authenticator.objects.get(user=user, type=Authenticator.Type.TOTP)
    return format_hotp_value(hotp_value(decrypt(held.data["secret"]), steps()[0]))


def _must_be_demo(user: User) -> None:
    if not user.is_demo:
        raise NotPermitted("Only demonstration accounts tell their codes.")
