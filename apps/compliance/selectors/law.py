"""The rules in force, ready to be applied, and the grid of questions they tell apart."""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from apps.compliance.models import Exemption, Measure
from apps.compliance.reach import PLACE, USE, place_splits, reads
from apps.compliance.scenarios import Grid, Probe, grid, probes
from apps.core.jurisdictions import EVERYWHERE, jurisdictions, territories
from apps.policy.engine import CompiledRule, Ruleset, RuleSource
from apps.policy.engine.nodes import And, Node
from apps.policy.selectors import ruleset, use_slugs


@dataclass(frozen=True, slots=True)
class ClauseMark:
    """One clause of a rule; without a part it fires whenever the rule does."""

    number: int
    part: Node | None


@dataclass(frozen=True, slots=True)
class AppliedRule:
    """One rule version as it is asked of listings; no territories means everywhere."""

    source: RuleSource
    compiled: CompiledRule
    territories: frozenset[str] | None
    clauses: tuple[ClauseMark, ...]

    @property
    def version(self) -> uuid.UUID:
        """The rule version's id."""
        return uuid.UUID(self.source.key)

    @property
    def parameters(self) -> Mapping[str, Any]:
        """The values that the expression reads."""
        return self.source.parameters

    def probes(self, made: Grid) -> list[Probe]:
        """Return the questions that find out where in the grid this rule fires."""
        scope = made.cells(self.source.uses, self.territories)
        tree = self.compiled.tree
        return probes(scope, made, by_use=reads(tree, USE), by_place=reads(tree, PLACE))


@dataclass(frozen=True, slots=True)
class Law:
    """All that is applied at one moment."""

    moment: dt.datetime
    rules: tuple[AppliedRule, ...]
    exemptions: tuple[Exemption, ...]
    measures: tuple[Measure, ...]
    grid: Grid


def law_at(moment: dt.datetime) -> Law:
    """Return the rules in force, the grants and measures that run, and the grid they make."""
    return law_of(ruleset(), moment)


def law_of(compiled: Ruleset, moment: dt.datetime) -> Law:
    """Return the same for some rules of which it is asked what they would do."""
    day = moment.date()
    rules = _rules(compiled, moment)
    exemptions = tuple(Exemption.objects.running(moment).select_related("rule").order_by("id"))
    measures = tuple(Measure.objects.running(moment).order_by("id"))
    everything = world()
    splits = [rule.territories for rule in rules if rule.territories is not None]
    splits += [split for rule in rules for split in place_splits(rule.compiled.tree, everything)]
    splits += [
        places
        for row in (*exemptions, *measures)
        if (places := reached(row.jurisdictions, day)) is not None
    ]
    return Law(moment, rules, exemptions, measures, grid(use_slugs(day), everything, splits))


def world() -> frozenset[str]:
    """Return every territory."""
    return frozenset(code for code, place in jurisdictions().items() if not place.members)


def reached(codes: Sequence[str], day: dt.date) -> frozenset[str] | None:
    """Return the territories that a scope names on a day; `None` is everywhere."""
    if not codes or EVERYWHERE in codes:
        return None
    return frozenset[str]().union(*(territories(code, day) for code in codes))


@lru_cache(maxsize=4)
def groups_on(day: dt.date) -> Mapping[str, frozenset[str]]:
    """Return the groups of territories by their code, as they stand on a day."""
    return {
        code: place.member_codes(day) for code, place in jurisdictions().items() if place.members
    }


def _rules(compiled: Ruleset, moment: dt.datetime) -> tuple[AppliedRule, ...]:
    """Return the rules whose time has come and not passed."""
    together = zip(compiled.sources, compiled.compiled, compiled.clauses, strict=True)
    return tuple(
        AppliedRule(
            source=source,
            compiled=rule,
            territories=(source.jurisdictions & world()) if source.jurisdictions else None,
            clauses=tuple(
                ClauseMark(clause.number, _free_part(rule, part))
                for clause, part in zip(source.clauses, parts, strict=True)
            ),
        )
        for source, rule, parts in together
        if (source.since is None or source.since <= moment)
        and (source.until is None or moment < source.until)
    )


def _free_part(rule: CompiledRule, part: CompiledRule | None) -> Node | None:
    """Return the part that a clause marks, where the rule can fire without it."""
    if part is None or part.tree in _always(rule.tree):
        return None
    return part.tree


def _always(tree: Node) -> list[Node]:
    """Return the parts that hold whenever the whole does."""
    found = [tree]
    if isinstance(tree, And):
        found += [part for item in tree.items for part in _always(item)]
    return found
