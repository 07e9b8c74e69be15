"""What would turn an answer: the fewest facts that, were they others, would make it milder.

Only what a provider can bring about is tried, at the values where some rule's answer changes.
Every set of such changes is judged by the rules themselves, the smallest sets first, so a cure
that is told holds. Sets of more than `MOST` changes, and more than `TRIES` of them, are not looked
for: where none is told, there may still be one.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import combinations, product
from typing import Any

from apps.policy.engine import CompiledRule, Outcome, RuleSource
from apps.policy.engine.nodes import Compare, In, Items, Literal, Member, Node, Read, Root, walk
from apps.policy.engine.vocabulary import PROVENANCE

Facts = Mapping[str, Any]
Judge = Callable[[Facts], Outcome]
MOST, TRIES, ALTERNATIVES = 3, 4_000, 3
EVALUATION = "evals."
# The newest result of a kind of evaluation is a fact of its own.
RESULTS = {"eval_toxicity": "toxicity", "eval_bias_gap": "bias_gap"}
OF_KIND = {kind: name for name, kind in RESULTS.items()}
AGES = {"eval_date", "eval_age_days"}
ANSWERS: dict[str, tuple[bool, ...]] = {
    "has_model_card": (True, False),
    "human_oversight": (True, False),
    "provider_verified": (True,),
}
VOUCHED = {"provider_verified": "attested"}
# What is told where a rule asks only that there is one: a middling result, a licence without
# restrictions.
MIDDLING, PERMISSIVE, STEP = 0.5, "apache-2.0", 0.01


@dataclass(frozen=True, slots=True)
class Change:
    """One fact with its value now and the one it would take; `None` is a missing one.

    A new evaluation is called `evals.` with its kind.
    """

    fact: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class Cure:
    """Changes that together lead to a milder outcome."""

    outcome: Outcome
    changes: tuple[Change, ...]


def cures(
    judge: Judge,
    rules: Iterable[tuple[RuleSource, CompiledRule]],
    facts: Facts,
    day: dt.date,
    *,
    least: Outcome = Outcome.ALLOW,
    most: int = TRIES,
) -> tuple[Cure, ...]:
    """Return the smallest changes with which `judge` says something milder than now.

    A larger set is told only where it leads further than the smaller ones; at most three of each
    size. `day` is that of a new evaluation; below `least` nothing leads. `judge` is asked at most
    `most` times.
    """
    options = _Options(facts, day)
    for source, compiled in rules:
        options.read(compiled.tree, source.parameters)
    mildest, found, tries = judge(facts), list[Cure](), iter(range(most))
    for size in range(1, MOST + 1):
        if mildest <= least:
            break
        sets = options.sets(size)
        tried = list(_milder(judge, sets, facts, day, tries, below=mildest))
        if tried:
            mildest = min(cure.outcome for cure in tried)
            found += [cure for cure in tried if cure.outcome is mildest][:ALTERNATIVES]
    return tuple(found)


def changed(facts: Facts, changes: Mapping[str, Any], day: dt.date) -> dict[str, Any]:
    """Return facts as they would be gathered after some were brought about on a day.

    A new evaluation takes the place of the one of its kind; what is told anew is declared until
    someone attests it.
    """
    after = dict(facts)
    for name, value in changes.items():
        if name.startswith(EVALUATION):
            _evaluate(after, name.removeprefix(EVALUATION), value, day)
        elif name == "eval_date":
            _date(after, day)
        elif not name.endswith(PROVENANCE):
            after[name] = value
            after[name + PROVENANCE] = VOUCHED.get(name, "declared")
    return after | {name: changes[name] for name in changes if name.endswith(PROVENANCE)}


def _evaluate(facts: dict[str, Any], kind: str, score: float, day: dt.date) -> None:
    others = [record for record in facts["evals"] if record["kind"] != kind]
    facts["evals"] = [*others, {"kind": kind, "score": score}]
    if name := OF_KIND.get(kind):
        facts[name], facts[name + PROVENANCE] = score, "declared"
    _date(facts, day)


def _date(facts: dict[str, Any], day: dt.date) -> None:
    facts |= {"eval_date": day.isoformat(), "eval_age_days": 0}
    facts |= {name + PROVENANCE: "declared" for name in AGES}


def _milder(
    judge: Judge,
    sets: Iterable[dict[str, list[Any]]],
    facts: Facts,
    day: dt.date,
    tries: Iterator[int],
    *,
    below: Outcome,
) -> Iterator[Cure]:
    """Return for each set the values that lead furthest below an outcome, while tries last."""
    for options in sets:
        best, bar = dict[str, Any](), below
        for values in product(*options.values()):
            if next(tries, None) is None:
                return
            changes = dict(zip(options, values, strict=True))
            outcome = judge(changed(facts, changes, day))
            if outcome < bar:
                best, bar = changes, outcome
        if best:
            yield Cure(bar, tuple(_change(facts, *one) for one in best.items()))


def _change(facts: Facts, name: str, after: Any) -> Change:
    return Change(name, _now(facts, name), after)


def _now(facts: Facts, name: str) -> Any:
    """Return what a fact says now; of a kind of evaluation, its result."""
    if not name.startswith(EVALUATION):
        return facts.get(name)
    kind = name.removeprefix(EVALUATION)
    return next((one["score"] for one in facts["evals"] if one["kind"] == kind), None)


@dataclass(slots=True)
class _Options:
    """The values worth trying, by fact, as the rules mention them."""

    facts: Facts
    day: dt.date
    values: dict[str, list[Any]] = field(default_factory=dict)

    def read(self, tree: Node, parameters: Facts) -> None:
        """Take up what a rule mentions."""
        kinds, scores = list[Any](), list[Any]()
        for node in walk(tree):
            if isinstance(node, Read) and node.root is Root.LISTING:
                self._mention(node.name)
            if isinstance(node, Compare | In):
                for subject, told in _told(node, parameters):
                    if isinstance(subject, Read) and subject.name in RESULTS:
                        self._results(RESULTS[subject.name], told)
                    elif isinstance(subject, Member):
                        (kinds if subject.name == "kind" else scores).extend(told)
        for kind in kinds:
            self._results(kind, scores)

    def sets(self, size: int) -> Iterator[dict[str, list[Any]]]:
        """Return every set of so many changes that can be made together."""
        for names in combinations(sorted(self.values), size):
            if all(self._makes_sense(name, names) for name in names):
                yield {name: self.values[name] for name in names}

    def _makes_sense(self, name: str, names: tuple[str, ...]) -> bool:
        """Whether there is something to vouch for, and no evaluation is dated twice."""
        if name == "eval_date":
            return not any(other.startswith(EVALUATION) for other in names)
        base = name.removesuffix(PROVENANCE)
        told = EVALUATION + RESULTS[base] if base in RESULTS else base
        return base == name or base in self.facts or told in names

    def _mention(self, name: str) -> None:
        base = name.removesuffix(PROVENANCE)
        if base in RESULTS:
            self._results(RESULTS[base], [])
        elif base in AGES:
            self._add("eval_date", [self.day.isoformat()])
        elif base in ANSWERS:
            self._add(base, ANSWERS[base])
        elif base == "licence" and "licence" not in self.facts:
            self._add("licence", [PERMISSIVE])
        if name != base and base in {*RESULTS, *AGES, *ANSWERS}:
            self._add(name, ["attested"])

    def _results(self, kind: str, thresholds: Iterable[Any]) -> None:
        near = [one + step for one in thresholds for step in (0.0, -STEP, STEP)]
        self._add(EVALUATION + kind, [round(one, 4) for one in near if 0 <= one <= 1])
        self._add(EVALUATION + kind, [MIDDLING] if not self.values[EVALUATION + kind] else [])

    def _add(self, name: str, values: Iterable[Any]) -> None:
        known = self.values.setdefault(name, [])
        now = _now(self.facts, name)
        known += [value for value in values if value not in known and value != now]


def _told(node: Compare | In, parameters: Facts) -> Iterator[tuple[Node, list[Any]]]:
    """Return what a comparison says of each of its sides that is held against written values."""
    pairs = [(node.item, node.collection)] if isinstance(node, In) else []
    if isinstance(node, Compare):
        pairs = [(node.left, node.right), (node.right, node.left)]
    for subject, other in pairs:
        if isinstance(other, Literal):
            yield subject, [other.value]
        elif isinstance(other, Items):
            yield subject, [one.value for one in other.values]
        elif isinstance(other, Read) and other.root is Root.PARAM:
            value = parameters[other.name]
            yield subject, list(value) if isinstance(value, tuple) else [value]
