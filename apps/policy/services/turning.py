"""What business time does to rules: they start, they reach their sunset, they give way."""

import datetime as dt
from collections.abc import Callable

from django.db import transaction
from django.db.models import QuerySet

from apps.core.actor import SYSTEM
from apps.core.clock import now
from apps.journal.acts import Act
from apps.journal.services import record_many
from apps.policy.acts import RuleStarted
from apps.policy.models import Rule, RuleVersion
from apps.policy.services.changes import ruleset_change
from apps.policy.services.entering import version_end
from apps.policy.states import RULE_TABLE, Ending, RuleState

BATCH = 100
Step = Callable[[RuleVersion, list[RuleVersion], dt.datetime], list[Act]]


def rules_turn() -> int:
    """Start and end what business time has passed; return how many versions moved.

    Safe to call at any time and from several processes: each rule is turned under its lock, in
    one transaction with its acts.
    """
    moved = 0
    while rules := _due_rules():
        for rule in rules:
            moved += _turn(rule)
    return moved


def _due(moment: dt.datetime) -> QuerySet[RuleVersion]:
    standing = RuleVersion.objects.exclude(state=RuleState.ENDED)
    starts = standing.filter(state=RuleState.SCHEDULED, effective_at__lte=moment)
    ends = standing.filter(state=RuleState.IN_FORCE, sunset_at__lte=moment)
    return starts | ends


def _due_rules() -> list[Rule]:
    return list(Rule.objects.filter(versions__in=_due(now())).distinct().order_by("id")[:BATCH])


@transaction.atomic
def _turn(rule: Rule) -> int:
    """Take one rule through its due steps, in the order of their legal moments."""
    Rule.objects.select_for_update().get(pk=rule.pk)
    standing = rule.versions.exclude(state=RuleState.ENDED).select_related("rule")
    versions = list(standing.order_by("number").select_for_update(of=("self",)))
    acts: list[Act] = []
    for at, version, step in _steps(versions, now()):
        acts += step(version, versions, at)
    if acts:
        ruleset_change()
        record_many(acts, actor=SYSTEM)
    return len(acts)


def _steps(
    versions: list[RuleVersion], moment: dt.datetime
) -> list[tuple[dt.datetime, RuleVersion, Step]]:
    """Return the beginnings and sunsets that are due, the earliest first."""
    steps: list[tuple[dt.datetime, RuleVersion, Step]] = []
    for version in versions:
        if version.state == RuleState.SCHEDULED and version.effective_at <= moment:
            steps.append((version.effective_at, version, _start))
        if version.sunset_at and version.sunset_at <= moment:
            steps.append((version.sunset_at, version, _sunset))
    return sorted(steps, key=lambda step: (step[0], step[1].number))


def _start(version: RuleVersion, versions: list[RuleVersion], at: dt.datetime) -> list[Act]:
    """Put a version in force in the place of the one before it, unless a newer one has begun."""
    if any(one.number > version.number and one.state == RuleState.IN_FORCE for one in versions):
        return [version_end(version, why=Ending.SUPERSEDED, at=at)]
    acts: list[Act] = [
        version_end(old, why=Ending.SUPERSEDED, at=at)
        for old in versions
        if old.state == RuleState.IN_FORCE
    ]
    RULE_TABLE.move(version, RuleState.IN_FORCE)
    version.save(update_fields=["state"])
    started = RuleStarted(
        subject=version.rule_id,
        version=version.pk,
        code=version.rule.code,
        number=version.number,
        effective_at=at,
    )
    return [*acts, started]


def _sunset(version: RuleVersion, _versions: list[RuleVersion], at: dt.datetime) -> list[Act]:
    """End a version whose time is over, unless another has taken its place before."""
    if version.state != RuleState.IN_FORCE:
        return []
    return [version_end(version, why=Ending.SUNSET, at=at)]
