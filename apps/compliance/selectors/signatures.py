"""What the rules of a law ask of a listing: each question once, the answers as bits of numbers.

With the request of a scenario known, little of a rule is left to ask (`folded`), and much of that
is the same in every scenario. So some forty questions answer hundreds of scenarios, and listings
with the same answers stand alike.
"""

import datetime as dt
import re
import uuid
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from apps.compliance.models import Exemption
from apps.compliance.scenarios import Grid, Probe
from apps.compliance.selectors.facts_sql import FactsSql
from apps.compliance.selectors.law import AppliedRule, Law, reached
from apps.policy.engine.folding import folded
from apps.policy.engine.nodes import In, Literal, Node, Read, Root

WIDTH = 62
# From so many questions whether one list holds a value, the list itself comes instead.
MANY = 4
# A rule that may read the moment is asked anew at each; written so, whatever stands between.
DATED = re.compile(r"req\s*\.\s*date")
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
    """Distinct questions as SQL over `listing`, and what each answer means.

    A question stands at its place in `questions`. Those whether a list holds a value are asked of
    the list that comes: `lists` says for each list at which place each value is answered.
    """

    bits: tuple[Bit, ...]
    questions: tuple[tuple[str, list[Any]], ...]
    lists: Mapping[str, Mapping[str, int]]

    @property
    def plain(self) -> list[int]:
        """The places of the questions that the database answers."""
        listed = {place for values in self.lists.values() for place in values.values()}
        return [place for place in range(len(self.questions)) if place not in listed]

    @property
    def keys(self) -> list[str]:
        """The names of the columns that together hold the answers."""
        numbers = -(-len(self.plain) // WIDTH) or (0 if self.lists else 1)
        return [f"m{column}" for column in range(numbers)] + [f"l_{name}" for name in self.lists]

    def sql(self) -> tuple[str, list[Any]]:
        """Return the answers as columns: numbers of so many bits each, then lists."""
        texts, values = [], list[Any]()
        for column in range(len(self.keys) - len(self.lists)):
            terms = ["0::bigint"]
            some = self.plain[column * WIDTH : (column + 1) * WIDTH]
            for bit, place in enumerate(some):
                text, bound = self.questions[place]
                terms.append(f"(case when {text} then {1 << bit}::bigint else 0::bigint end)")
                values += bound
            texts.append(f"{' | '.join(terms)} as m{column}")
        texts += [f'listing."{name}" as l_{name}' for name in self.lists]
        return ", ".join(texts), values

    def answers(self, columns: Sequence[Any]) -> int:
        """Return the answers of one listing, from its columns, as one number."""
        numbers = len(columns) - len(self.lists)
        found = 0
        for column, number in enumerate(columns[:numbers]):
            some = self.plain[column * WIDTH : (column + 1) * WIDTH]
            found |= sum(1 << place for bit, place in enumerate(some) if number >> bit & 1)
        for values, held in zip(self.lists.values(), columns[numbers:], strict=True):
            found |= sum(1 << values[value] for value in set(held) if value in values)
        return found

    def touching(self, rules: frozenset[int]) -> str:
        """Return as SQL over the answers whether any of some rules fires somewhere."""
        places = {bit.place for bit in self.bits if bit.rule in rules and bit.clause is None}
        if None in places:
            return "true"
        tests = ["false"]
        for column in range(len(self.keys) - len(self.lists)):
            some = self.plain[column * WIDTH : (column + 1) * WIDTH]
            wanted = sum(1 << bit for bit, place in enumerate(some) if place in places)
            tests.append(f"(m{column} & {wanted}::bigint) <> 0")
        for name, values in self.lists.items():
            wanted_values = [value for value, place in values.items() if place in places]
            tests.append(f"l_{name} && array[{_quoted(wanted_values)}]::text[]")
        return f"({' or '.join(tests)})"


@dataclass(frozen=True, slots=True)
class _Question:
    """What the questions of a law depend on: its rules' texts, the grid, and the moment if read."""

    rules: tuple[tuple[str, ...], ...]
    grid: Grid
    moment: dt.datetime | None
    law: Law = field(compare=False)


def asked_of(law: Law) -> Asked:
    """Return what the rules of a law ask of a listing."""
    timed = any(DATED.search(rule.source.expression) for rule in law.rules)
    rules = tuple(
        (
            rule.source.expression,
            repr(sorted(rule.parameters.items())),
            repr(sorted(rule.source.uses)),
            repr(None if rule.territories is None else sorted(rule.territories)),
            repr([(mark.number, mark.part is None) for mark in rule.clauses]),
            repr([clause.expression for clause in rule.source.clauses]),
        )
        for rule in law.rules
    )
    return _asked(_Question(rules, law.grid, law.moment if timed else None, law))


@lru_cache(maxsize=16)
def _asked(question: _Question) -> Asked:
    law = question.law
    cells: dict[tuple[int, int | None, int | None], int] = {}
    places: dict[str, int] = {}
    questions: list[tuple[str, list[Any]]] = []
    held: dict[str, dict[str, int]] = defaultdict(dict)
    for number, clause, probe, left, req in left_of(law):
        place = None
        if not isinstance(left, Literal):
            rule = law.rules[number]
            text, values = FactsSql(req, rule.parameters, "listing").write(left)
            place = places.setdefault(f"{text} {values!r}", len(questions))
            if place == len(questions):
                questions.append((text, values))
                _keep_list(held, left, req, place)
        key = (number, clause, place)
        cells[key] = cells.get(key, 0) | probe.cells
    bits = [Bit(rule, clause, inside, place) for (rule, clause, place), inside in cells.items()]
    lists = {name: values for name, values in held.items() if len(values) >= MANY}
    return Asked(tuple(bits), tuple(questions), lists)


def _keep_list(
    held: dict[str, dict[str, int]], left: Node, req: Mapping[str, Any], place: int
) -> None:
    """Note a question whether a list of the listing holds a use, or another word of the request."""
    if not isinstance(left, In) or not isinstance(left.item, Read):
        return
    collection, item = left.collection, left.item
    if isinstance(collection, Read) and collection.root is Root.LISTING and item.root is Root.REQ:
        held[collection.name][str(req[item.name])] = place


def left_of(
    law: Law, *, commercial: bool = True
) -> Iterator[tuple[int, int | None, Probe, Node, dict[str, Any]]]:
    """Return what is left to ask by rule, clause and scenario, but what never holds."""
    for number, rule in enumerate(law.rules):
        for probe in rule.probes(law.grid):
            req = _request(probe, law, commercial=commercial)
            for clause, tree in _parts(rule):
                left = folded(tree, req, rule.parameters)
                if not isinstance(left, Literal) or left.value:
                    yield number, clause, probe, left, req


def _quoted(values: Sequence[str]) -> str:
    """Return names of uses and the like as SQL; they are slugs, and held to be."""
    if any(not value.replace("-", "").replace("_", "").isalnum() for value in values):
        raise ValueError("A value of a list is no slug.")
    return ", ".join(f"'{value}'" for value in values)


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


def _request(probe: Probe, law: Law, *, commercial: bool) -> dict[str, Any]:
    return {
        "use": probe.use,
        "jurisdiction": probe.place,
        "commercial": commercial,
        "date": law.moment,
    }
