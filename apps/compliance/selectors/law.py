"""The rules in force, ready to be applied, and the grid of questions they tell apart."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from apps.compliance.models import Exemption, Measure
from apps.compliance.reach import PLACE, USE, place_splits, reads
from apps.compliance.scenarios import Grid, Probe, grid, probes
from apps.core.jurisdictions import EVERYWHERE, jurisdictions, territories
from apps.policy.engine import VOCABULARY, CompiledRule, compile_rule
from apps.policy.engine.nodes import And, Items, Literal, Node
from apps.policy.engine.parser import parse
from apps.policy.engine.rule import compile_part
from apps.policy.models import RulesetChange, RuleVersion, Use


@dataclass(frozen=True, slots=True)
class ClauseMark:
    """One clause of a rule; without a part it fires whenever the rule does."""

    number: int
    part: Node | None


@dataclass(frozen=True, slots=True)
class AppliedRule:
    """One rule version as it is asked of listings; no territories means everywhere."""

    version: RuleVersion
    compiled: CompiledRule
    parameters: Mapping[str, Any]
    territories: frozenset[str] | None
    clauses: tuple[ClauseMark, ...]

    def probes(self, made: Grid) -> list[Probe]:
        """Return the questions that find out where in the grid this rule fires."""
        scope = made.cells(self.version.uses, self.territories)
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
    day = moment.date()
    in_force = RuleVersion.objects.in_force(moment).prefetch_related("clauses", "parameters")
    rules = tuple(_applied(version, day) for version in in_force.order_by("id"))
    exemptions = tuple(Exemption.objects.running(moment).order_by("id"))
    measures = tuple(Measure.objects.running(moment).order_by("id"))
    everything = world()
    splits = [rule.territories for rule in rules if rule.territories is not None]
    splits += [split for rule in rules for split in place_splits(rule.compiled.tree, everything)]
    splits += [
        places
        for row in (*exemptions, *measures)
        if (places := reached(row.jurisdictions, day)) is not None
    ]
    return Law(moment, rules, exemptions, measures, grid(uses_on(day), everything, splits))


def uses_on(day: dt.date) -> list[str]:
    """Return the slugs of the list of uses as it stands on a day."""
    listed = Use.objects.filter(valid_from__lte=day).exclude(valid_until__lte=day)
    return list(listed.order_by("position", "slug").values_list("slug", flat=True))


def world() -> frozenset[str]:
    """Return every territory."""
    return frozenset(code for code, place in jurisdictions().items() if not place.members)


def reached(codes: Sequence[str], day: dt.date) -> frozenset[str] | None:
    """Return the territories that a scope names on a day; `None` is everywhere."""
    if not codes or EVERYWHERE in codes:
        return None
    return frozenset[str]().union(*(territories(code, day) for code in codes))


def groups_on(day: dt.date) -> dict[str, frozenset[str]]:
    """Return the groups of territories by their code, as they stand on a day."""
    return {
        code: place.member_codes(day) for code, place in jurisdictions().items() if place.members
    }


def _applied(version: RuleVersion, day: dt.date) -> AppliedRule:
    compiled = _compiled(version.expression)
    return AppliedRule(
        version=version,
        compiled=compiled,
        parameters=parameter_values(version),
        territories=reached(version.jurisdictions, day),
        clauses=tuple(
            ClauseMark(clause.number, _part(compiled, clause.expression))
            for clause in sorted(version.clauses.all(), key=lambda clause: clause.number)
        ),
    )


@lru_cache(maxsize=1024)
def _compiled(expression: str) -> CompiledRule:
    return compile_rule(expression, VOCABULARY)


def _part(compiled: CompiledRule, expression: str) -> Node | None:
    """Return the part that a clause marks, where the rule can fire without it."""
    if not expression:
        return None
    part = _compiled_part(expression)
    return None if part in _always(compiled.tree) else part


@lru_cache(maxsize=4096)
def _compiled_part(expression: str) -> Node:
    return compile_part(expression, VOCABULARY)


def _always(tree: Node) -> list[Node]:
    """Return the parts that hold whenever the whole does."""
    found = [tree]
    if isinstance(tree, And):
        found += [part for item in tree.items for part in _always(item)]
    return found


def parameter_values(version: RuleVersion) -> dict[str, Any]:
    """Return the values that a rule version's expression reads as `param.name`."""
    return {row.name: _value(row.value) for row in version.parameters.all()}


def ruleset_version() -> int:
    """Return the number of the newest change of the rule set, 0 where there was none."""
    newest = RulesetChange.objects.order_by("-number").values_list("number", flat=True)[:1]
    return next(iter(newest), 0)


def _value(source: str) -> Any:
    node = parse(source)
    if isinstance(node, Items):
        return [item.value for item in node.values]
    if not isinstance(node, Literal):
        raise TypeError(f"{source} is no written value")
    return node.value
