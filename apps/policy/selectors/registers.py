"""Rules and their versions."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import Prefetch, Q, QuerySet

from apps.core.clock import today
from apps.core.codes import parse
from apps.core.jurisdictions import EVERYWHERE, Jurisdiction, jurisdictions, territories
from apps.core.jurisdictions import jurisdiction as find_jurisdiction
from apps.policy.engine import ClauseSource, Mode, Outcome, RuleSource, value_of
from apps.policy.engine.values import Value
from apps.policy.errors import RuleNotFound
from apps.policy.models import Rule, RuleParameter, RuleVersion
from apps.policy.states import RuleState

PARTS = ("clauses", "conditions", "duties", "parameters")
SHOWN = (*PARTS, "examples")


def rules_in_force(at: dt.datetime | None = None) -> QuerySet[RuleVersion]:
    """Return the versions in force now, or at a moment, with their rules, by number of the rule."""
    return RuleVersion.objects.in_force(at).select_related("rule").order_by("rule__number")


def gazette() -> QuerySet[RuleVersion]:
    """Return every version with its rule, the latest beginning first."""
    return RuleVersion.objects.select_related("rule").order_by("-effective_at", "-id")


def gazette_found(
    *, state: str = "", kind: str = "", use: str = "", jurisdiction: str = ""
) -> QuerySet[RuleVersion]:
    """Return the gazette's versions with their parts, of a state, a kind and a scope.

    A use finds the versions for it and those for any use; a territory also those of its groups.
    """
    rows = gazette().prefetch_related(*SHOWN)
    if state:
        rows = rows.filter(state=state)
    if kind:
        rows = rows.filter(rule__kind=kind)
    if use:
        rows = rows.filter(Q(uses=[]) | Q(uses__contains=[use]))
    if jurisdiction:
        codes = [place.code for place in _places_around(jurisdiction)]
        rows = rows.filter(Q(jurisdictions=[]) | Q(jurisdictions__overlap=codes))
    return rows


def _places_around(code: str) -> list[Jurisdiction]:
    """Return a place and the groups it belongs to today; raise `JurisdictionUnknown`."""
    place, day = find_jurisdiction(code), today()
    groups = [one for one in jurisdictions().values() if place.code in one.member_codes(day)]
    return [place, *groups]


def rule_by_code(code: str) -> Rule:
    """Return a rule with its versions and their parts; raise `RuleNotFound`."""
    versions = RuleVersion.objects.order_by("-number").prefetch_related(*SHOWN)
    found = Rule.objects.filter(code=parse(code)).prefetch_related(Prefetch("versions", versions))
    rule = next(iter(found), None)
    if rule is None:
        raise RuleNotFound(field="code")
    return rule


def version_by_number(code: str, number: int) -> RuleVersion:
    """Return one version of a rule with its parts; raise `RuleNotFound`."""
    found = RuleVersion.objects.filter(rule__code=parse(code), number=number)
    version = next(iter(found.select_related("rule").prefetch_related(*SHOWN)), None)
    if version is None:
        raise RuleNotFound(field="number")
    return version


def version_before(version: RuleVersion) -> RuleVersion | None:
    """Return the version whose place another took as it began."""
    former = version.rule.versions.filter(
        number__lt=version.number, ended_at=version.effective_at, state=RuleState.ENDED
    )
    return former.select_related("rule").order_by("-number").first()


def parameters_of(parameters: Iterable[RuleParameter]) -> dict[str, Value]:
    """Return parameters as the engine takes them."""
    return {parameter.name: value_of(parameter.value) for parameter in parameters}


def source_of(version: RuleVersion, day: dt.date, until: dt.datetime | None = None) -> RuleSource:
    """Return a version as the engine takes it; `until` ends it earlier than its own dates.

    A group of territories stands for itself and for its members on the day.
    """
    ends = [moment for moment in (version.sunset_at, version.ended_at, until) if moment]
    return RuleSource(
        id=version.rule.code,
        key=str(version.pk),
        version=version.number,
        expression=version.expression,
        outcome=Outcome(version.outcome),
        mode=Mode(version.mode),
        parameters=parameters_of(version.parameters.all()),
        jurisdictions=places_meant(version.jurisdictions, day),
        uses=frozenset(version.uses),
        since=version.effective_at,
        until=min(ends, default=None),
        allowed=frozenset(version.allowed_jurisdictions),
        conditions=tuple(condition.code for condition in version.conditions.all()),
        duties=tuple(duty.code for duty in version.duties.all()),
        clauses=tuple(
            ClauseSource(clause.number, clause.text, clause.expression)
            for clause in version.clauses.all()
        ),
    )


def places_meant(codes: list[str], day: dt.date) -> frozenset[str]:
    """Return a scope as the engine takes it: empty for everywhere, a group with its members."""
    if not codes or EVERYWHERE in codes:
        return frozenset()
    return frozenset(codes).union(*(territories(code, day) for code in codes))
