"""How a draft bears on listings that stand alike: each signature worked out twice, once for all."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from apps.compliance.selectors.law import Law
from apps.compliance.selectors.signatures import Asked, CellsOf, Firings
from apps.compliance.selectors.simulating import Signature
from apps.policy.engine import Mode, Outcome

Pair = tuple[Outcome, Outcome]
HELD_BACK = Outcome.SUSPEND
Levels = list[int]


@dataclass(frozen=True, slots=True)
class Cells:
    """In which uses and places, as bits: answers differ at all, are stricter, are milder."""

    changed: int
    stricter: int
    milder: int


@dataclass(frozen=True, slots=True)
class Bearing:
    """What becomes of listings with one signature.

    `fires` says whether the draft does anywhere. `enforced` and `would_be` are their strictest
    outcomes before and after. `cells`, `offered` and what is owed count rules on trial where the
    draft itself is one. `clauses` are those of the draft that hold.
    """

    fires: bool
    enforced: Pair
    would_be: Pair
    cells: Cells
    offered: tuple[bool, bool]
    duties: tuple[frozenset[str], frozenset[str]]
    conditions: tuple[frozenset[str], frozenset[str]]
    clauses: tuple[int, ...]

    @property
    def changed(self) -> bool:
        """Whether any answer has other grounds."""
        return bool(self.cells.changed)


class Bearings:
    """Works bearings out; the draft is the last rule of the law and takes the place of `old`."""

    def __init__(self, law: Law, asked: Asked, old: frozenset[int]) -> None:
        self.law = law
        self.firings = Firings(law, asked)
        self.new = len(law.rules) - 1
        self.old = old
        self.on_trial = law.rules[-1].source.mode is not Mode.ENFORCE
        self.measures = {
            measure.id: (Outcome(measure.outcome), self.firings.cells_of(measure))
            for measure in law.measures
        }
        self.known: dict[Signature, Bearing] = {}

    def of(self, signature: Signature) -> Bearing:
        """Return what becomes of listings with a signature."""
        if signature not in self.known:
            self.known[signature] = self._work_out(signature)
        return self.known[signature]

    def _work_out(self, signature: Signature) -> Bearing:
        fired, clauses = self.firings.of(signature.answers, signature.exempt)
        measured = [self.measures[one] for one in signature.measured]
        before = {rule: cells for rule, cells in fired.items() if cells and rule != self.new}
        after = {rule: cells for rule, cells in fired.items() if cells and rule not in self.old}
        enforced = [self._levels(some, measured, on_trial=False) for some in (before, after)]
        joined = [self._levels(some, measured, on_trial=True) for some in (before, after)]
        seen = joined if self.on_trial else enforced
        inside = fired.get(self.new, 0)
        changed = inside
        for rule in self.old:
            changed |= fired.get(rule, 0)
        return Bearing(
            fires=bool(inside),
            enforced=(_strictest(enforced[0]), _strictest(enforced[1])),
            would_be=(_strictest(joined[0]), _strictest(joined[1])),
            cells=Cells(changed, _beyond(seen[1], seen[0]), _beyond(seen[0], seen[1])),
            offered=(_strictest(seen[0]) < HELD_BACK, _strictest(seen[1]) < HELD_BACK),
            duties=(self._owed(before, "duties"), self._owed(after, "duties")),
            conditions=(self._owed(before, "conditions"), self._owed(after, "conditions")),
            clauses=self._clauses(clauses, inside) if inside else (),
        )

    def _levels(
        self, fired: CellsOf, measured: list[tuple[Outcome, int]], *, on_trial: bool
    ) -> Levels:
        """Return for each outcome the cells that stand at it or worse."""
        levels = [0] * len(Outcome)
        for outcome, cells in [*self._grounds(fired, on_trial=on_trial), *measured]:
            for level in range(1, outcome + 1):
                levels[level] |= cells
        return levels

    def _grounds(self, fired: CellsOf, *, on_trial: bool) -> Iterator[tuple[Outcome, int]]:
        for rule, cells in fired.items():
            source = self.law.rules[rule].source
            if on_trial or source.mode is Mode.ENFORCE:
                yield source.outcome, cells

    def _owed(self, fired: CellsOf, what: str) -> frozenset[str]:
        """Return what the rules that fire ask for."""
        sources = [self.law.rules[rule].source for rule in fired]
        return frozenset(
            code
            for source in sources
            if self.on_trial or source.mode is Mode.ENFORCE
            for code in (source.duties if what == "duties" else source.conditions)
        )

    def _clauses(self, clauses: dict[tuple[int, int], int], inside: int) -> tuple[int, ...]:
        return tuple(
            mark.number
            for mark in self.law.rules[self.new].clauses
            if mark.part is None or clauses.get((self.new, mark.number), 0) & inside
        )


def _strictest(levels: Sequence[int]) -> Outcome:
    return max(level for level in Outcome if level == Outcome.ALLOW or levels[level])


def _beyond(levels: Levels, others: Levels) -> int:
    """Return the cells that stand at some outcome or worse in the one and not in the other."""
    cells = 0
    for level, other in zip(levels, others, strict=True):
        cells |= level & ~other
    return cells
