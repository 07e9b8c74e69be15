"""Someone who walks through the portal's pages in Chromium by clicks, and has each looked at."""

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Locator, Page, Response

from tests.journeys.visitors import Answer

REVEAL = """
element => {
  for (let fold = element.closest('details'); fold; fold = fold.parentElement.closest('details'))
    fold.open = true
}
"""
LINKS = "all => all.map(one => one.getAttribute('href'))"
OPTIONS = "all => all.map(one => [one.textContent.trim(), one.value])"
KIND = "element => element.tagName === 'INPUT' ? element.type : element.tagName.toLowerCase()"


class ClickingVisitor:
    """A visitor with a browser: reads what is shown, fills in forms, presses their buttons."""

    def __init__(self, tab: Page, base: str, look: Callable[[Page], None]) -> None:
        self.tab, self.base, self.look = tab, base, look
        self.page = Answer(0, "", "")

    def open(self, url: str) -> Answer:
        return self._seen(self.tab.goto(self.base + url))

    def follow(self, words: str) -> Answer:
        beginning = re.compile(rf"^\s*{re.escape(words)}")
        return self._pressed(self.tab.get_by_role("link", name=beginning).first)

    def send(self, having: str, *, press: str = "", **values: Any) -> Answer:
        return self._filled(self.tab.locator(f"form:has([name='{having}'])").first, press, values)

    def do(self, deed: str, **values: Any) -> Answer:
        return self._filled(self.tab.locator(f"form[action$='{deed}']").first, "", values)

    def option(self, name: str, beginning: str) -> str:
        choices = self.tab.eval_on_selector_all(f"select[name='{name}'] option", OPTIONS)
        return next(value for words, value in choices if words.startswith(beginning))

    @property
    def text(self) -> str:
        return " ".join(self.tab.inner_text("body").split())

    @property
    def links(self) -> list[str]:
        return [link or "" for link in self.tab.eval_on_selector_all("a", LINKS)]

    def _filled(self, form: Locator, press: str, values: dict[str, Any]) -> Answer:
        for name, value in values.items():
            _fill(form, name, value)
        named = f"button[name='{press}']" if press else "button[type=submit], button:not([type])"
        button = form.locator(named).first
        button.evaluate(REVEAL)
        return self._pressed(button)

    def _pressed(self, target: Locator) -> Answer:
        with self.tab.expect_navigation() as answer:
            target.click()
        return self._seen(answer.value)

    def _seen(self, answer: Response | None) -> Answer:
        assert answer is not None
        self.page = Answer(answer.status, self.tab.url.removeprefix(self.base), self.tab.content())
        assert self.page.status in {200, 201}, f"{self.page.status} at {self.page.url}: {self.text}"
        self.look(self.tab)
        return self.page


def _fill(form: Locator, name: str, value: Any) -> None:
    """Put a value into a field as its kind wants it."""
    field = form.locator(f"[name='{name}']")
    kind = field.first.evaluate(KIND)
    if kind == "hidden":
        assert field.first.input_value() == value
        return
    field.first.evaluate(REVEAL)
    if kind in {"checkbox", "radio"}:
        for one in value if isinstance(value, list) else [value]:
            mark = f"[name='{name}']" if one == "on" else f"[name='{name}'][value='{one}']"
            form.locator(mark).check()
    elif kind == "select":
        field.first.select_option(value)
    else:
        field.first.fill(value)
