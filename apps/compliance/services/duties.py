"""What is owed follows from the findings: begun with a reason, closed when it falls away."""

import datetime as dt
import uuid
from collections.abc import Sequence
from typing import Any

from django.db import connection

from apps.clocks.calendar import Calendar, Event, Happening, Term, Unit, due
from apps.clocks.selectors import calendars
from apps.compliance.selectors.law import Law
from apps.core.jurisdictions import EVERYWHERE
from apps.policy.models import RuleDuty
from apps.policy.states import DueUnit

UNITS = {
    DueUnit.HOURS: Unit.HOURS,
    DueUnit.DAYS: Unit.DAYS,
    DueUnit.WORKING_DAYS: Unit.WORKING_DAYS,
    DueUnit.MONTHS: Unit.MONTHS,
}
SEAT = "IN"
FOLLOW = """
with owed as (
    select distinct s.listing_id, s.version_id, d.id as rule_duty_id
    from compliance_standing s
    join compliance_finding f on f.standing_id = s.id and f.mode = 'enforce'
    join policy_ruleduty d on d.version_id = f.rule_version_id
    where s.until_at is null and s.version_id = any(%(versions)s)
), closed as (
    update compliance_duty held set until_at = %(now)s
    where held.until_at is null and held.version_id = any(%(versions)s) and not exists (
        select from owed
        where owed.version_id = held.version_id and owed.rule_duty_id = held.rule_duty_id)
)
insert into compliance_duty (listing_id, version_id, rule_duty_id, since_at, due_at)
select owed.listing_id, owed.version_id, owed.rule_duty_id, %(now)s, term.due_at
from owed
left join unnest(%(duties)s::uuid[], %(dues)s::timestamptz[]) as term (rule_duty_id, due_at)
    on term.rule_duty_id = owed.rule_duty_id
where not exists (
    select from compliance_duty held
    where held.version_id = owed.version_id and held.rule_duty_id = owed.rule_duty_id
        and held.until_at is null)
"""


def duties_follow(*, versions: Sequence[uuid.UUID], law: Law) -> None:
    """Bring the duties of some versions up to date with their standings.

    A duty begins when its rule first fires for the version and keeps its due time until the rule
    no longer fires. Called inside the caller's transaction.
    """
    if not versions:
        return
    terms = _terms(law)
    parameters: dict[str, Any] = {
        "now": law.moment,
        "versions": list(versions),
        "duties": list(terms),
        "dues": list(terms.values()),
    }
    with connection.cursor() as cursor:
        cursor.execute(FOLLOW, parameters)


def _terms(law: Law) -> dict[uuid.UUID, dt.datetime | None]:
    """Return when each duty of the rules in force is due, were it to begin now."""
    in_force = [rule.version for rule in law.rules]
    found = RuleDuty.objects.filter(version__in=in_force, due_amount__isnull=False)
    duties = list(found.select_related("version"))
    known = calendars(_place(duty) for duty in duties)
    return {duty.id: _due(duty, law.moment, known[_place(duty)]) for duty in duties}


def _place(duty: RuleDuty) -> str:
    """Return whose calendar counts: that of the rule's first place, else the portal's seat."""
    named = [place for place in duty.version.jurisdictions if place != EVERYWHERE]
    return named[0] if named else SEAT


def _due(duty: RuleDuty, moment: dt.datetime, calendar: Calendar) -> dt.datetime | None:
    term = Term(duty.due_amount or 0, UNITS[DueUnit(duty.due_unit)])
    return due(term, [Event(Happening.START, moment)], calendar).at
