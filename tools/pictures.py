"""Take the README's pictures from a running demonstration: tools/pictures.py http://localhost:8000."""

import re
import shutil
import sys
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

ADOPTED = ("/proposals/?state=adopted", r"/proposals/P-[^/]+/")
# Each picture: where to begin, which links to follow from there (the first that fits), and at
# last the part of the page to show.
PICTURES = {
    "listing": ("/listings/L-00025-7/?use=medical&place=IN",),
    "rule": ("/rules/R-00005-1/",),
    "register": ("/register/",),
    "loop-1-report": ("/samaj/report/",),
    "loop-2-case": ("/cases/C-00001-7/", "#sides"),
    "loop-3-proposal": ("/proposals/P-00002-O/", "#impact"),
    "loop-4-ballot": (*ADOPTED, r"/ballots/B-[^/]+/", "#count"),
    "loop-5-rule": (*ADOPTED, r"/rules/R-[^/]+/v\d+/"),
}
FLAGS = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]
FOLDER = Path(__file__).with_name("pictures")


def main(base: str, wanted: list[str]) -> None:
    """Write one PNG per picture, 1,100 points wide; all of them, or those that are named."""
    FOLDER.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        page = browser.new_page(viewport={"width": 1100, "height": 760})
        for name in wanted or PICTURES:
            begin, *links = PICTURES[name]
            page.goto(base + begin)
            for step in links:
                if step.startswith("#"):
                    page.locator(step).evaluate(
                        "part => part.scrollIntoView({behavior: 'instant'})"
                    )
                else:
                    page.goto(base + first_link(page, step))
            page.screenshot(path=FOLDER / f"{name}.png")
            print(f"{name}: {page.url.removeprefix(base)}")
        browser.close()


def first_link(page: Page, pattern: str) -> str:
    """Return the first address on the page that fits."""
    links = page.eval_on_selector_all("main a", "all => all.map(a => a.getAttribute('href'))")
    return next(link for link in links if re.fullmatch(pattern, link or ""))


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/"), sys.argv[2:])
