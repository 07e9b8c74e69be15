"""The form of the tables: one row per address, one answer per method and role; the rest is denied.

    "commons:act": Row(at={"seq": 1}, get={200: EVERYONE}),
    "api-tokens": Row(get={200: SIGNED_IN}, post=Sent({"name": "x"}, {201: SIGNED_IN})),

`at` names the parts of the address, or makes them from the world. What a row does not give is
refused: strangers are shown to the sign-in page, or told 401 by the API; others get 403, or 404
where the thing is hidden from them; a method that is not named gets 405 or the same refusal.
`anyhow` is what a role gets by any method. A redirect within `/accounts/` is written out.

Every request carries a receipt, in its header and, where a page's form is sent, in the form: the
receipt holder's is the one that `receipt` names, of a decided case where nothing is said; anybody
else's is made up.
"""

from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass, field
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from tests.authorisation.roles import Role, World

Answers = Mapping[int | str, Set[Role]]
FromWorld = Mapping[str, Any] | Callable[[World], Mapping[str, Any]]
METHODS = ("get", "post", "put", "patch", "delete")


@dataclass(frozen=True)
class Sent:
    """What a request carries, and what each role is answered."""

    body: FromWorld
    answers: Answers
    headers: Mapping[str, str] = field(default_factory=dict)
    as_form: bool = False


@dataclass(frozen=True)
class Row:
    """What one address answers."""

    at: FromWorld = field(default_factory=dict)
    query: str | Callable[[World], str] = ""
    receipt: str = "receipt"
    get: Answers | Sent | None = None
    post: Answers | Sent | None = None
    put: Answers | Sent | None = None
    patch: Answers | Sent | None = None
    delete: Answers | Sent | None = None
    anyhow: Answers = field(default_factory=dict)

    def asked(self, world: World) -> str:
        """The query, made from the world where it needs one."""
        return self.query(world) if callable(self.query) else self.query

    def answers(self, method: str) -> Answers:
        """Status → roles, for one method."""
        given = getattr(self, method)
        return given.answers if isinstance(given, Sent) else given or {}

    def sent(self, method: str) -> Sent:
        """What the request carries by one method."""
        given = getattr(self, method)
        return given if isinstance(given, Sent) else Sent({}, {})


def made(given: FromWorld, world: World) -> Mapping[str, Any]:
    """Return the mapping, made from the world where it needs one."""
    return given(world) if callable(given) else given


def routes() -> dict[str, str]:
    """Every named address of the portal, as name → pattern; a nameless one cannot be tabled."""
    found: dict[str, str] = {}
    for name, pattern in _walk(get_resolver(), "/", ()):
        key = name if found.get(name, pattern) == pattern else f"{name} {pattern}"
        found[key] = pattern
    return found


def _walk(resolver: URLResolver, before: str, spaces: tuple[str, ...]) -> list[tuple[str, str]]:
    found = []
    for entry in resolver.url_patterns:
        pattern = before + str(entry.pattern)
        if isinstance(entry, URLPattern):
            found.append((":".join([*spaces, entry.name or f"nameless {pattern}"]), pattern))
        else:
            inner = (*spaces, entry.namespace) if entry.namespace else spaces
            found += _walk(entry, pattern, inner)
    return found
