"""What a reader asks of the register: read from the address, tidied, never refused."""

from dataclasses import dataclass

from django.http import QueryDict

from apps.listings.states import Access
from apps.policy.engine import Outcome

SORTS = ("best", "name", "downloads", "changed", "newest")
MOST = 20
LONGEST = 200


@dataclass(frozen=True, slots=True)
class RegisterQuestion:
    """Words and facets; an empty facet asks nothing."""

    words: str
    standing: tuple[str, ...]
    licence: tuple[str, ...]
    task: tuple[str, ...]
    access: tuple[str, ...]
    sort: str

    @classmethod
    def read(cls, query: QueryDict) -> "RegisterQuestion":
        """Read a question; what makes no sense is left out, as if it had not been asked."""
        words = " ".join(_tidy(query.get("q", "")).split())[:LONGEST]
        sort = query.get("sort", "")
        return cls(
            words=words,
            standing=_known(query, "standing", {outcome.slug for outcome in Outcome}),
            licence=_free(query, "licence"),
            task=_free(query, "task"),
            access=_known(query, "access", set(Access.values)),
            sort=sort if sort in SORTS and (words or sort != "best") else _usual(words),
        )

    @property
    def chosen(self) -> int:
        """How many facets are marked."""
        return sum(map(len, (self.standing, self.licence, self.task, self.access)))


def _usual(words: str) -> str:
    return "best" if words else "name"


def _known(query: QueryDict, name: str, allowed: set[str]) -> tuple[str, ...]:
    return tuple(sorted(set(query.getlist(name)) & allowed))


def _free(query: QueryDict, name: str) -> tuple[str, ...]:
    given = {_tidy(value)[:LONGEST] for value in query.getlist(name)[:MOST]}
    return tuple(sorted(given))


def _tidy(text: str) -> str:
    """Leave out the one character that no database column holds."""
    return text.replace("\x00", "")
