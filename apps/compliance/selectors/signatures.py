"""What the rules of a law ask of a listing: each question once, the answers as bits of numbers.

With the request of a scenario known, little of a rule is left to ask (`folded`), and much of that
is the same in every scenario. So some forty questions answer hundreds of scenarios, and listings
with the same answers stand alike.
"""

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from apps.compliance.models import Exemption
from apps.compliance.scenarios import Probe
from apps.compliance.selectors.law import AppliedRule, Law, reached
from apps.policy.engine.folding import folded
from apps.policy.engine.nodes import Literal, Node
from apps.policy.engine.sql import Sql

WIDTH = 62
CellsOf = dict[int, int]


@dataclass(frozen=True, slots=True)
class Bit:
    """One answer: which cells it covers, for a rule or one of its clauses.

    `place` is where in a listing's answers it stands; `None` where it holds for every listing.
    """

    rule: int
    clause: int | None
    cells: int
    place: int | None


@dataclass(frozen=True, slots=True)
class Asked:
    """Distinct questions as SQL over `listing`, and what each answer means."""

    bits: tuple[Bit, ...]
    questions: tuple[tuple[str, list[Any]], ...]

    @property
    def columns(self) -> int:
        """How many numbers hold the answers."""
        return max(1, -(-len(self.questions) // WIDTH))

    def sql(self) -> tuple[str, list[Any]]:
        """Return the answers as columns `m0`, `m1` …, a number of so many bits each."""
        texts, values = [], list[Any]()
        for column in range(self.columns):
            terms = ["0::bigint"]
            some = self.questions[column * WIDTH : (column + 1) * WIDTH]
            for place, (text, bound) in enumerate(some):
                terms.append(f"(case when {text} then {1 << place}::bigint else 0::bigint end)")
                values += bound
            texts.append(f"{' | '.join(terms)} as m{column}")
        return ", ".join(texts), values

    def touching(self, rules: frozenset[int]) -> str:
        """Return as SQL over the answers whether any of some rules fires somewhere."""
        places = [bit.place for bit in self.bits if bit.rule in rules and bit.clause is None]
        if None in places:
            return "true"
        wanted = sum(1 << place for place in set(places) if place is not None)
        tests = [
            f"(m{column} & {wanted >> column * WIDTH & (1 << WIDTH) - 1}::bigint) <> 0"
            for column in range(self.columns)
        ]
        return f"({' or '.join(tests)})"


def asked_of(law: Law) -> Asked:
    """Return what the rules of a law ask of a listing."""
    cells: dict[tuple[int, int | None, int | None], int] = {}
    places: dict[str, int] = {}
    questions: list[tuple[str, list[Any]]] = []
    for number, clause, probe, left, req in _left(law):
        place = None
        if not isinstance(left, Literal):
            text, values = Sql(req, law.rules[number].parameters, "listing").write(left)
            place = places.setdefault(f"{text} {values!r}", len(questions))
            if place == len(questions):
                questions.append((text, values))
        key = (number, clause, place)
        cells[key] = cells.get(key, 0) | probe.cells
    bits = [Bit(rule, clause, inside, place) for (rule, clause, place), inside in cells.items()]
    return Asked(tuple(bits), tuple(questions))


def _left(law: Law) -> Iterator[tuple[int, int | None, Probe, Node, dict[str, Any]]]:
    """Return what is left to ask by rule, clause and scenario, but what never holds."""
    for number, rule in enumerate(law.rules):
        for probe in rule.probes(law.grid):
            req = _request(probe, law)
            for clause, tree in _parts(rule):
                left = folded(tree, req, rule.parameters)
                if not isinstance(left, Literal) or left.value:
                    yield number, clause, probe, left, req


def joined(numbers: Sequence[int]) -> int:
    """Return the answers of one listing, from its columns, as one number."""
    return sum(number << column * WIDTH for column, number in enumerate(numbers))


class Firings:
    """Says for a signature in which cells each rule and each clause that can fail fires."""

    def __init__(self, law: Law, asked: Asked) -> None:
        self.law = law
        self.asked = asked
        self.day = law.moment.date()
        self.exemptions = {exemption.id: exemption for exemption in law.exemptions}

    def of(
        self, answers: int, exempt: Sequence[uuid.UUID]
    ) -> tuple[CellsOf, dict[tuple[int, int], int]]:
        """Return the cells by rule, exemptions taken off, and by rule and clause."""
        fired: CellsOf = {}
        clauses: dict[tuple[int, int], int] = {}
        for bit in self._held(answers):
            if bit.clause is None:
                fired[bit.rule] = fired.get(bit.rule, 0) | bit.cells
            else:
                key = (bit.rule, bit.clause)
                clauses[key] = clauses.get(key, 0) | bit.cells
        for identity in exempt:
            self._release(fired, self.exemptions[identity])
        return fired, clauses

    def cells_of(self, row: Any) -> int:
        """Return the cells that a grant or a measure reaches."""
        return self.law.grid.cells(row.uses, reached(row.jurisdictions, self.day))

    def _held(self, answers: int) -> Iterator[Bit]:
        return (bit for bit in self.asked.bits if bit.place is None or answers >> bit.place & 1)

    def _release(self, fired: CellsOf, exemption: Exemption) -> None:
        for number, rule in enumerate(self.law.rules):
            if rule.source.id == exemption.rule.code and number in fired:
                fired[number] &= ~self.cells_of(exemption)


def _parts(rule: AppliedRule) -> list[tuple[int | None, Node]]:
    parts = [(mark.number, mark.part) for mark in rule.clauses if mark.part is not None]
    return [(None, rule.compiled.tree), *parts]


def _request(probe: Probe, law: Law) -> dict[str, Any]:
    return {
        "use": probe.use,
        "jurisdiction": probe.place,
        "commercial": True,
        "date": law.moment,
    }
