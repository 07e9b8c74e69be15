"""Every page at two widths: no barrier that axe can find, nothing that scrolls sideways."""

import gzip
import re
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Response

from tests.browser.conftest import CHROMIUM, WIDTHS, context_of, keep

pytestmark = [
    pytest.mark.browser,
    pytest.mark.enable_socket,
    pytest.mark.skipif(not CHROMIUM, reason="Chromium is not installed"),
]
HEAVIEST_FIRST_VISIT = 60 * 1024
STANDARD = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
PUBLIC = (
    "/",
    "/register/",
    "/register/?q=llama",
    "/rules/",
    "/proposals/",
    "/calendar/",
    "/ballots/",
    "/ballots/?state=tallied",
    "/acts/",
    "/charter/",
    "/readiness/",
    "/glossary/",
    "/vocabulary/",
    "/uses/",
    "/licences/",
    "/licences/apache-2.0/",
    "/privacy/",
    "/accessibility/",
    "/contact/",
    "/api/",
    "/problems/",
    "/problems/not-found/",
    "/nothing-here/",
    "/accounts/login/",
    "/accounts/signup/",
    "/accounts/password/reset/",
    "/sarkar/",
    "/bazaar/",
    "/samaj/",
    "/reviews/",
)
LIGHT = ("/", "/register/", "/rules/", "/proposals/", "/calendar/", "/samaj/report/", "/cases/")
# Pages of a thing, reached by the first link of that kind on a list.
BY_LINK = {
    "listing": ("/register/", r"/listings/[^/]+/"),
    "provider": ("/register/", r"/listings/[^/]+/", r"/providers/[^/]+/"),
    "version of a rule": ("/rules/", r"/rules/R-[^/]+/v\d+/"),
    "review round": ("/reviews/", r"/reviews/[0-9a-f-]{36}/"),
    "proposal": ("/proposals/", r"/proposals/P-[^/]+/"),
    "revision": ("/proposals/", r"/proposals/P-[^/]+/", r"/proposals/P-[^/]+/revisions/\d+/"),
    "act": ("/acts/", r"/acts/\d+/"),
}
OWN = (
    ("owner", "/me/"),
    ("owner", "/me/tokens/"),
    ("owner", "/me/inbox/"),
    ("samaj", "/me/inbox/?show=all"),
    ("owner", "/organisations/register/"),
    ("owner", "/proposals/start/"),
    ("owner", "/bazaar/"),
    ("owner", "/bazaar/import/"),
    ("owner", "/bazaar/listings/enter/"),
    ("owner", "/bazaar/claims/"),
    ("market", "/bazaar/marketplaces/"),
    ("samaj", "/samaj/"),
    ("sarkar", "/reviews/"),
    ("clerk", "/sarkar/"),
    ("registry", "/sarkar/"),
    ("in", "/sarkar/"),
    ("in", "/sarkar/rules/enter/"),
    ("admin", "/administration/"),
    ("admin", "/sarkar/journal/"),
)


@pytest.fixture(params=WIDTHS)
def width(request: pytest.FixtureRequest) -> int:
    return request.param


def faults(page: Page) -> list[str]:
    """What axe finds, one line each, and whether the page scrolls sideways."""
    found = Axe().run(page, options=STANDARD).response["violations"]
    lines = [
        f"{fault['id']}: {fault['help']} at {node['target']} {node['html'][:160]}"
        for fault in found
        for node in fault["nodes"][:3]
    ]
    root = "document.documentElement"
    if page.evaluate(f"{root}.scrollWidth > {root}.clientWidth"):
        lines.append("The page scrolls sideways.")
    return lines


def look(page: Page, address: str, name: str, width: int) -> None:
    answer = page.goto(address)
    keep(page, name, width)
    expected = 404 if "nothing-here" in address else 200
    assert answer is not None
    assert answer.status == expected
    assert faults(page) == []


@pytest.mark.parametrize("path", PUBLIC)
def test_a_public_page_has_no_barrier(path, width, chromium, portal):
    context = context_of(chromium, [], width)

    look(context.new_page(), portal.url + path, path, width)

    context.close()


@pytest.mark.parametrize("kind", BY_LINK)
def test_a_page_of_a_thing_has_no_barrier(kind, width, chromium, portal):
    context = context_of(chromium, [], width)
    page = context.new_page()
    *way, pattern = BY_LINK[kind]
    page.goto(portal.url + way[0])
    for step in way[1:]:
        page.goto(portal.url + first_link(page, step))

    look(page, portal.url + first_link(page, pattern), f"one {kind}", width)

    context.close()


def first_link(page: Page, pattern: str) -> str:
    """The first address on the page that fits."""
    links = page.eval_on_selector_all("main a", "all => all.map(a => a.getAttribute('href'))")
    fitting = [link for link in links if re.fullmatch(pattern, link or "")]
    assert fitting, f"No link like {pattern} on {page.url}."
    return fitting[0]


@pytest.mark.parametrize(("person", "path"), OWN)
def test_an_own_page_has_no_barrier(person, path, width, chromium, portal, cookies):
    context = context_of(chromium, cookies(person), width)

    look(context.new_page(), portal.url + path, f"{person} {path}", width)

    context.close()


@pytest.mark.parametrize("path", LIGHT)
def test_a_first_visit_is_light(path, chromium, portal):
    context, weights = context_of(chromium, [], 1280), {}
    page = context.new_page()

    def weigh(response: Response) -> None:
        body = response.body()
        packed = response.headers.get("content-encoding") or response.url.endswith(".woff2")
        weights[response.url] = len(gzip.compress(body)) if packed else len(body)

    page.on("response", weigh)
    page.goto(portal.url + path, wait_until="networkidle")

    assert sum(weights.values()) < HEAVIEST_FIRST_VISIT, weights
    context.close()


def test_no_page_needs_a_third_party_or_writes_to_the_console(chromium, portal):
    context, hosts, words = context_of(chromium, [], 1280), set(), []
    page = context.new_page()
    page.on("request", lambda request: hosts.add(urlsplit(request.url).netloc))
    page.on("console", lambda message: words.append(message.text))

    for path in ("/", "/register/", "/rules/", "/accounts/login/"):
        page.goto(portal.url + path, wait_until="networkidle")

    assert (hosts, words) == ({urlsplit(portal.url).netloc}, [])
    context.close()
