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
    options: dict[str, dict[str, str]] = field(default_factory=dict)
    buttons: list[tuple[str, str]] = field(default_factory=list)


class Reader(HTMLParser):
    """Takes forms, links and words out of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.links: list[tuple[str, str]] = []
        self.words: list[str] = []
        self.select = self.area = self.option = ""
        self.inside = False
        self.link: tuple[str, int] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "a":
            self.link = given.get("href", ""), len(self.words)
        if tag == "form":
            form = Form(given.get("action", ""), given.get("method", "get").lower())
            self.forms.append(form)
            self.inside = True
        elif self.inside:
            self._field(tag, given)

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self.link:
            link, begun = self.link
            self.links.append((" ".join(self.words[begun:]), link))
            self.link = None
        if tag == "form":
            self.inside = False
        if tag == "select":
            self.select = ""
        if tag == "textarea":
            self.area = ""

    def handle_data(self, data: str) -> None:
        if self.area:
            self.forms[-1].values[self.area] += data
        elif self.select and data.strip():
            self.forms[-1].options.setdefault(self.select, {})[data.strip()] = self.option
        elif data.strip():
            self.words.append(data.strip())

    def _field(self, tag: str, given: dict[str, str]) -> None:
        form, name = self.forms[-1], given.get("name", "")
        if tag == "select":
            self.select = name
        elif tag == "option" and self.select:
            self.option = given.get("value", "")
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


class Visitor(Protocol):
    """One visitor with a session of their own, who reads a page and acts by its forms."""

    page: Answer

    def open(self, url: str) -> Answer:
        """Go to an address; it must be there."""

    def follow(self, words: str) -> Answer:
        """Follow the first link of the page whose words begin so."""

    def send(self, having: str, *, press: str = "", **values: Any) -> Answer:
        """Fill in the form that has a field of this name, and send it by one of its buttons."""

    def do(self, deed: str, **values: Any) -> Answer:
        """Fill in the form that leads to an address with this end, and send it."""

    def option(self, name: str, beginning: str) -> str:
        """The value of a choice, by how its words begin."""

    @property
    def text(self) -> str:
        """The words of the page."""

    @property
    def links(self) -> list[str]:
        """Where the links of the page lead."""


class PlainVisitor:
    """A visitor without a browser, who reads the page as it was sent."""

    def __init__(self, way: Way) -> None:
        self.way = way
        self.page = Answer(0, "", "")
        self.read = Reader()

    def open(self, url: str) -> Answer:
        return self._seen(self.way.get(url))

    def follow(self, words: str) -> Answer:
        named = [link for said, link in self.read.links if said.startswith(words)]
        assert named, f"No link “{words}” on {self.page.url}: {self.text[:2000]}"
        return self.open(urljoin(self.page.url, named[0]))

    def send(self, having: str, *, press: str = "", **values: Any) -> Answer:
        form = next(one for one in self.read.forms if having in one.values)
        pressed = {name: value for name, value in form.buttons if name and name == press}
        return self._sent(form, pressed | values)

    def do(self, deed: str, **values: Any) -> Answer:
        forms = [one for one in self.read.forms if one.action.endswith(deed)]
        assert forms, f"No form for {deed} on {self.page.url}: {self.text[:2000]}"
        return self._sent(forms[0], values)

    def option(self, name: str, beginning: str) -> str:
        choices = next(one.options[name] for one in self.read.forms if name in one.options)
        return next(value for words, value in choices.items() if words.startswith(beginning))

    @property
    def text(self) -> str:
        return " ".join(self.read.words)

    @property
    def links(self) -> list[str]:
        return [link for _words, link in self.read.links]

    def _sent(self, form: Form, values: Mapping[str, Any]) -> Answer:
        address = urljoin(self.page.url, form.action) or "/"
        return self._seen(self.way.post(address, form.values | values))

    def _seen(self, answer: Answer) -> Answer:
        assert answer.status in {200, 201}, f"{answer.status} at {answer.url}: {answer.html[:4000]}"
        self.page, self.read = answer, Reader()
        self.read.feed(answer.html)
        return answer
