"""Sessions of people in office, with the second factor that their pages demand."""

from allauth.mfa.totp.internal.auth import TOTP
from django.test import Client

from apps.institutions.models import User


def signed_in(user: User, *, second_factor: bool = True) -> Client:
    """A browser in which someone has signed in."""
    browser = Client()
    browser.force_login(user, "allauth.account.auth_backends.AuthenticationBackend")
    if second_factor:
        TOTP.activate(user, "JBSWY3DPEHPK3PXP")
        session = browser.session
        session["account_authentication_methods_user"] = str(user.pk)
        session["account_authentication_methods"] = [{"method": "mfa", "type": "totp"}]
        session.save()
    return browser
