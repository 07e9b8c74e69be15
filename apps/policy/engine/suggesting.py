"""Examples that the solver finds for a rule, one for each of its branches, to begin from."""

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

import z3

from apps.policy.engine.examples import NAMELESS, example
from apps.policy.engine.goldens import LEAST, Golden, golden_fault
from apps.policy.engine.nodes import And, Literal, Node, Or, Read, Root, Scalar, walk
from apps.policy.engine.proof import Proof, Ruled, texts_in
from apps.policy.engine.symbols import Formula
from apps.policy.engine.types import STRING, Kind
from apps.policy.engine.vocabulary import Vocabulary

MOST = 5
RECENT = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
USUAL: dict[Kind, Scalar] = {Kind.INT: 0, Kind.DOUBLE: 0.0, Kind.TIMESTAMP: RECENT}
NEAR = (0.0, 0.05, -0.05)
# What a rule does not read makes another listing of the same answer.
VARIED: tuple[tuple[str, tuple[Any, ...]], ...] = (
    ("task", ("text-generation", "automatic-speech-recognition", "text-to-image")),
    ("downloads", (120, 45_000, 3_000_000)),
    ("provider_country", ("IN", "FR", "US")),
)
Facts = Mapping[str, Any]


def suggestions(rule: Ruled, known: Vocabulary) -> list[Golden]:
    """Return examples that fire, then examples that do not; fewer where none can be found.

    The rule answers each of them so; whether it should is the author's to say.
    """
    finder = _Finder(rule, known)
    return [*finder.some(fires=True), *finder.some(fires=False)]


class _Finder:
    """Asks the solver for examples of one rule."""

    def __init__(self, rule: Ruled, known: Vocabulary) -> None:
        self.rule = rule
        self.known = known
        self.proof = Proof(rule, (), known)
        tree = rule.tree()
        self.reads = {(one.root, one.name) for one in walk(tree) if isinstance(one, Read)}
        kept = [(Root.REQ, "use"), (Root.REQ, "jurisdiction")]
        scoped = (rule.source.uses, rule.source.jurisdictions)
        self.asked = self.reads | {read for read, words in zip(kept, scoped, strict=True) if words}

    def some(self, *, fires: bool) -> list[Golden]:
        """Return up to five examples of one answer, at least three where they can be varied."""
        found: list[Golden] = []
        for formula in self._branches(fires=fires):
            if len(found) < MOST and (model := self._model(formula)) is not None:
                self._keep(found, *self._filled(Golden(*self._facts(model), fires)))
        bases = tuple(found)
        for golden in bases:
            for other in self._variants(golden):
                if len(found) < LEAST:
                    self._keep(found, other)
        return found

    def _branches(self, *, fires: bool) -> Iterator[Formula]:
        """Return what to ask: a rule fires by each alternative, and fails by each condition."""
        formulas, tree = self.proof.formulas, self.rule.tree()
        scope = self.proof.scope(self.rule.source)
        whole = formulas.of(tree) if fires else z3.Not(formulas.of(tree))
        for part, others in _joined(tree, Or if fires else And):
            one, rest = formulas.of(part), [formulas.of(other) for other in others]
            alone = [one, *map(z3.Not, rest)] if fires else [z3.Not(one), *rest]
            yield z3.And(scope, whole, *alone)
            yield z3.And(scope, whole, alone[0])
        yield z3.And(scope, whole)

    def _model(self, formula: Formula) -> z3.ModelRef | None:
        """Return a model with counts from nothing upwards and days of late, or any."""
        symbols = self.proof.symbols
        usual = [
            one.value >= symbols.literal(least)
            for one in symbols.facts.values()
            if (least := USUAL.get(one.read.type.kind)) is not None
        ]
        for formulas in ([formula, *usual], [formula]):
            with self.proof.assuming(*formulas) as solver:
                if solver.check() == z3.sat:
                    return solver.model()
        return None

    def _facts(self, model: z3.ModelRef) -> tuple[Facts, Facts]:
        listing, req = example(model, self.proof.symbols)
        shown = {name: self._likely(name, value) for name, value in _plain(listing).items()}
        return shown, {
            name: value for name, value in _plain(req).items() if (Root.REQ, name) in self.asked
        }

    def _likely(self, name: str, value: Any) -> Any:
        """Return the vocabulary's example for a text that the rule does not name."""
        fact = self.known.listing.get(name)
        named = {text for one in walk(self.rule.tree()) for text in texts_in(one)}
        if not isinstance(value, str) or not fact or fact.type != STRING or value in named:
            return value
        shown = json.loads(fact.example)
        return NAMELESS if shown in named else shown

    def _filled(self, golden: Golden) -> Iterable[Golden]:
        """Return the example, and the same with evaluations made of what the rule names."""
        yield golden
        if "evals" in golden.listing:
            literals = [one.value for one in walk(self.rule.tree()) if isinstance(one, Literal)]
            scores = [one + step for one in literals if isinstance(one, float) for step in NEAR]
            for kind in [one for one in literals if isinstance(one, str)] or [NAMELESS]:
                for score in scores or [0.5]:
                    record = {"kind": kind, "score": round(score, 6)}
                    yield replace(golden, listing={**golden.listing, "evals": [record]})

    def _variants(self, golden: Golden) -> Iterable[Golden]:
        """Return the same in what the rule reads, and other in what it does not."""
        free = [(name, values) for name, values in VARIED if (Root.LISTING, name) not in self.reads]
        for name, values in free[:1]:
            for value in values:
                yield Golden({**golden.listing, name: value}, golden.req, golden.fires)

    def _keep(self, found: list[Golden], *goldens: Golden) -> None:
        """Keep the first that the rule answers so, where it is new."""
        for golden in goldens:
            if golden_fault(self.rule, golden, 1) is None:
                mine = golden.listing, golden.req
                if all((one.listing, one.req) != mine for one in found):
                    found.append(golden)
                return


def _joined(tree: Node, kind: type[And | Or]) -> Iterator[tuple[Node, list[Node]]]:
    """Return each part that `kind` joins, however deep, with the others it is joined to."""
    if isinstance(tree, And | Or):
        for item in tree.items:
            if isinstance(tree, kind):
                yield item, [other for other in tree.items if other is not item]
            yield from _joined(item, kind)


def _plain(facts: Facts) -> dict[str, Any]:
    """Return facts as JSON has them."""
    return {
        name: value.isoformat().replace("+00:00", "Z") if isinstance(value, dt.datetime) else value
        for name, value in facts.items()
    }
