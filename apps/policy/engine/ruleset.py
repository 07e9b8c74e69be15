"""Many rules as one: outcomes join to the largest, whatever the order of the rules.

All rules become one Python expression that says by bits which fired; what a set of bits means is
worked out once and kept. Conditions and duties unite, allowed jurisdictions intersect. Rules in
advise and warn only fill `would_be`.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from apps.policy.engine.closure import UNANSWERED, function_of, literal, python
from apps.policy.engine.errors import RuleError
from apps.policy.engine.facts import VOCABULARY
from apps.policy.engine.literals import moment_of
from apps.policy.engine.nodes import conjuncts
from apps.policy.engine.outcomes import Mode, Outcome
from apps.policy.engine.rule import CompiledRule, compile_rule
from apps.policy.engine.sources import HOME, RuleSource, rule_source
from apps.policy.engine.values import types_of
from apps.policy.engine.vocabulary import Vocabulary
from apps.policy.engine.walk import Step

Facts = Mapping[str, Any]
NO_RULES: frozenset[str] = frozenset()
KEPT_VERDICTS = 10_000


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the rules say of one listing for one request.

    `would_be` counts rules in advise and warn too. `allowed` is `None` where no rule restricts.
    `exempted` fired but are not applied. `mask` tells by bits which rules count.
    """

    mask: int
    outcome: Outcome
    would_be: Outcome
    conditions: frozenset[str]
    duties: frozenset[str]
    allowed: frozenset[str] | None
    fired: tuple[RuleSource, ...]
    exempted: tuple[RuleSource, ...] = ()


@dataclass(frozen=True, slots=True)
class Citation:
    """A fired rule with the numbers of the clauses that hold."""

    rule: RuleSource
    clauses: tuple[int, ...]


class Ruleset:
    """Rules compiled together; `decide` is the whole of it."""

    def __init__(self, sources: Iterable[RuleSource], vocabulary: Vocabulary) -> None:
        self.sources = tuple(sources)
        self.vocabulary = vocabulary
        self.compiled = tuple(_compiled(source, vocabulary) for source in self.sources)
        self.clauses = tuple(_clauses(source, vocabulary) for source in self.sources)
        self.bits: dict[str, int] = {}
        for i, source in enumerate(self.sources):
            self.bits[source.id] = self.bits.get(source.id, 0) | 1 << i
        self.fire = function_of(_together(self.sources, self.compiled))
        self.verdicts: dict[tuple[int, int, str], Verdict] = {}
        self.open = tuple(map(_open_parts, self.compiled, self.clauses))
        self.citations: dict[int, tuple[Citation | int, ...]] = {}

    def decide(self, listing: Facts, req: Facts, exempt: Iterable[str] = NO_RULES) -> Verdict:
        """Return what the rules say; `exempt` names rules not applied to this listing.

        A request without a date is answered as if every rule were in force. Raises `RuleError`
        where a rule reads a fact that is missing and does not say what that means.
        """
        mask = self._mask(listing, req)
        spared = mask & self._bits(exempt) if exempt else 0
        key = (mask, spared, listing.get("provider_country", ""))
        found = self.verdicts.get(key)
        if found is None:
            if len(self.verdicts) >= KEPT_VERDICTS:
                self.verdicts.clear()
            found = self.verdicts[key] = self._verdict(*key)
        return found

    def cite(self, verdict: Verdict, listing: Facts, req: Facts) -> tuple[Citation, ...]:
        """Return each rule of a verdict with the clauses that hold for this listing."""
        fixed = self.citations.get(verdict.mask)
        if fixed is None:
            fixed = self._fixed_citations(verdict.mask)
        return tuple(
            one if isinstance(one, Citation) else self._citation(one, listing, req) for one in fixed
        )

    def explain(self, listing: Facts, req: Facts) -> tuple[Citation, ...]:
        """Return each rule that fires with the clauses that hold."""
        return self.cite(self.decide(listing, req), listing, req)

    def trace(self, rule: RuleSource, listing: Facts, req: Facts) -> Step:
        """Return what each part of one of the rules answers, and the facts it reads."""
        compiled = self.compiled[self.sources.index(rule)]
        return compiled.explain(listing, req, rule.parameters)

    def _mask(self, listing: Facts, req: Facts) -> int:
        date = req.get("date")
        moment = None if date is None else moment_of(date)
        use, place = req.get("use"), req.get("jurisdiction")
        try:
            return self.fire(listing, req, use, place, moment)
        except UNANSWERED:
            return sum(
                1 << i
                for i, source in enumerate(self.sources)
                if applies(source, use, place, moment)
                and self.compiled[i].evaluate(listing, req, source.parameters)
            )

    def _bits(self, rules: Iterable[str]) -> int:
        return sum(self.bits.get(rule, 0) for rule in set(rules))

    def _verdict(self, mask: int, spared: int, home: str) -> Verdict:
        fired = self._chosen(mask & ~spared)
        bound = [source for source in fired if source.mode is Mode.ENFORCE]
        return Verdict(
            mask=mask & ~spared,
            outcome=_join(bound),
            would_be=_join(fired),
            conditions=frozenset().union(*(source.conditions for source in bound)),
            duties=frozenset().union(*(source.duties for source in bound)),
            allowed=_allowed(bound, home),
            fired=fired,
            exempted=self._chosen(spared),
        )

    def _chosen(self, mask: int) -> tuple[RuleSource, ...]:
        return tuple(source for i, source in enumerate(self.sources) if mask >> i & 1)

    def _fixed_citations(self, mask: int) -> tuple[Citation | int, ...]:
        """Return the citations that are the same for every listing; a place where they are not."""
        places = [i for i in range(len(self.sources)) if mask >> i & 1]
        if len(self.citations) >= KEPT_VERDICTS:
            self.citations.clear()
        fixed = self.citations[mask] = tuple(
            i if self.open[i] else self._citation(i, {}, {}) for i in places
        )
        return fixed

    def _citation(self, place: int, listing: Facts, req: Facts) -> Citation:
        source, undecided = self.sources[place], self.open[place]
        held = tuple(
            clause.number
            for i, clause in enumerate(source.clauses)
            if i not in undecided or _holds(undecided[i], listing, req, source.parameters)
        )
        return Citation(source, held)


def _open_parts(
    rule: CompiledRule, clauses: tuple[CompiledRule | None, ...]
) -> dict[int, CompiledRule]:
    """Return the clauses that need not hold where the rule fires: its disjuncts."""
    certain = list(conjuncts(rule.tree))
    return {i: part for i, part in enumerate(clauses) if part and part.tree not in certain}


def _holds(part: CompiledRule, listing: Facts, req: Facts, parameters: Facts) -> bool:
    """Whether a clause's part holds; one that a missing fact leaves open does not."""
    try:
        return part.evaluate(listing, req, parameters)
    except RuleError:
        return False


def compile_ruleset(
    rules: Iterable[RuleSource | Mapping[str, Any]], vocabulary: Vocabulary = VOCABULARY
) -> Ruleset:
    """Return rules compiled together; mappings have the keys of a rule file."""
    sources = [rule if isinstance(rule, RuleSource) else rule_source(rule) for rule in rules]
    return Ruleset(sources, vocabulary)


def applies(
    source: RuleSource, use: str | None, place: str | None, moment: dt.datetime | None
) -> bool:
    """Whether a request lies in a rule's scope."""
    if source.uses and use not in source.uses:
        return False
    if source.jurisdictions and place not in source.jurisdictions:
        return False
    if moment is None:
        return True
    return (source.since is None or source.since <= moment) and (
        source.until is None or moment < source.until
    )


def _compiled(source: RuleSource, vocabulary: Vocabulary) -> CompiledRule:
    known = vocabulary.with_parameters(types_of(source.parameters))
    return compile_rule(source.expression, known)


def _clauses(source: RuleSource, vocabulary: Vocabulary) -> tuple[CompiledRule | None, ...]:
    known = vocabulary.with_parameters(types_of(source.parameters))
    return tuple(
        compile_rule(clause.expression, known) if clause.expression else None
        for clause in source.clauses
    )


def _together(sources: Iterable[RuleSource], compiled: Iterable[CompiledRule]) -> str:
    """Return all rules as the source of one function."""
    bits = [
        f"({1 << i} if {' and '.join([*_scope(source), python(rule.tree, source.parameters)])} "
        "else 0)"
        for i, (source, rule) in enumerate(zip(sources, compiled, strict=True))
    ]
    return f"lambda listing, req, use, place, moment_asked: {' | '.join(bits) or '0'}"


def _scope(source: RuleSource) -> list[str]:
    """Return the tests of a rule's scope, as `applies` makes them."""
    tests = []
    if source.uses:
        tests.append(f"use in {{{', '.join(map(repr, sorted(source.uses)))}}}")
    if source.jurisdictions:
        tests.append(f"place in {{{', '.join(map(repr, sorted(source.jurisdictions)))}}}")
    if source.since:
        tests.append(f"(moment_asked is None or moment_asked >= {literal(source.since)})")
    if source.until:
        tests.append(f"(moment_asked is None or moment_asked < {literal(source.until)})")
    return tests


def _join(fired: Iterable[RuleSource]) -> Outcome:
    return max((source.outcome for source in fired), default=Outcome.ALLOW)


def _allowed(bound: Iterable[RuleSource], home: str) -> frozenset[str] | None:
    sets = [
        frozenset(home if place == HOME else place for place in source.allowed)
        for source in bound
        if source.outcome is Outcome.RESTRICT
    ]
    return sets[0].intersection(*sets[1:]) if sets else None
