"""What changed between two texts, word by word."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

LONGEST = 2_000
WORDS = re.compile(r"\s+|[^\s\w]|\d+(?:[.,]\d+)*|\w+")


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some words that were kept, added or removed."""

    change: str
    text: str


def difference(old: str, new: str) -> list[Stretch]:
    """Return the new text with what was added to and removed from the old one.

    Very long texts are compared line by line, for words would take too long.
    """
    before, after = WORDS.findall(old), WORDS.findall(new)
    if max(len(before), len(after)) > LONGEST:
        before, after = old.splitlines(keepends=True), new.splitlines(keepends=True)
    found: list[Stretch] = []
    for tag, i, j, k, end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(Stretch("kept", "".join(after[k:end])))
            continue
        found += _stretch("removed", before[i:j]) + _stretch("added", after[k:end])
    return found


def _stretch(change: str, words: Sequence[str]) -> list[Stretch]:
    return [Stretch(change, "".join(words))] if words else []
