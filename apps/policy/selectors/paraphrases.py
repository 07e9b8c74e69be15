"""Rules in plain words, made from their expressions."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Protocol

from apps.policy.engine import VOCABULARY, RuleError, compile_part, types_of, value_of
from apps.policy.engine.paraphrase import Said, paraphrase

KEPT = 4_096


class Written(Protocol):
    """A parameter as it is written, of a draft or of a version."""

    @property
    def name(self) -> str:
        """What the expression reads it by."""

    @property
    def value(self) -> str:
        """The value as a literal."""


@dataclass(frozen=True, slots=True)
class ClauseSaid:
    """One clause as it is written, and what the part of the expression beside it says."""

    number: int
    text: str
    expression: str
    said: str


def said(expression: str, parameters: Iterable[Written]) -> Said | None:
    """Return what an expression or a part of it says; nothing where it cannot be read."""
    return _said(expression, tuple((one.name, one.value) for one in parameters))


def clauses_said(clauses: Iterable[Any], parameters: Iterable[Written]) -> list[ClauseSaid]:
    """Return clauses of a draft or of a version, each with what its part of the expression says."""
    written = list(parameters)
    return [
        ClauseSaid(number, clause.text, clause.expression, _sentence(clause.expression, written))
        for number, clause in enumerate(clauses, start=1)
    ]


def _sentence(expression: str, parameters: list[Written]) -> str:
    found = said(expression, parameters) if expression.strip() else None
    return found.sentence if found else ""


@lru_cache(maxsize=KEPT)
def _said(expression: str, parameters: tuple[tuple[str, str], ...]) -> Said | None:
    try:
        values = {name: value_of(value) for name, value in parameters}
        known = VOCABULARY.with_parameters(types_of(values)) if values else VOCABULARY
        tree = compile_part(expression, known)
        return paraphrase(tree, VOCABULARY, values)
    except (RuleError, KeyError):
        return None
