"""Notices in words: each kind with its values, in the language of whoever reads."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from apps.notices.states import NoticeKind
from apps.notices.words.cases import CASES
from apps.notices.words.chambers import BALLOTS, PROPOSALS, REVIEWS
from apps.notices.words.contests import CONTESTS
from apps.notices.words.register import APPLICATION, PLACES, REGISTER, RULES
from apps.notices.words.values import Value, by_when, in_words
from apps.notices.words.wording import Wording

__all__ = ["WORDING", "Said", "Value", "say"]
WORDING: Mapping[NoticeKind, Wording] = (
    CASES | CONTESTS | REVIEWS | PROPOSALS | BALLOTS | RULES | APPLICATION | REGISTER | PLACES
)


@dataclass(frozen=True, slots=True)
class Said:
    """One notice as it is read; `by_when` is empty where nothing is due."""

    title: str
    why: str
    what_to_do: str
    by_when: str


def say(
    kind: NoticeKind, parameters: Mapping[str, Value], due_at: dt.datetime | None = None
) -> Said:
    """Return a notice in the active language; raise `KeyError` where a value is missing."""
    wording = WORDING[kind]
    values = {name: in_words(name, value) for name, value in parameters.items()}
    return Said(
        title=str(wording.title % values),
        why=str(wording.why % values),
        what_to_do=str(wording.what_to_do % values),
        by_when=by_when(due_at) if due_at else "",
    )
