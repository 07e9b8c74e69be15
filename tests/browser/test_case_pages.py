"""The pages of casework in Chromium: reported without a script, then looked at by every side."""

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import CHROMIUM, WIDTHS, context_of, keep
from tests.browser.test_pages import faults, first_link, look
from tests.portal import Portal

pytestmark = [
    pytest.mark.browser,
    pytest.mark.enable_socket,
    pytest.mark.skipif(not CHROMIUM, reason="Chromium is not installed"),
]
PUBLIC = ("/samaj/", "/samaj/report/", "/samaj/answers/", "/cases/", "/orders/")
DESK = (
    ("in", "/sarkar/cases/"),
    ("in", "/sarkar/cases/reviews/start/"),
    ("in", "/sarkar/cases/orders/record/"),
    ("owner", "/bazaar/cases/"),
)
# States of the demonstration's cases, each with the officer who can open it.
STATES = (
    "Finding out which model it is",
    "Triaged",
    "With an officer",
    "Waiting for the company",
    "The company has answered",
)


@pytest.fixture(params=WIDTHS)
def width(request: pytest.FixtureRequest) -> int:
    return request.param


@pytest.mark.parametrize("path", PUBLIC)
def test_a_public_page_of_casework_has_no_barrier(path, width, chromium, portal):
    context = context_of(chromium, [], width)

    look(context.new_page(), portal.url + path, path, width)

    context.close()


@pytest.mark.parametrize(("person", "path"), DESK)
def test_a_page_of_the_desk_has_no_barrier(person, path, width, chromium, portal, cookies):
    context = context_of(chromium, cookies(person), width)

    look(context.new_page(), portal.url + path, f"{person} {path}", width)

    context.close()


@pytest.mark.parametrize("language", ["en-gb", "hi"])
def test_the_report_form_speaks_both_languages_on_a_small_phone(language, chromium, portal):
    context = chromium.new_context(
        viewport={"width": 360, "height": 740}, locale="hi-IN" if language == "hi" else "en-GB"
    )
    page = context.new_page()

    look(page, f"{portal.url}/samaj/report/", f"report form {language}", 360)

    said = {"en-gb": "Report misuse of an AI model", "hi": "किसी AI मॉडल के दुरुपयोग की रिपोर्ट करें"}
    assert page.inner_text("h1") == said[language]
    context.close()


def test_a_public_case_has_no_barrier(width, chromium, portal):
    context = context_of(chromium, [], width)
    page = context.new_page()
    page.goto(f"{portal.url}/cases/")

    look(page, portal.url + first_link(page, r"/cases/C-[^/]+/"), "one public case", width)

    context.close()


@pytest.mark.parametrize("state", STATES)
def test_a_case_in_each_state_has_no_barrier(state, width, chromium, portal, cookies):
    for officer in ("in", "eu"):
        context = context_of(chromium, cookies(officer), width)
        page = context.new_page()
        page.goto(f"{portal.url}/sarkar/cases/")
        row = page.locator("table tbody tr", has_text=state).first
        if row.count():
            way = row.locator("a").first.get_attribute("href")
            look(page, portal.url + str(way), f"case {officer} {state}", width)
            context.close()
            return
        context.close()
    pytest.fail(f"No case of the demonstration is “{state}”.")


def test_a_waiting_report_and_an_appeal_have_no_barrier(width, chromium, portal, cookies):
    for officer, pattern in (
        ("in", r"/sarkar/cases/reports/[^/]+/"),
        ("registry", r"/sarkar/cases/appeals/[^/]+/"),
    ):
        context = context_of(chromium, cookies(officer), width)
        page = context.new_page()
        page.goto(f"{portal.url}/sarkar/cases/")
        address = portal.url + first_link(page, pattern)
        look(page, address, f"officer {pattern.split('/')[3]}", width)
        context.close()


@pytest.mark.parametrize("assisted", [False, True])
def test_reporting_and_coming_back_need_no_script(assisted, width, chromium, portal):
    """A helper who files for someone else gives the receipt away; the page keeps none of it."""
    context = context_of(chromium, [], width, script=False)
    page = context.new_page()

    receipt = filed(page, portal, width, assisted=assisted)
    assert receipt not in page.url
    page.go_back()
    assert receipt not in page.content()
    status = came_back(page, portal, receipt, width)

    assert "Received" in status
    assert "1 file was added." in status
    assert "stairwell" not in status
    assert faults_without_script(chromium, portal, receipt, width) == []
    context.close()


def filed(page: Page, portal: Portal, width: int, *, assisted: bool) -> str:
    page.goto(f"{portal.url}/samaj/report/")
    page.fill("[name=thing]", "A lock of our stairwell")
    page.check("[name=harms][value=safety]")
    page.fill("[name=story]", "It opens to nobody with a veil.")
    page.set_input_files(
        "[name=file]",
        [
            {"name": "note.txt", "mimeType": "text/plain", "buffer": b"Seen on Monday."},
            {"name": "lock.exe", "mimeType": "text/plain", "buffer": b"MZ\x90\x00"},
        ],
    )
    if assisted:
        page.check("[name=assisted]")
    page.check("[name=good_faith]")
    page.click("main form button:has-text('Send the report')")
    keep(page, f"receipt {'assisted' if assisted else 'own'}", width)
    text = page.inner_text("main")
    assert "Your report was received" in text
    assert "lock.exe" in text
    assert ("Give this receipt to the person you helped" in text) is assisted
    return "-".join(page.locator(".words li").all_inner_texts())


def came_back(page: Page, portal: Portal, receipt: str, width: int) -> str:
    page.goto(f"{portal.url}/samaj/answers/")
    page.fill("[name=receipt]", receipt.lower())
    page.click("main form button[type=submit]")
    page.set_input_files(
        "[name=file]", [{"name": "b.txt", "mimeType": "text/plain", "buffer": b"And on Tuesday."}]
    )
    page.click("main form button:has-text('Add the files')")
    keep(page, "status of a report", width)
    return page.inner_text("main")


def faults_without_script(chromium: Browser, portal: Portal, receipt: str, width: int) -> list[str]:
    """What axe finds on the status page; axe itself is a script, so a second window has them."""
    context = context_of(chromium, [], width)
    page = context.new_page()
    page.goto(f"{portal.url}/samaj/answers/")
    page.fill("[name=receipt]", receipt)
    page.click("main form button[type=submit]")
    found = faults(page)
    context.close()
    return found
