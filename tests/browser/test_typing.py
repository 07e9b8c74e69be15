"""A rule checked while it is typed: what the page says changes without a button being pressed."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import CHROMIUM, WIDTHS, context_of, keep
from tests.portal import Portal

pytestmark = [
    pytest.mark.browser,
    pytest.mark.enable_socket,
    pytest.mark.skipif(not CHROMIUM, reason="Chromium is not installed"),
]
GUARDED = "has(listing.params_b) && listing.params_b > 70.0"


@pytest.mark.parametrize("width", WIDTHS)
def test_what_is_wrong_is_said_while_one_types(width, chromium, portal, cookies):
    context = context_of(chromium, cookies("in"), width)
    page = context.new_page()
    sent = asked(page)
    enter_page(page, portal)

    typed(page, "listing.downloads > 1000 && listing.tsak == 'asr'")
    expect(page.locator("#checked")).to_contain_text("Did you mean listing.task")
    expect(page.locator("#checked mark")).to_have_text("listing.tsak")

    typed(page, GUARDED.partition("&& ")[2])
    expect(page.locator("#checked")).to_contain_text("has(listing.params_b)")

    typed(page, GUARDED)
    expect(page.locator("#checked")).to_contain_text("It parses, every name is in the vocabulary")
    keep(page, "a rule checked while typed", width)
    assert page.input_value("[name=expression]") == GUARDED
    assert set(sent) == {"POST"}
    context.close()


def enter_page(page: Page, portal: Portal) -> None:
    page.goto(f"{portal.url}/sarkar/rules/enter/")
    page.wait_for_function("window.htmx !== undefined")


def asked(page: Page) -> list[str]:
    """Keep how the page asks of its own accord."""
    found: list[str] = []
    page.on("request", lambda one: found.append(one.method) if one.headers.get("hx-request") else 0)
    return found


def typed(page: Page, expression: str) -> None:
    field = page.locator("[name=expression]")
    field.fill("")
    field.press_sequentially(expression)
