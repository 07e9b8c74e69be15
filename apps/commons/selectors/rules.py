"""The gazette, and one rule through all its versions."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from apps.commons.differences import Stretch, difference
from apps.core.codes import parse
from apps.core.errors import NotFound
from apps.core.jurisdictions import EVERYWHERE, jurisdiction, jurisdictions
from apps.policy.models import Rule, RuleVersion, Use
from apps.policy.states import RuleState


class RuleUnknown(NotFound):
    """No rule, or no such version of it."""

    code = "rule-unknown"
    title = _("There is no such rule.")
    remedy = _("Look for it in the gazette.")


@dataclass(frozen=True, slots=True)
class ClauseChange:
    """What one clause became."""

    number: int
    stretches: list[Stretch]


@dataclass(frozen=True, slots=True)
class VersionLine:
    """One version in the list of versions, with what it changed."""

    version: RuleVersion
    changes: list[ClauseChange]
    first: bool


def gazette(asked: Mapping[str, str], day: dt.date) -> QuerySet[RuleVersion]:
    """Return the rule versions that fit what was asked; each empty answer asks nothing."""
    rows = RuleVersion.objects.select_related("rule")
    if state := asked.get("state"):
        rows = rows.filter(state=state)
    if kind := asked.get("kind"):
        rows = rows.filter(rule__kind=kind)
    if use := asked.get("use"):
        rows = rows.filter(Q(uses=[]) | Q(uses__contains=[use]))
    if place := asked.get("place"):
        rows = rows.filter(Q(jurisdictions=[]) | Q(jurisdictions__overlap=covering(place, day)))
    for word in asked.get("q", "").split():
        rows = rows.filter(
            Q(title__icontains=word)
            | Q(summary__icontains=word)
            | Q(rule__code__iexact=word)
            | Q(rule__authority__icontains=word)
            | Q(clauses__text__icontains=word)
        )
    return rows.distinct()


def covering(place: str, day: dt.date) -> list[str]:
    """Return the codes that cover a place on a day: its own, its groups, everywhere."""
    groups = [code for code, group in jurisdictions().items() if place in group.member_codes(day)]
    return [place, EVERYWHERE, *groups]


def rules_by_state() -> dict[str, int]:
    """Return how many versions stand in each state."""
    counted = RuleVersion.objects.values_list("state").annotate(n=Count("id")).order_by()
    return dict.fromkeys(RuleState.values, 0) | dict(counted)


def rule_by_code(text: str) -> Rule:
    """Return one rule by the code that people cite; raise `CodeMistyped` or `RuleUnknown`."""
    found = Rule.objects.filter(code=parse(text)).first()
    if found is None:
        raise RuleUnknown(field="code")
    return found


def versions_of(rule: Rule) -> list[RuleVersion]:
    """Return all versions with their parts, newest first, in a fixed number of queries."""
    parts = ("clauses", "conditions", "duties", "parameters")
    return list(rule.versions.order_by("-number").prefetch_related(*parts))


def version_shown(versions: list[RuleVersion], number: int | None) -> RuleVersion:
    """Return the version asked for, else the one in force, else the newest."""
    if number is None:
        running = [row for row in versions if row.state == RuleState.IN_FORCE]
        return (running or versions)[0]
    for row in versions:
        if row.number == number:
            return row
    raise RuleUnknown(field="version")


def version_lines(versions: list[RuleVersion]) -> list[VersionLine]:
    """Return the versions, newest first, each with what it changed in the one before."""
    older = [*versions[1:], None]
    return [
        VersionLine(row, _changes(before, row) if before else [], first=before is None)
        for row, before in zip(versions, older, strict=True)
    ]


def _changes(before: RuleVersion, after: RuleVersion) -> list[ClauseChange]:
    old = {clause.number: clause.text for clause in before.clauses.all()}
    new = {clause.number: clause.text for clause in after.clauses.all()}
    return [
        ClauseChange(number, difference(old.get(number, ""), new.get(number, "")))
        for number in sorted(old | new)
        if old.get(number) != new.get(number)
    ]


def scope_words(version: RuleVersion) -> tuple[list[str], list[str]]:
    """Return the names of the uses and places a version covers; empty lists mean all."""
    uses = [use.name for use in Use.objects.filter(slug__in=version.uses)]
    return uses, [jurisdiction(code).name for code in version.jurisdictions if code != EVERYWHERE]
