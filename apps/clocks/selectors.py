"""Reading deadlines: which rule is valid, what is due, what was breached."""

import datetime as dt
import hashlib
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.db.models import Count, Q

from apps.clocks.calendar import Calendar, Due, Event, Happening, due
from apps.clocks.errors import DeadlineRuleUnknown
from apps.clocks.models import Clock, ClockEvent, DeadlineRule, HolidayCalendar
from apps.clocks.states import BREACHED, OPEN, ClockState
from apps.core.jurisdictions import jurisdiction
from apps.core.pagination import SIZE, Page, keyset_page


@dataclass(frozen=True, slots=True)
class BreachCount:
    """How often one rule was breached: still owed, and done late."""

    rule: str
    title: str
    owed_by: str
    outstanding: int
    late: int


def deadline_rule(code: str, day: dt.date) -> DeadlineRule:
    """Return the rule as it is valid on a day; raise `DeadlineRuleUnknown`."""
    valid = Q(valid_until_date__isnull=True) | Q(valid_until_date__gt=day)
    try:
        return DeadlineRule.objects.get(valid, code=code, valid_from_date__lte=day)
    except DeadlineRule.DoesNotExist:
        raise DeadlineRuleUnknown(field="rule") from None


def deadline_rules(day: dt.date) -> list[DeadlineRule]:
    """Return all rules valid on a day, by code."""
    valid = Q(valid_until_date__isnull=True) | Q(valid_until_date__gt=day)
    return list(DeadlineRule.objects.filter(valid, valid_from_date__lte=day).order_by("code"))


def calendars(codes: Iterable[str]) -> dict[str, Calendar]:
    """Return the calendars of some jurisdictions; one without published days off has weekends."""
    wanted = set(codes)
    rows = HolidayCalendar.objects.filter(jurisdiction__in=wanted).prefetch_related("holidays")
    known = {row.jurisdiction: _calendar(row) for row in rows}
    return {code: known.get(code) or Calendar(_zone(code)) for code in wanted}


def edition(calendar: Calendar) -> str:
    """Return a short digest of a calendar, noted beside the due instants that rest on it."""
    parts = [
        calendar.zone.key,
        sorted(calendar.weekend),
        sorted(day.isoformat() for day in calendar.days_off),
        calendar.known_from,
        calendar.known_until,
    ]
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:12]


def due_of(rule: DeadlineRule, events: Iterable[ClockEvent], calendar: Calendar) -> Due:
    """Return when a clock under a rule runs out, from its events in order."""
    plain = [Event(Happening(event.happening), event.at, event.amount) for event in events]
    return due(rule.term, plain, calendar)


def window(code: str, start: dt.datetime) -> tuple[DeadlineRule, dt.datetime]:
    """Return the rule of a time that nobody owes, valid at its start, and the instant it is over.

    Such a time (a consultation, a standstill) is waited for; its end is no breach, so no clock
    runs. Raises `DeadlineRuleUnknown`.
    """
    rule = deadline_rule(code, start.date())
    calendar = calendars([rule.calendar])[rule.calendar]
    found = due(rule.term, [Event(Happening.START, start)], calendar)
    if found.at is None:
        raise ValueError("A time that has begun ends.")
    return rule, found.at


def has_run_out(clock: Clock, moment: dt.datetime) -> bool:
    """Whether the duty was not done by its due instant, recorded as expired or not.

    What must be refused after a deadline asks this, with business time, and never the state.
    """
    if clock.state in OPEN:
        return clock.due_at is not None and clock.due_at <= moment
    return clock.state in BREACHED


def clocks_due(owner: uuid.UUID, *, after: str = "", size: int = SIZE) -> Page[Clock]:
    """Return what an owner owes, soonest first; clocks that a pause leaves open are not in it."""
    rows = Clock.objects.filter(owner=owner, state__in=OPEN, due_at__isnull=False)
    return keyset_page(rows.select_related("rule"), order=("due_at", "id"), after=after, size=size)


def clocks_resting(owner: uuid.UUID, *, after: str = "", size: int = SIZE) -> Page[Clock]:
    """Return an owner's clocks whose end a pause leaves open, oldest first."""
    rows = Clock.objects.filter(owner=owner, state__in=OPEN, due_at__isnull=True)
    return keyset_page(
        rows.select_related("rule"), order=("started_at", "id"), after=after, size=size
    )


def clocks_of(thing: uuid.UUID) -> list[Clock]:
    """Return all clocks about one thing with their events, oldest first, at most a hundred."""
    rows = Clock.objects.filter(thing=thing).order_by("started_at", "id")
    return list(rows.select_related("rule").prefetch_related("events")[:100])


def breaches(*, owed_by: str = "", after: str = "", size: int = SIZE) -> Page[Clock]:
    """Return the deadlines that ran out, newest first; of one side, or of all."""
    rows = Clock.objects.filter(state__in=BREACHED, due_at__isnull=False)
    if owed_by:
        rows = rows.filter(rule__owed_by=owed_by)
    return keyset_page(
        rows.select_related("rule"), order=("-due_at", "-id"), after=after, size=size
    )


def breach_counts() -> list[BreachCount]:
    """Return for each rule how often it was breached, the authority's rules among them."""
    counted = (
        Clock.objects.filter(state__in=BREACHED)
        .values("rule__code", "rule__title", "rule__owed_by")
        .annotate(
            outstanding=Count("id", filter=Q(state=ClockState.EXPIRED)),
            late=Count("id", filter=Q(state=ClockState.MET_LATE)),
        )
        .order_by("rule__code", "rule__title")
    )
    return [
        BreachCount(
            row["rule__code"],
            row["rule__title"],
            row["rule__owed_by"],
            row["outstanding"],
            row["late"],
        )
        for row in counted
    ]


def _calendar(row: HolidayCalendar) -> Calendar:
    return Calendar(
        zone=_zone(row.jurisdiction),
        weekend=frozenset(row.weekend),
        days_off=frozenset(holiday.date for holiday in row.holidays.all()),
        known_from=row.known_from_date,
        known_until=row.known_until_date,
    )


def _zone(code: str) -> ZoneInfo:
    return ZoneInfo(jurisdiction(code).zone)
