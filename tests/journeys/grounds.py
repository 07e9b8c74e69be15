"""A portal to walk through: who can be there, how time passes, and what machines ask."""

import datetime as dt
import json
import time
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol
from urllib.parse import urlencode

import requests
from django.test import Client

from tests.journeys.visitors import Visitor
from tests.portal import PASSWORD

PATIENCE = 60


class Line(Protocol):
    """How a machine's requests travel."""

    def __call__(
        self, method: str, path: str, headers: Mapping[str, str], body: Any = None
    ) -> tuple[int, str]:
        """Send one request; return the status and the answer."""


def line_within(
    method: str, path: str, headers: Mapping[str, str], body: Any = None
) -> tuple[int, str]:
    """Ask within the test's own process."""
    sent = json.dumps(body) if body is not None else ""
    answer = Client(headers=dict(headers)).generic(method, path, sent, "application/json")
    return answer.status_code, answer.content.decode()


@dataclass
class LineTo:
    """Ask a portal that runs elsewhere."""

    base: str

    def __call__(
        self, method: str, path: str, headers: Mapping[str, str], body: Any = None
    ) -> tuple[int, str]:
        sent = requests.request(
            method, self.base + path, headers=dict(headers), json=body, timeout=60
        )
        return sent.status_code, sent.text


@dataclass
class Ground:
    """A portal: how to travel, how to wait, how time passes, where codes come from.

    `visit` makes a visitor's session, for a person or for nobody in particular. `advance` moves
    business time by a span and returns what it is then. `token` is that of the demonstration's
    marketplace.
    """

    visit: Callable[[str], Visitor]
    line: Line
    rest: Callable[[], None]
    advance: Callable[[str], dt.datetime]
    code_of: Callable[[str], str]
    token: str
    known: dict[str, Visitor] = field(default_factory=dict)

    def visitor(self, person: str = "") -> Visitor:
        """Someone new and unknown, or a person who signs in by the pages once."""
        if not person:
            return self.visit("")
        if person not in self.known:
            self.known[person] = self.visit(person)
            self._sign_in(self.known[person], f"{person}@demo.example")
        return self.known[person]

    def _sign_in(self, visitor: Visitor, email: str) -> None:
        visitor.open("/accounts/login/")
        if "/accounts/login/" not in visitor.page.url:
            return  # They were signed in already.
        visitor.send("login", login=email, password=PASSWORD)
        if "2fa/authenticate" in visitor.page.url:
            visitor.send("code", code=self.code_of(email))
        assert "/accounts/" not in visitor.page.url, visitor.text

    def api(self, path: str, **asked: Any) -> Any:
        """Ask the API as anyone may."""
        query = f"?{urlencode(asked)}" if asked else ""
        status, answer = self.line("GET", f"/api/v1/{path}{query}", {})
        assert status == 200, answer
        return json.loads(answer)

    def machine(self, method: str, path: str, body: Any = None) -> Any:
        """Ask the API as the marketplace's server does, with its token."""
        status, answer = self.said(method, path, body)
        assert status in {200, 201}, answer
        return answer

    def said(self, method: str, path: str, body: Any = None) -> tuple[int, Any]:
        """What the API answers the marketplace's server, and with which status."""
        headers = {"Authorization": f"Bearer {self.token}", "Idempotency-Key": str(uuid.uuid4())}
        status, answer = self.line(method, f"/api/v1/{path}", headers, body)
        return status, json.loads(answer)

    def wait(self, holds: Callable[[], Any]) -> Any:
        """Let the portal work until something holds."""
        until = time.monotonic() + PATIENCE
        while not (found := holds()):
            assert time.monotonic() < until, "The portal did not come to it in a minute."
            self.rest()
        return found
