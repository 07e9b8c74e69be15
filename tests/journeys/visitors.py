"""Someone who walks through the portal's pages without scripts: reads them, fills in forms.

Two ways to travel: Django's own client within the test, or plain HTTP to a portal that runs.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any, Protocol
from urllib.parse import urljoin

import requests
from django.test import Client


@dataclass(frozen=True)
class Answer:
    """What came back: status, the address one ended at, the page."""

    status: int
    url: str
    html: str


class Way(Protocol):
    """How a visitor's requests travel."""

    def get(self, url: str) -> Answer:
        """Open an address."""

    def post(self, url: str, data: Mapping[str, Any]) -> Answer:
        """Send a form."""


class Within:
    """Within the test's own process."""

    def __init__(self) -> None:
        self.client = Client(enforce_csrf_checks=True)

    def get(self, url: str) -> Answer:
        return self._answer(url, self.client.get(url, follow=True))

    def post(self, url: str, data: Mapping[str, Any]) -> Answer:
        return self._answer(url, self.client.post(url, data, follow=True))

    def _answer(self, url: str, response: Any) -> Answer:
        ended = response.redirect_chain[-1][0] if response.redirect_chain else url
        return Answer(response.status_code, urljoin(url, ended), response.content.decode())


class OverHttp:
    """To a portal that runs elsewhere."""

    def __init__(self, base: str) -> None:
        self.base, self.session = base, requests.Session()

    def get(self, url: str) -> Answer:
        return self._answer(self.session.get(self.base + url, timeout=60))

    def post(self, url: str, data: Mapping[str, Any]) -> Answer:
        referer = {"Referer": self.base + url}
        sent = self.session.post(self.base + url, data=data, headers=referer, timeout=60)
        return self._answer(sent)

    def _answer(self, response: requests.Response) -> Answer:
        return Answer(response.status_code, response.url.removeprefix(self.base), response.text)


@dataclass
class Form:
    """A form of a page with what stands in its fields."""

    action: str
    method: str = "get"
    values: dict[str, Any] = field(default_factory=dict)
    buttons: list[tuple[str, str]] = field(default_factory=list)


class Reader(HTMLParser):
    """Takes forms, links and words out of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.links: list[str] = []
        self.words: list[str] = []
        self.select = self.area = ""
        self.inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "a":
            self.links.append(given.get("href", ""))
        if tag == "form":
            form = Form(given.get("action", ""), given.get("method", "get").lower())
            self.forms.append(form)
            self.inside = True
        elif self.inside:
            self._field(tag, given)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = False
        if tag == "select":
            self.select = ""
        if tag == "textarea":
            self.area = ""

    def handle_data(self, data: str) -> None:
        if self.area:
            self.forms[-1].values[self.area] += data
        elif data.strip():
            self.words.append(data.strip())

    def _field(self, tag: str, given: dict[str, str]) -> None:
        form, name = self.forms[-1], given.get("name", "")
        if tag == "select":
            self.select = name
        elif tag == "option" and self.select:
            if "selected" in given or self.select not in form.values:
                form.values[self.select] = given.get("value", "")
        elif tag == "textarea":
            self.area, form.values[name] = name, ""
        elif tag == "button" and given.get("type", "submit") == "submit":
            form.buttons.append((name, given.get("value", "")))
        elif tag == "input" and name:
            self._input(form, name, given)

    def _input(self, form: Form, name: str, given: dict[str, str]) -> None:
        kind = given.get("type", "text")
        if kind in {"checkbox", "radio"}:
            if "checked" in given:
                form.values[name] = given.get("value", "on")
        elif kind not in {"file", "submit"}:
            form.values[name] = given.get("value", "")


class Visitor:
    """One visitor with a session of their own."""

    def __init__(self, way: Way) -> None:
        self.way = way
        self.page = Answer(0, "", "")
        self.read = Reader()

    def open(self, url: str) -> Answer:
        """Go to an address; it must be there."""
        return self._seen(self.way.get(url))

    def send(self, having: str, *, press: str = "", **values: Any) -> Answer:
        """Fill in the form that has a field of this name, and send it by one of its buttons."""
        form = next(one for one in self.read.forms if having in one.values)
        pressed = {name: value for name, value in form.buttons if name and name == press}
        data = form.values | pressed | values
        return self._seen(self.way.post(urljoin(self.page.url, form.action) or "/", data))

    @property
    def text(self) -> str:
        """The words of the page."""
        return " ".join(self.read.words)

    def _seen(self, answer: Answer) -> Answer:
        assert answer.status == 200, f"{answer.status} at {answer.url}: {answer.html[:4000]}"
        self.page, self.read = answer, Reader()
        self.read.feed(answer.html)
        return answer
