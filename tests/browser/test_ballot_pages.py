"""A vote in Chromium with scripts switched off, on the ballot that stands open in the portal.

It goes before the walks that move time, after which that ballot has closed.
"""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import CHROMIUM, context_of, keep
from tests.browser.test_pages import first_link, look
from tests.portal import Portal

pytestmark = [
    pytest.mark.browser,
    pytest.mark.enable_socket,
    pytest.mark.skipif(not CHROMIUM, reason="Chromium is not installed"),
]
# Of each width another seat, as a seat that has voted once cannot be seen to vote first.
VOTERS = {1280: ("sarkar", "Lena Vogel"), 360: ("samaj", "Asha Rao")}


@pytest.mark.parametrize("width", VOTERS)
def test_voting_and_changing_ones_mind_need_no_script(width, chromium, portal, cookies):
    person, name = VOTERS[width]
    context = context_of(chromium, cookies(person), width, script=False)
    page = context.new_page()
    ballot = open_ballot(page, portal)
    expect(line_of(page, name)).to_contain_text("not yet")

    cast(page)
    expect(page.get_by_role("alert")).to_contain_text("Nothing was marked")
    expect(line_of(page, name)).to_contain_text("not yet")

    cast(page, "yes")
    expect(page.locator("main")).to_contain_text("Your seat said: Yes.")
    expect(line_of(page, name)).to_contain_text("yes, it has voted")

    cast(page, "abstain")
    expect(page.locator("main")).to_contain_text("Your seat said: Abstain.")
    expect(page.locator("[name=choice]:checked")).to_have_value("abstain")
    keep(page, "ballot after a vote", width)
    assert page.url.partition("?")[0] == ballot
    context.close()


@pytest.mark.parametrize("width", VOTERS)
def test_the_paper_of_a_seat_has_no_barrier(width, chromium, portal, cookies):
    context = context_of(chromium, cookies("market"), width)
    page = context.new_page()

    look(page, open_ballot(page, portal), "ballot paper", width)

    expect(page.locator("form.paper")).to_be_visible()
    context.close()


def open_ballot(page: Page, portal: Portal) -> str:
    page.goto(f"{portal.url}/ballots/?state=open")
    page.goto(portal.url + first_link(page, r"/ballots/B-[^/]+/"))
    return page.url


def line_of(page: Page, name: str) -> Locator:
    """The line of the roll that tells of one person's seat."""
    return page.locator("#roll tbody tr", has_text=name)


def cast(page: Page, choice: str = "") -> None:
    """Mark a choice, or none, and press the button."""
    if choice:
        page.check(f"form.paper [name=choice][value={choice}]")
    with page.expect_navigation():
        page.click("form.paper button[type=submit]")
