"""A passkey in a real browser: set up on one's own page, then used to sign in without a password.

Chromium's virtual authenticator stands for the device; the pages, their scripts and the policy on
scripts are the portal's own.
"""

import shutil
from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.db import transaction
from playwright.sync_api import BrowserContext, Page, sync_playwright

from apps.institutions.models import User
from apps.institutions.offices import Office
from tests.factories import institutions as make

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.enable_socket,
    pytest.mark.skipif(not CHROMIUM, reason="Chromium is not installed"),
]
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def context(monkeypatch: pytest.MonkeyPatch) -> Iterator[BrowserContext]:
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser.new_context()
        browser.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    page = context.new_page()
    device = context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    device.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    return page


@pytest.fixture
def officer(transactional_db: None) -> User:
    cache.clear()
    with transaction.atomic():
        user = make.person("Meera Iyer", email="meera@example.org", password=make.PASSWORD)
        make.officer(Office.REGULATOR, user=user)
    return user


def test_an_officer_sets_a_passkey_up_and_signs_in_with_it_alone(
    page: Page, officer: User, live_server, settings
) -> None:
    settings.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
    home = live_server.url.replace("127.0.0.1", "localhost")
    page.goto(f"{home}/accounts/login/")
    page.fill("[name=login]", officer.email)
    page.fill("[name=password]", make.PASSWORD)
    page.click("main button:has-text('Sign in')")

    page.goto(f"{home}/accounts/2fa/webauthn/add/")
    page.fill("[name=password]", make.PASSWORD)
    page.click("main button[type=submit]")
    page.fill("[name=name]", "Laptop")
    page.check("[name=passwordless]")
    page.click("#mfa_webauthn_add")
    page.wait_for_url(lambda url: "webauthn/add" not in url)
    page.context.clear_cookies()
    page.goto(f"{home}/accounts/login/")
    page.click("#passkey_login")
    page.wait_for_url(f"{home}/")

    page.goto(f"{home}/me/")
    assert page.inner_text("h1") == "Meera Iyer"
    page.goto(f"{home}/charter/")
    assert page.url == f"{home}/charter/"
