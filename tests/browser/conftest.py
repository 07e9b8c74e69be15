"""Headless Chromium before the real portal."""

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright

from tests.portal import PASSWORD, Portal

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
ARGUMENTS = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]
SCREENSHOTS = Path(settings.BASE_DIR) / "var" / "screenshots"
WIDTHS = {1280: 800, 360: 740}


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def cookies(chromium: Browser, portal: Portal) -> Callable[[str], list]:
    """Sign in each person once, by the pages themselves; return the session's cookies."""
    kept: dict[str, list] = {"": []}

    def of(person: str) -> list:
        if person not in kept:
            context = chromium.new_context()
            sign_in(context.new_page(), portal, f"{person}@demo.example")
            kept[person] = context.cookies()
            context.close()
        return kept[person]

    return of


def sign_in(page: Page, portal: Portal, email: str) -> None:
    """Sign in with the password and, where it is asked for, the code of the moment."""
    page.goto(f"{portal.url}/accounts/login/")
    page.fill("[name=login]", email)
    page.fill("[name=password]", PASSWORD)
    page.click("main form button[type=submit]")
    if "2fa/authenticate" in page.url:
        page.fill("[name=code]", portal.code_of(email))
        page.click("main form button[type=submit]")
    assert "/accounts/" not in page.url, page.inner_text("main")


def context_of(
    chromium: Browser, cookies: list, width: int, *, script: bool = True
) -> BrowserContext:
    """A window of this width, signed in by cookies."""
    size = {"width": width, "height": WIDTHS[width]}
    context = chromium.new_context(viewport=size, java_script_enabled=script)
    context.add_cookies(cookies)
    return context


def keep(page: Page, name: str, width: int) -> None:
    """Save the whole page as a picture for people to look at."""
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    tidy = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") or "home"
    page.screenshot(path=SCREENSHOTS / f"{tidy}-{width}.png", full_page=True)
