"""What must be shown of a rule before anyone adopts it: that it can fire, need not, and adds.

The solver's work is limited by its own count of steps, which is the same on every machine; a rule
that is too intricate for it is refused.
"""

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import z3

from apps.policy.engine.builder import fault
from apps.policy.engine.errors import RuleError
from apps.policy.engine.examples import example
from apps.policy.engine.formulas import Formulas
from apps.policy.engine.grounding import grounded
from apps.policy.engine.nodes import (
    And,
    Items,
    Literal,
    Node,
    Read,
    Root,
    Size,
    Span,
    TextTest,
    walk,
)
from apps.policy.engine.outcomes import Mode, Outcome
from apps.policy.engine.rule import CompiledRule
from apps.policy.engine.sources import RuleSource
from apps.policy.engine.symbols import Formula, Symbols
from apps.policy.engine.types import STRING, TIMESTAMP
from apps.policy.engine.vocabulary import PROVENANCES, Vocabulary

STEPS = 100_000
HELD = 2_000
FIRMNESS = tuple(Mode)
NOWHERE = Span(1, 1, 0, 0)
USE = Read(span=NOWHERE, type=STRING, root=Root.REQ, name="use")
PLACE = Read(span=NOWHERE, type=STRING, root=Root.REQ, name="jurisdiction")
DATE = Read(span=NOWHERE, type=TIMESTAMP, root=Root.REQ, name="date")
INTRICATE = "The rule is too intricate to be checked."
SIMPLER = "Split it into several rules, or say it more simply."


@dataclass(frozen=True, slots=True)
class Ruled:
    """A rule with its compiled expression; every read of it is guarded."""

    source: RuleSource
    compiled: CompiledRule

    def tree(self) -> Node:
        """Return its expression with the values of its parameters in their places."""
        return grounded(self.compiled.tree, self.source.parameters)


@dataclass(frozen=True, slots=True)
class Overlap:
    """Another rule that can fire with this one, and a listing and request for which both do.

    The example is `None` where only the solver's reading of the rules makes them meet.
    """

    other: RuleSource
    example: tuple[Mapping[str, Any], Mapping[str, Any]] | None

    @property
    def words(self) -> list[str]:
        """The facts of the example, as a rule names them."""
        roots = zip((Root.LISTING, Root.REQ), self.example or (), strict=False)
        return [
            f"{root}.{name} = {_word(value)}"
            for root, facts in roots
            for name, value in sorted(facts.items())
            if value not in ([], "")
        ]


class Proof:
    """The questions asked of one rule beside the others; raises `RuleError` where one is too hard.

    `others` are the rules that stand; the same rule's earlier versions among them are left out.
    """

    def __init__(
        self,
        rule: Ruled,
        others: Iterable[Ruled],
        vocabulary: Vocabulary,
        context: z3.Context | None = None,
    ) -> None:
        self.rule = rule
        self.tree = rule.tree()
        self.others = [other for other in others if other.source.id != rule.source.id]
        texts = _texts([rule, *self.others], vocabulary)
        self.symbols = Symbols(vocabulary, texts, context or z3.Context())
        self.formulas = Formulas(self.symbols)
        self.solver = _solver(self.symbols)
        self.known = 0

    @cached_property
    def parts(self) -> list[tuple[Node, Formula]]:
        """What must hold together for the rule to fire, each part with its formula."""
        parts = self.tree.items if isinstance(self.tree, And) else (self.tree,)
        return [(part, self.formulas.of(part)) for part in parts]

    def must_be_simple(self) -> None:
        """Refuse a rule that looks for so much within texts that its formula would be huge."""
        tests = sum(1 for node in walk(self.tree) if isinstance(node, TextTest | Size))
        if tests * len(self.symbols.texts) > HELD:
            raise fault(self.rule.compiled.tree, INTRICATE, SIMPLER)

    def sound(self) -> bool:
        """Return whether the rule can fire and can not fire, without asking why."""
        self.must_be_simple()
        fires = [formula for _part, formula in self.parts]
        return self._possible(*fires, self.scope(self.rule.source)) and self._possible(
            z3.Not(z3.And(fires))
        )

    def never(self) -> RuleError | None:
        """Return the parts that never hold together, where the rule can fire for no listing."""
        parts = {f"part {number}": part for number, part in enumerate(self.parts)}
        scope = self.scope(self.rule.source)
        with self.assuming():
            for mark, (_part, formula) in parts.items():
                self.solver.assert_and_track(formula, mark)
            self.solver.assert_and_track(scope, "scope")
            if self._satisfiable():
                return None
            core = {str(mark) for mark in self.solver.unsat_core()}
        guilty = [part for mark, (part, _formula) in parts.items() if mark in core]
        return self._contradiction(guilty or [self.tree], scoped="scope" in core)

    def always(self) -> RuleError | None:
        """Return why, where the rule fires for every listing and every request."""
        if self._possible(z3.Not(z3.And([formula for _part, formula in self.parts]))):
            return None
        return fault(
            self.tree,
            "This holds for every listing and every request.",
            "Say which listings are meant; what the rule forbids everywhere needs no model.",
        )

    def covered_by(self) -> list[RuleSource]:
        """Return rules of equal or higher effect that fire wherever this one does."""
        mine = self._formula(self.rule)
        return [
            other.source
            for other in self.others
            if _as_strong(other.source, self.rule.source)
            and not self._possible(mine, z3.Not(self._formula(other)))
        ]

    def overlaps(self) -> list[Overlap]:
        """Return the rules that can fire for the same listing and request, or perhaps do."""
        mine = self._formula(self.rule)
        found = []
        for other in self.others:
            with self.assuming(mine, self._formula(other)) as solver:
                answer = solver.check()
                if answer != z3.unsat:
                    seen = self._example(solver.model(), other) if answer == z3.sat else None
                    found.append(Overlap(other.source, seen))
        return found

    def _example(self, model: z3.ModelRef, other: Ruled) -> tuple[Any, Any] | None:
        """Return the solver's example where both rules truly fire for it."""
        listing, req = example(model, self.symbols)
        fires = all(
            one.compiled.evaluate(listing, req, one.source.parameters) for one in (self.rule, other)
        )
        return (listing, req) if fires else None

    def _formula(self, rule: Ruled) -> Formula:
        return z3.And(self.formulas.of(rule.tree()), self.scope(rule.source))

    def scope(self, source: RuleSource) -> Formula:
        """Return where and when a rule is asked at all."""
        tests = [self.symbols.literal(True)]  # noqa: FBT003 - a written value
        for read, words in ((USE, source.uses), (PLACE, source.jurisdictions)):
            if words:
                tests.append(self.symbols.among(self.symbols.fact(read).value, words))
        if source.since:
            date = self.symbols.fact(DATE).value
            tests.append(date >= self.symbols.literal(source.since))
        if source.until:
            date = self.symbols.fact(DATE).value
            tests.append(date < self.symbols.literal(source.until))
        return z3.And(tests)

    def _possible(self, *formulas: Formula) -> bool:
        with self.assuming(*formulas):
            return self._satisfiable()

    @contextmanager
    def assuming(self, *formulas: Formula) -> Iterator[z3.Solver]:
        """Give the solver with these formulas, until the block ends, and with what holds anyway.

        Formulas bring the facts that they read, and these what is known of them: first write the
        formulas, then assume them.
        """
        self.solver.add(*self.symbols.axioms[self.known :])
        self.known = len(self.symbols.axioms)
        self.solver.push()
        self.solver.add(*formulas)
        try:
            yield self.solver
        finally:
            self.solver.pop()

    def _satisfiable(self) -> bool:
        answer = self.solver.check()
        if answer == z3.unknown:
            raise fault(self.rule.compiled.tree, INTRICATE, SIMPLER)
        return answer == z3.sat

    def _contradiction(self, guilty: Sequence[Node], *, scoped: bool) -> RuleError:
        words = [f"“{self._words(part)}”" for part in guilty]
        if scoped:
            words.append("the uses, territories and dates of the rule")
        if len(words) == 1:
            reason = f"{words[0]} never holds, so the rule can never fire."
        else:
            reason = f"{' and '.join(words)} never hold together, so the rule can never fire."
        return fault(guilty[0], reason, "Mend one of them, or join what are alternatives by ||.")

    def _words(self, part: Node) -> str:
        source = self.rule.compiled.source[part.span.start : part.span.end]
        return " ".join(source.split())


def _solver(symbols: Symbols) -> z3.Solver:
    """Return a solver that gives up after its steps, and takes no stages for small questions."""
    solver = z3.SimpleSolver(ctx=symbols.context)
    solver.set("rlimit", STEPS)
    solver.set("core.minimize", True)  # noqa: FBT003 - the solver's own word
    return solver


def _as_strong(other: RuleSource, mine: RuleSource) -> bool:
    """Whether a rule leads to all that another leads to."""
    if FIRMNESS.index(other.mode) < FIRMNESS.index(mine.mode) or other.outcome < mine.outcome:
        return False
    narrower = mine.outcome is not Outcome.RESTRICT or (
        other.outcome is not Outcome.RESTRICT or other.allowed <= mine.allowed
    )
    return (
        narrower
        and set(mine.duties) <= set(other.duties)
        and (other.outcome > Outcome.CONDITION or set(mine.conditions) <= set(other.conditions))
    )


def _texts(rules: Sequence[Ruled], vocabulary: Vocabulary) -> dict[str, int]:
    """Return every text that the rules name or that a fact of theirs can be, with its place."""
    nodes = [node for rule in rules for node in walk(rule.tree())]
    texts = set(PROVENANCES).union(*(one.source.uses | one.source.jurisdictions for one in rules))
    texts.update(text for node in nodes for text in texts_in(node))
    scoped = [
        read
        for read, name in ((USE, "uses"), (PLACE, "jurisdictions"))
        if any(getattr(one.source, name) for one in rules)
    ]
    for read in (*scoped, *(node for node in nodes if isinstance(node, Read))):
        known = vocabulary.facts(read.root).get(read.name)
        texts |= known.values if known else frozenset()
    return {text: place for place, text in enumerate(sorted(texts))}


def _word(value: Any) -> str:
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    return json.dumps(value, ensure_ascii=False)


def texts_in(node: Node) -> list[str]:
    """Return the texts that a node itself writes out."""
    literals = node.values if isinstance(node, Items) else (node,)
    values = (one.value for one in literals if isinstance(one, Literal))
    return [value for value in values if isinstance(value, str)]
