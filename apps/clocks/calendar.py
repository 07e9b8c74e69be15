"""Due instants computed from a clock's events and a jurisdiction's calendar; plain Python.

Hours run by the instant, and stand still while the clock is paused. Days, working days and months
run by local days, in the manner of Regulation (EEC, Euratom) 1182/71, article 3, and of sections 9
and 10 of India's General Clauses Act 1897: the day of an event is not counted; every event takes
effect with the first instant of the following day, and a period ends with the last instant of its
last day. All periods are half open: what is done at the due instant is late.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from zoneinfo import ZoneInfo

DAY = dt.timedelta(days=1)


class Unit(StrEnum):
    """In what a period is counted."""

    HOURS = "hours"
    DAYS = "days"
    WORKING_DAYS = "working-days"
    MONTHS = "months"


class Happening(StrEnum):
    """What can happen to a clock."""

    START = "start"
    PAUSE = "pause"
    RESUME = "resume"
    EXTEND = "extend"
    STOP = "stop"
    EXPIRE = "expire"


@dataclass(frozen=True, slots=True)
class Event:
    """One happening at an instant; `amount` is how many units an extension adds."""

    happening: Happening
    at: dt.datetime
    amount: int = 0


@dataclass(frozen=True, slots=True)
class Term:
    """How long a period is.

    `rolls` moves its end from a day off to the next working day; `least_working_days` is how many
    working days it must hold at least.
    """

    amount: int
    unit: Unit
    rolls: bool = False
    least_working_days: int = 0


@dataclass(frozen=True, slots=True)
class Due:
    """The instant at which a period is over; `None` while a pause leaves it open.

    It is provisional where it rests on working days of a year whose days off are not yet known.
    """

    at: dt.datetime | None
    provisional: bool = False


@dataclass(frozen=True, slots=True)
class Calendar:
    """Days and days off of one jurisdiction, in its zone; `weekend` counts Monday as 0."""

    zone: ZoneInfo
    weekend: frozenset[int] = frozenset({5, 6})
    days_off: frozenset[dt.date] = frozenset()
    known_from: dt.date | None = None
    known_until: dt.date | None = None

    def works(self, day: dt.date) -> bool:
        """Whether a day is a working day."""
        return day.weekday() not in self.weekend and day not in self.days_off

    def knows(self, day: dt.date) -> bool:
        """Whether the days off around a day are published."""
        if self.known_from is None or self.known_until is None:
            return False
        return self.known_from <= day <= self.known_until

    def day_of(self, instant: dt.datetime) -> dt.date:
        """Return the local day of an instant."""
        return instant.astimezone(self.zone).date()

    def first_instant(self, day: dt.date) -> dt.datetime:
        """Return when a local day begins, in UTC; a skipped midnight begins at the jump."""
        return dt.datetime.combine(day, dt.time.min, self.zone).astimezone(dt.UTC)


def due(term: Term, events: Sequence[Event], calendar: Calendar) -> Due:
    """Return when a clock with these events, in order and the first a start, runs out."""
    if term.unit is Unit.HOURS:
        return Due(_hours_end(term, events))
    return _days_end(term, events, calendar)


def add_months(day: dt.date, months: int) -> dt.date:
    """Return the same date some months on, or that month's last day where it has no such date."""
    first = _first_of_month(day, months)
    last = _first_of_month(day, months + 1) - DAY
    return min(first + DAY * (day.day - 1), last)


def _first_of_month(day: dt.date, months: int) -> dt.date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, 1)


def _hours_end(term: Term, events: Sequence[Event]) -> dt.datetime | None:
    left = dt.timedelta(hours=term.amount)
    running_since: dt.datetime | None = None
    for event in events:
        if running_since is not None and event.at - running_since >= left:
            break
        if event.happening in {Happening.START, Happening.RESUME}:
            running_since = event.at
        elif event.happening is Happening.EXTEND:
            left += dt.timedelta(hours=event.amount)
        elif event.happening is Happening.PAUSE and running_since is not None:
            left -= event.at - running_since
            running_since = None
    return None if running_since is None else running_since + left


def _days_end(term: Term, events: Sequence[Event], calendar: Calendar) -> Due:
    begun = calendar.day_of(events[0].at)
    counted = worked = 0
    for day, runs, extra in _days(events, calendar):
        if not runs:
            continue
        works = calendar.works(day)
        worked += works
        counted += works or term.unit is not Unit.WORKING_DAYS
        enough = counted >= _needed(term, begun, extra) and worked >= term.least_working_days
        if enough and (works or not term.rolls):
            return _end_of(day, begun, term, calendar)
    return Due(None)


def _days(events: Sequence[Event], calendar: Calendar) -> Iterator[tuple[dt.date, bool, int]]:
    """Yield each day after the start, whether the clock ran in it, and what was added by its end.

    The days end where the clock rests and nothing more happens.
    """
    waiting = [(calendar.day_of(event.at), event) for event in events[1:]]
    day, runs, extra = calendar.day_of(events[0].at), True, 0
    while True:
        while waiting and waiting[0][0] <= day:
            event = waiting.pop(0)[1]
            if event.happening in {Happening.PAUSE, Happening.RESUME}:
                runs = event.happening is Happening.RESUME
        if not runs and not waiting:
            return
        day += DAY
        extra = sum(
            event.amount
            for event in events
            if event.happening is Happening.EXTEND and calendar.day_of(event.at) <= day
        )
        yield day, runs, extra


def _needed(term: Term, begun: dt.date, extra: int) -> int:
    """Return how many days must be counted."""
    amount = term.amount + extra
    if term.unit is Unit.MONTHS:
        return (add_months(begun, amount) - begun).days
    return amount


def _end_of(day: dt.date, begun: dt.date, term: Term, calendar: Calendar) -> Due:
    by_work = term.unit is Unit.WORKING_DAYS or term.rolls or term.least_working_days > 0
    known = calendar.knows(begun) and calendar.knows(day)
    return Due(calendar.first_instant(day + DAY), provisional=by_work and not known)
