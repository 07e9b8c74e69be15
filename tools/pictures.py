"""Take the README's pictures from a running demonstration: tools/pictures.py http://localhost:8000."""

import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

PICTURES = {
    "listing": "/listings/L-00025-7/?use=medical&place=IN",
    "rule": "/rules/R-00005-1/",
    "register": "/register/",
}
FLAGS = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]
FOLDER = Path(__file__).with_name("pictures")


def main(base: str) -> None:
    """Write one PNG per picture, 1,100 points wide."""
    FOLDER.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        page = browser.new_page(viewport={"width": 1100, "height": 760})
        for name, path in PICTURES.items():
            page.goto(base + path)
            page.screenshot(path=FOLDER / f"{name}.png")
            print(f"{name}: {path}")
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/"))
