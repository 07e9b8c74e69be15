"""A regulator's desk: the rules that stand, whom they touch, and what waits for a word."""

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, F, QuerySet

from apps.compliance.models import Finding
from apps.core.actor import Actor
from apps.core.clock import now
from apps.core.dues import Due
from apps.core.needs import Need
from apps.institutions.models import Mandate
from apps.institutions.offices import Subject
from apps.institutions.selectors.people import mandates_of
from apps.policy.models import RuleVersion
from apps.policy.permissions import may_be_ended
from apps.policy.states import RuleMode, RuleState, StatuteKind

SOON = dt.timedelta(days=90)
SHOWN = 100


@dataclass(frozen=True, slots=True)
class RuleLine:
    """One standing version, how many listings it touches, and what may be done with it."""

    version: RuleVersion
    touched: int
    mine: bool

    @property
    def binding(self) -> bool:
        """Whether it changes outcomes, or only says what it would change."""
        return self.version.mode == RuleMode.ENFORCE


@dataclass(frozen=True, slots=True)
class Desk:
    """What one person finds on opening the door."""

    moment: dt.datetime
    mandates: list[Mandate]
    lines: list[RuleLine]

    @property
    def ending(self) -> list[RuleLine]:
        """The rules of one's mandate whose sunset is near."""
        limit = self.moment + SOON
        return [
            line
            for line in self.lines
            if line.mine and line.version.sunset_at and line.version.sunset_at <= limit
        ]

    @property
    def not_binding(self) -> list[RuleLine]:
        """The rules of one's mandate that only advise or warn."""
        return [
            line
            for line in self.lines
            if line.mine and not line.binding and line.version.state == RuleState.IN_FORCE
        ]

    def needs(self, moment: dt.datetime) -> list[Need]:
        """The rules that wait for a word: those that end soon, those that bind nobody yet."""
        ending = [
            Need("ending", line, Due(line.version.sunset_at, moment, line.version.legal_basis))
            for line in self.ending
        ]
        soft = [Need("soft", line) for line in self.not_binding if line not in self.ending]
        return [*ending, *soft]


def instruments() -> QuerySet[RuleVersion]:
    """Return the statutory instruments in force or to come, with their rules, by number."""
    standing = RuleVersion.objects.exclude(state=RuleState.ENDED)
    made_here = standing.filter(rule__kind=StatuteKind.INSTRUMENT)
    return made_here.select_related("rule").order_by("rule__number", "number")


def desk_of(actor: Actor) -> Desk:
    """Return the desk of a regulator or an administrator: the first hundred standing versions."""
    standing = RuleVersion.objects.exclude(state=RuleState.ENDED).select_related("rule")
    versions = list(standing.order_by("rule__number", "number")[:SHOWN])
    touched = touched_counts(versions)
    mandates = mandates_of(actor.person) if actor.person else []
    covered = {version.pk for version in may_be_ended(actor, versions)}
    return Desk(
        moment=now(),
        mandates=[mandate for mandate in mandates if mandate.subject == Subject.MODELS],
        lines=[
            RuleLine(version, touched.get(version.pk, 0), version.pk in covered)
            for version in versions
        ],
    )


def touched_counts(versions: Iterable[RuleVersion]) -> dict[uuid.UUID, int]:
    """Return how many listings each version touches now, on their current versions."""
    findings = Finding.objects.filter(
        rule_version__in=[version.pk for version in versions],
        standing__until_at__isnull=True,
        standing__version=F("standing__listing__current"),
    )
    counted = findings.values("rule_version").annotate(
        listings=Count("standing__listing", distinct=True)
    )
    return {row["rule_version"]: row["listings"] for row in counted.order_by()}
