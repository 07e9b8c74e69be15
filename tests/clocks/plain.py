"""Due instants counted the slow way, quarter of an hour by quarter of an hour, as an oracle."""

import datetime as dt
import random
from collections.abc import Iterator, Sequence
from zoneinfo import ZoneInfo

from apps.clocks.calendar import Calendar, Event, Happening, Term, Unit

QUARTER = dt.timedelta(minutes=15)
MINUTE = dt.timedelta(minutes=1)
HORIZON = dt.timedelta(days=900)
ZONES = (
    "Asia/Kolkata",
    "Europe/Brussels",
    "America/New_York",
    "America/Santiago",
    "Africa/Cairo",
    "Asia/Beirut",
    "Australia/Lord_Howe",
    "Atlantic/Azores",
    "Asia/Kathmandu",
    "Pacific/Chatham",
)


def plain_due(term: Term, events: Sequence[Event], calendar: Calendar) -> dt.datetime | None:
    """Count until the period is full; `None` where the clock rests for ever."""
    if term.unit is Unit.HOURS:
        return _by_minutes(term, events)
    return _by_days(term, events, calendar)


def _by_minutes(term: Term, events: Sequence[Event]) -> dt.datetime | None:
    waiting, running, spent, needed = list(events), False, 0, term.amount * 60
    moment = events[0].at
    while waiting or running:
        while waiting and waiting[0].at == moment and not (running and spent >= needed):
            event = waiting.pop(0)
            if event.happening is Happening.EXTEND:
                needed += event.amount * 60
            if event.happening in {Happening.START, Happening.RESUME}:
                running = True
            if event.happening is Happening.PAUSE:
                running = False
        if running and spent >= needed:
            return moment
        spent += running
        moment += MINUTE
    return None


def _by_days(term: Term, events: Sequence[Event], calendar: Calendar) -> dt.datetime | None:
    local = [(event.at.astimezone(calendar.zone).date(), event) for event in events]
    begun, counted, worked = local[0][0], 0, 0
    for day, end in _whole_days(events[0].at, calendar.zone):
        before = [event.happening for happened, event in local if happened < day]
        switches = [item for item in before if item not in {Happening.EXTEND, Happening.STOP}]
        if switches[-1] is Happening.PAUSE:
            if all(happened < day for happened, _event in local):
                return None
            continue
        works = day.weekday() not in calendar.weekend and day not in calendar.days_off
        worked += works
        if works or term.unit is not Unit.WORKING_DAYS:
            counted += 1
        extra = sum(event.amount for happened, event in local if happened <= day)
        needed = term.amount + extra
        if term.unit is Unit.MONTHS:
            needed = (_months_on(begun, needed) - begun).days
        if counted >= needed and worked >= term.least_working_days and (works or not term.rolls):
            return end
    raise AssertionError("The horizon is too near.")


def _whole_days(start: dt.datetime, zone: ZoneInfo) -> Iterator[tuple[dt.date, dt.datetime]]:
    """Yield each local day after the start with the first quarter of an hour after it."""
    moment = start.replace(minute=start.minute - start.minute % 15, second=0, microsecond=0)
    day = moment.astimezone(zone).date()
    first = day
    while moment < start + HORIZON:
        moment += QUARTER
        present = moment.astimezone(zone).date()
        if present != day:
            if day > first:
                yield day, moment
            day = present


def _months_on(day: dt.date, months: int) -> dt.date:
    year, month = day.year, day.month
    for _month in range(months):
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    for number in range(day.day, 0, -1):
        try:
            return dt.date(year, month, number)
        except ValueError:
            continue
    raise AssertionError("A month has a first day.")


def random_case(dice: random.Random) -> tuple[Term, list[Event], Calendar]:
    """Return a period, a history in order and a calendar."""
    unit = dice.choice(list(Unit))
    amounts = {Unit.HOURS: (1, 72), Unit.DAYS: (1, 40), Unit.WORKING_DAYS: (1, 20)}
    term = Term(
        amount=dice.randint(*amounts.get(unit, (1, 4))),
        unit=unit,
        rolls=unit is not Unit.HOURS and dice.random() < 0.5,
        least_working_days=dice.choice([0, 0, 2, 3]) if unit is not Unit.HOURS else 0,
    )
    start = dt.datetime(2024, 1, 1, tzinfo=dt.UTC) + dt.timedelta(
        minutes=dice.randint(0, 5 * 365 * 24 * 60)
    )
    return term, _history(dice, term, start), _calendar(dice, start.date())


def _history(dice: random.Random, term: Term, start: dt.datetime) -> list[Event]:
    span = 600 if term.unit is Unit.HOURS else 7 * 24 * 60
    events, running, at = [Event(Happening.START, start)], True, start
    for _event in range(dice.randint(0, 7)):
        at += dt.timedelta(minutes=dice.choice([0, dice.randint(0, span)]))
        if dice.random() < 0.25:
            events.append(Event(Happening.EXTEND, at, dice.randint(1, 5)))
        else:
            events.append(Event(Happening.PAUSE if running else Happening.RESUME, at))
            running = not running
    return events


def _calendar(dice: random.Random, day: dt.date) -> Calendar:
    off = {day + dt.timedelta(days=dice.randint(0, 90)) for _day in range(dice.randint(0, 12))}
    weekend = dice.choice([{5, 6}, {4, 5}, {6}, {5, 6}])
    return Calendar(ZoneInfo(dice.choice(ZONES)), frozenset(weekend), frozenset(off))
