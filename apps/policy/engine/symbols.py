"""What rules read, as constants of the solver z3.

A text is a place in the order of texts: those that the rules name stand at whole numbers, all
others between. A list is known by what it holds and by its size.
"""

import datetime as dt
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

import z3

from apps.policy.engine.limits import FIRST_MOMENT, LAST_MOMENT
from apps.policy.engine.nodes import Read, Root, Scalar
from apps.policy.engine.types import Kind
from apps.policy.engine.vocabulary import PROVENANCE, PROVENANCES, Vocabulary

Formula = Any  # a z3.BoolRef: the solver comes without types
MICROSECOND = dt.timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Symbol:
    """One fact that was read: its value, and whether a listing has it."""

    read: Read
    value: Any
    present: Formula


@dataclass(slots=True)
class Symbols:
    """The facts of one question; `axioms` say what holds of them whatever the listing."""

    vocabulary: Vocabulary
    texts: dict[str, int]
    context: z3.Context
    axioms: list[Formula] = field(default_factory=list)
    literals: dict[tuple[type, Scalar], Any] = field(default_factory=dict)
    facts: dict[tuple[Root, str], Symbol] = field(default_factory=dict)
    others: dict[Any, Any] = field(default_factory=dict)
    members: dict[Read, list[tuple[Any, Formula]]] = field(default_factory=dict)

    def literal(self, value: Scalar) -> Any:
        """Return a written value; the same value, the same."""
        key = type(value), value
        if key not in self.literals:
            self.literals[key] = self._literal(value)
        return self.literals[key]

    def _literal(self, value: Scalar) -> Any:
        if isinstance(value, bool):
            return z3.BoolVal(value, self.context)
        if isinstance(value, str):
            return z3.RealVal(self.texts[value], self.context)
        if isinstance(value, float):
            return z3.RealVal(str(Fraction(value)), self.context)
        return z3.IntVal(whole(value), self.context)

    def among(self, value: Any, values: Iterable[Scalar]) -> Formula:
        """Return that a term is one of some written values.

        Texts that follow one another, and whole numbers that do, are said as one range.
        """
        values = tuple(values)
        if any(isinstance(one, float | bool) for one in values):
            return any_of([value == self.literal(one) for one in values], self.context)
        places = {self.texts[one] if isinstance(one, str) else whole(one) for one in values}
        number = z3.RealVal if value.is_real() else z3.IntVal
        runs = [self._within(value, run, number) for run in _runs(places)]
        return any_of(runs, self.context)

    def _within(self, value: Any, run: Sequence[int], number: Any) -> Formula:
        first, last = number(run[0], self.context), number(run[-1], self.context)
        if len(run) == 1:
            return value == first
        inside = z3.And(first <= value, value <= last)
        return z3.And(inside, z3.IsInt(value)) if value.is_real() else inside

    def fact(self, read: Read) -> Symbol:
        """Return a fact of a listing or of a request."""
        key = read.root, read.name
        if key not in self.facts:
            self.facts[key] = self._symbol(read)
        return self.facts[key]

    def free(self, part: Hashable) -> Formula:
        """Return a truth value for a part the solver has no word for; the same part, the same."""
        return self._once(part, lambda name: z3.Bool(name, self.context))

    def holds(self, read: Read, item: Any) -> Formula:
        """Return whether a list holds an item."""
        return self._once(("holds", read, item.get_id()), lambda _name: self._held(read, item))

    def _held(self, read: Read, item: Any) -> Formula:
        held = self._once(
            ("holds", read),
            lambda name: z3.Function(name, item.sort(), z3.BoolSort(self.context)),
        )(item)
        self.axioms.append(follows(held, self.filled(read), self.context))
        self.members.setdefault(read, []).append((item, held))
        return held

    def filled(self, read: Read) -> Formula:
        """Return whether a list has any element."""
        return self._once(("filled", read), lambda _name: self.size(read) >= 1)

    def size(self, read: Read) -> Any:
        """Return how long a text is, or how many elements a list has."""
        return self._once(("size", read), self._count)

    def _count(self, name: str) -> Any:
        count = z3.Int(name, self.context)
        self.axioms.append(count >= 0)
        return count

    def known_texts(self, read: Read) -> Iterable[tuple[str, Formula]]:
        """Return each text that the rules name, with the formula that a fact is this text."""
        value = self.fact(read).value
        return [(text, value == self.literal(text)) for text in self.texts]

    def _symbol(self, read: Read) -> Symbol:
        name = f"{read.root}.{read.name}"
        value = self._constant(read, name)
        if values := self._values(read):
            self.axioms.append(self.among(value, values))
        if read.type.kind is Kind.TIMESTAMP:
            first, last = self.literal(FIRST_MOMENT), self.literal(LAST_MOMENT)
            self.axioms += [first <= value, value < last]
        whose = f"has {read.root}.{read.name.removesuffix(PROVENANCE)}"
        present = z3.Bool(whose, self.context) if read.optional else self.literal(True)  # noqa: FBT003
        return Symbol(read, value, present)

    def _constant(self, read: Read, name: str) -> Any:
        kind = read.type.kind
        if kind is Kind.BOOL:
            return z3.Bool(name, self.context)
        if kind in {Kind.STRING, Kind.DOUBLE}:
            return z3.Real(name, self.context)
        if kind in {Kind.INT, Kind.TIMESTAMP, Kind.DURATION}:
            return z3.Int(name, self.context)
        return None

    def _values(self, read: Read) -> frozenset[str]:
        fact = self.vocabulary.facts(read.root).get(read.name)
        return fact.values if fact else frozenset(PROVENANCES)

    def _once(self, key: Any, make: Any) -> Any:
        if key not in self.others:
            self.others[key] = make(f"other {len(self.others)}")
        return self.others[key]


def all_of(formulas: Sequence[Formula], context: z3.Context) -> Formula:
    """Return that formulas hold together: `z3.And` without a look at each one's sort."""
    return z3.BoolRef(z3.Z3_mk_and(context.ref(), len(formulas), _refs(formulas)), context)


def any_of(formulas: Sequence[Formula], context: z3.Context) -> Formula:
    """Return that one of some formulas holds: `z3.Or` without a look at each one's sort."""
    return z3.BoolRef(z3.Z3_mk_or(context.ref(), len(formulas), _refs(formulas)), context)


def follows(premise: Formula, conclusion: Formula, context: z3.Context) -> Formula:
    """Return that one formula holds wherever another does."""
    made = z3.Z3_mk_implies(context.ref(), premise.as_ast(), conclusion.as_ast())
    return z3.BoolRef(made, context)


def _refs(formulas: Sequence[Formula]) -> Any:
    return (z3.Ast * len(formulas))(*[formula.as_ast() for formula in formulas])


def _runs(places: Iterable[int]) -> list[list[int]]:
    """Return whole numbers in order, those together that follow one another."""
    runs: list[list[int]] = []
    for place in sorted(places):
        if runs and runs[-1][-1] == place - 1:
            runs[-1].append(place)
        else:
            runs.append([place])
    return runs


def whole(value: Scalar) -> int:
    """Return a whole number, a moment or a span as a number of ones or of microseconds."""
    if isinstance(value, dt.datetime):
        return (value - FIRST_MOMENT) // MICROSECOND
    if isinstance(value, dt.timedelta):
        return value // MICROSECOND
    return int(value)
