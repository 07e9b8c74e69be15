"""The walk of `tests/journeys/ground.py` by clicks in Chromium, with scripts switched off.

The journey over HTTP may have gone before in the same portal: this one lists models of its own.
"""

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import CHROMIUM, context_of, keep
from tests.factories.policy import example_rows, rule_draft
from tests.portal import Portal

pytestmark = [
    pytest.mark.browser,
    pytest.mark.enable_socket,
    pytest.mark.skipif(not CHROMIUM, reason="Chromium is not installed"),
]
# Of each width its own card, so that the rule of one walk does not touch the other's listing.
CARDS = {
    1280: ("facebook/maskformer-swin-base-coco", "image-segmentation"),
    360: ("Intel/dpt-large", "depth-estimation"),
}
PATIENCE = 60


@contextmanager
def window(chromium: Browser, cookies: list, width: int) -> Iterator[Page]:
    context = context_of(chromium, cookies, width, script=False)
    yield context.new_page()
    context.close()


def until(page: Page, address: str, holds: Callable[[str], bool]) -> str:
    """Load a page again and again until its text is as it should be."""
    end = time.monotonic() + PATIENCE
    while True:
        page.goto(address)
        text = page.inner_text("body")
        if holds(text):
            return text
        assert time.monotonic() < end, text[:2000]
        time.sleep(0.5)


def decision(page: Page, portal: Portal, code: str) -> str:
    asked = f"{portal.url}/api/v1/decisions?model={code}&jurisdiction=IN"
    return json.loads(page.request.get(asked).text())["outcome"]


@pytest.mark.parametrize("width", [1280, 360])
def test_the_walk_needs_no_script(width, chromium, portal, cookies):
    identity, task = CARDS[width]
    name = identity.split("/")[1]
    card = {
        "id": identity,
        "metadata": {"license": "creativeml-openrail-m", "pipeline_tag": task},
    }

    with window(chromium, cookies("owner"), width) as page:
        page.goto(f"{portal.url}/bazaar/import/")
        page.fill("[name=rows]", json.dumps(card))
        keep(page, "walk 1 import", width)
        page.click("main form button:has-text('Import')")
        until(page, page.url, lambda text: "Finished" in text)
        keep(page, "walk 2 imported", width)

        page.goto(f"{portal.url}/register/?q={name}")
        code = page.get_attribute("main a[href^='/listings/']", "href").split("/")[2]
        until(page, f"{portal.url}/listings/{code}/", lambda text: "Prohibited" in text)
        assert page.locator("main a[href^='/rules/R-']").count() > 0
        keep(page, "walk 3 standing", width)

        page.goto(f"{portal.url}/bazaar/listings/{code}/")
        page.fill("[name=licence_text]", "apache-2.0")
        page.click("form:has([name=licence_text]) button[type=submit]")
        assert "Version 2" in page.inner_text("body")
        keep(page, "walk 4 changed", width)
        until(page, f"{portal.url}/listings/{code}/", lambda text: "Prohibited" not in text)
        keep(page, "walk 5 judged anew", width)
        assert decision(page, portal, code) == "allow"

    with window(chromium, cookies("in"), width) as page:
        page.goto(f"{portal.url}/sarkar/rules/enter/")
        page.fill("[name=title]", f"Models for {task} wait")
        page.fill("[name=authority]", "Ministry of Models")
        page.fill("[name=legal_basis]", "Model Markets Act, section 7")
        page.select_option("[name=outcome]", "3")
        page.select_option("[name=mode]", "enforce")
        page.fill("[name=jurisdictions]", "IN")
        page.fill("[name=expression]", f'listing.task == "{task}"')
        page.fill("[name=clauses-0-text]", f"A model for {task} is suspended.")
        for field, value in example_rows(rule_draft(f'listing.task == "{task}"')).items():
            if field.endswith("fires"):
                page.select_option(f"[name={field}]", value)
            else:
                page.fill(f"[name={field}]", value)
        keep(page, "walk 6 rule", width)
        page.click("button[name=enter]")
        assert "/rules/R-" in page.url, page.inner_text("main")
        rule, end = page.url, time.monotonic() + PATIENCE
        while decision(page, portal, code) != "suspend":
            assert time.monotonic() < end
            time.sleep(0.5)
        until(page, rule, lambda text: name in text)
        keep(page, "walk 7 whom it touches", width)
