"""The whole loop of `tests/journeys/loop.py` in Chromium, by clicks, each page looked at.

Who reports and who votes has scripts switched off. Each page is tried at both widths: nothing that
axe finds, nothing that scrolls sideways, a picture for people to look at. The walk itself is made
at the wide one, and by night on the phone. It moves the portal's time by weeks, which ends what the
other modules look at while it runs: by its name it comes after them.
"""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.conftest import CHROMIUM, WIDTHS, context_of, keep
from tests.browser.test_pages import faults
from tests.browser.visitors import ClickingVisitor
from tests.journeys.conftest import through
from tests.journeys.deliberation import SEATS
from tests.journeys.grounds import Ground
from tests.journeys.loop import Story, walk
from tests.portal import Portal

pytestmark = [
    pytest.mark.browser,
    pytest.mark.supervisor,
    pytest.mark.enable_socket,
    pytest.mark.skipif(not CHROMIUM, reason="Chromium is not installed"),
]
WITHOUT_SCRIPT = {"", *SEATS}
# Codes, numbers and identities, without which two addresses are one kind of page.
OWN = re.compile(r"[A-Z]+-\d{5}-\w|[0-9a-f]{8}-[0-9a-f-]{27}|\?.*")
PARTS = "main h2"
# Of each width its own listing, use and rule, so that one walk does not touch another's.
STORIES = {
    1280: Story(
        listing="fjord/fjord-captions",
        task="image-to-text",
        use="education",
        company="fjord",
        thing="The picture book of our school",
        harm="false",
        told="It says of children in a picture what they are not, and the class laughs.",
        title="Captions that mock children at school",
        rule_title="Captions at school wait for an evaluation",
        sku="OS-0092",
    ),
    360: Story(
        listing="kaveri/kaveri-forms",
        task="document-question-answering",
        use="finance",
        company="owner",
        thing="The counter of our savings bank",
        harm="unfair",
        told="It reads our forms wrongly where they are written by hand, and refuses the loan.",
        title="Forms written by hand that are read wrongly",
        rule_title="Forms for a loan are read by people too",
        sku="OS-0093",
    ),
}


class Look:
    """Looks at each page that is passed, at both widths, once for each set of parts that it shows.

    A tab without scripts is looked at by its copy in a window with them, as axe is a script.
    """

    def __init__(self, window: Page, width: int) -> None:
        self.window, self.width = window, width
        self.known: set[tuple[str, ...]] = set()
        self.found: dict[str, list[str]] = {}

    def here(self, tab: Page) -> None:
        if name := self._new(tab):
            self._at(tab, name)

    def at_copy(self, tab: Page) -> None:
        if name := self._new(tab):
            html = tab.content()
            self.window.route(tab.url, lambda way: way.fulfill(body=html, content_type="text/html"))
            self.window.goto(tab.url)
            self._at(self.window, name)
            self.window.unroute(tab.url)

    def _new(self, tab: Page) -> str:
        """Return a name for the page if none of its kind was looked at, else nothing."""
        path = OWN.sub("", tab.url.partition("//")[2].partition("/")[2])
        shape = (path, *tab.locator(PARTS).all_text_contents())
        if shape in self.known:
            return ""
        self.known.add(shape)
        return f"loop {self.width} {len(self.known):02} {path}"

    def _at(self, tab: Page, name: str) -> None:
        """Look at the widths in turn, that of the walk last."""
        for width in sorted(WIDTHS, key=lambda width: width == self.width):
            tab.set_viewport_size({"width": width, "height": WIDTHS[width]})
            keep(tab, name, width)
            self.found[f"{name} at {width}"] = faults(tab)


@pytest.fixture(params=[1280, pytest.param(360, marks=pytest.mark.nightly)])
def width(request: pytest.FixtureRequest) -> int:
    return request.param


@pytest.fixture
def look(chromium: Browser, width: int) -> Iterator[Look]:
    context = context_of(chromium, [], width)
    yield Look(context.new_page(), width)
    context.close()


@pytest.fixture
def clicking(
    chromium: Browser, portal: Portal, cookies: Callable[[str], list], look: Look
) -> Iterator[Ground]:
    """The real portal, walked in Chromium."""
    ground, opened = through(portal), list[BrowserContext]()

    def visit(person: str) -> ClickingVisitor:
        script = person not in WITHOUT_SCRIPT
        opened.append(context_of(chromium, cookies(person), look.width, script=script))
        return ClickingVisitor(
            opened[-1].new_page(), portal.url, look.here if script else look.at_copy
        )

    ground.visit = visit
    yield ground
    for context in opened:
        context.close()


@pytest.mark.timeout(600)
def test_the_loop_is_walked_by_clicks_and_no_page_has_a_barrier(
    clicking: Ground, look: Look, width: int
) -> None:
    walk(clicking, STORIES[width])

    assert {name: found for name, found in look.found.items() if found} == {}
