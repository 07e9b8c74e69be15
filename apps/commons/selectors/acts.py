"""Acts as lines of a page, in words."""

from collections.abc import Sequence
from dataclasses import dataclass

from apps.commons.words import sentence
from apps.core.errors import Text
from apps.journal.selectors import JournalAct


@dataclass(frozen=True, slots=True)
class ActLine:
    """One act as a list shows it."""

    act: JournalAct
    words: Text


def act_lines(acts: Sequence[JournalAct]) -> list[ActLine]:
    """Return acts with their words."""
    return [ActLine(act, sentence(act.kind)) for act in acts]
