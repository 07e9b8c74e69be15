"""The rules that stand, compiled together, and the version that caches go by."""

import datetime as dt
from dataclasses import dataclass, replace
from functools import lru_cache

from django.db.models import QuerySet

from apps.core.clock import now
from apps.policy.engine import Ruleset, RuleSource, compile_ruleset
from apps.policy.models import RulesetChange, RuleVersion
from apps.policy.selectors.registers import PARTS, source_of
from apps.policy.states import RuleState

KEPT = 4


@dataclass(frozen=True, slots=True)
class RulesetMark:
    """The latest change of the rules; number 0 where there never was one."""

    number: int
    changed_at: dt.datetime | None


def ruleset_version() -> int:
    """Return the number of the latest change of the rules, 0 where there never was one."""
    return _latest().number


def ruleset() -> Ruleset:
    """Return all rules in force or to come, compiled together.

    Each keeps its dates, so a request is answered by the rules of its own date. The same version
    and day give the same object, compiled once in a process.
    """
    return ruleset_of(_latest(), now().date())


@lru_cache(maxsize=KEPT)
def ruleset_of(mark: RulesetMark, day: dt.date) -> Ruleset:  # noqa: ARG001 - the key
    """Return the same for a mark and a day that the caller has just read."""
    return compile_ruleset(_sources(RuleVersion.objects.exclude(state=RuleState.ENDED), day))


def ruleset_at(moment: dt.datetime) -> Ruleset:
    """Return the rules that were in force at a moment, compiled together."""
    versions = RuleVersion.objects.in_force(moment)
    return compile_ruleset(_sources(versions, moment.date()))


def ruleset_numbered(number: int, moment: dt.datetime) -> Ruleset:
    """Return the rules that a decision of a moment was made by, under its ruleset version.

    Those in force then, but for what a later version of the rules says of the same moment. They
    answer without regard to their dates, which chose them.
    """
    later = RulesetChange.objects.filter(number__gt=number).order_by("number")
    overtaken = later.values_list("changed_at", flat=True).first()
    if overtaken is not None and overtaken <= moment:
        moment = overtaken - dt.timedelta(microseconds=1)
    sources = _sources(RuleVersion.objects.in_force(moment), moment.date())
    return compile_ruleset(replace(source, since=None, until=None) for source in sources)


def _sources(versions: QuerySet[RuleVersion], day: dt.date) -> list[RuleSource]:
    """Return versions as the engine takes them; each ends where its successor begins."""
    rows = versions.select_related("rule").prefetch_related(*PARTS)
    ordered = sorted(rows, key=lambda row: (row.rule.number, row.number))
    begins: dict[object, dt.datetime] = {}
    sources = []
    for version in reversed(ordered):
        sources.append(source_of(version, day, begins.get(version.rule_id)))
        begins[version.rule_id] = version.effective_at
    return sources[::-1]


def _latest() -> RulesetMark:
    rows = RulesetChange.objects.order_by("-number").values_list("number", "changed_at")[:1]
    return RulesetMark(*next(iter(rows), (0, None)))
