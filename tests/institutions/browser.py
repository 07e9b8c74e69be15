"""Signing in through the real pages, with real codes."""

import re
import time

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core import mail
from django.test import Client

from apps.institutions.models import User
from apps.institutions.services import demo_code, demo_second_factor
from tests.factories import institutions as make


def code_of(secret: str) -> str:
    """The code of the moment of an authenticator app."""
    wait_for_a_fresh_code()
    return code_at(secret, 0)


def code_at(secret: str, steps: int) -> str:
    """The code so many steps from now."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


def wait_for_a_fresh_code() -> None:
    """Let a code pass that is about to end."""
    if time.time() % 30 > 28:
        time.sleep(2)


def sign_in(browser: Client, email: str, password: str = make.PASSWORD):
    """Send the sign-in form; return the answer."""
    return browser.post("/accounts/login/", {"login": email, "password": password})


def arm(browser: Client) -> str:
    """Set up an authenticator app through the pages; return its secret."""
    browser.post("/accounts/reauthenticate/", {"password": make.PASSWORD})
    page = browser.get("/accounts/2fa/totp/activate/")
    assert page.status_code == 200, page.headers
    secret = browser.session["mfa.totp.secret"]
    assert secret in page.content.decode()
    answer = browser.post("/accounts/2fa/totp/activate/", {"code": code_of(secret)})
    assert answer.status_code == 302, answer.content.decode()
    return secret


def link_in_mail(pattern: str) -> str:
    """The path of the link in the newest message."""
    [found] = re.findall(rf"https?://[^/\s]+({pattern})", mail.outbox[-1].body)
    return found


def officer_browser(user: User) -> Client:
    """A browser of someone who signed in with password, authenticator app and code."""
    user.is_demo = True
    user.set_password(make.PASSWORD)
    user.save(update_fields=["is_demo", "password"])
    demo_second_factor(user=user)
    browser = Client()
    sign_in(browser, user.email)
    wait_for_a_fresh_code()
    browser.post("/accounts/2fa/authenticate/", {"code": demo_code(user=user)})
    return browser
