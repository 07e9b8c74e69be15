import datetime as dt
import itertools
import random
from zoneinfo import ZoneInfo

import pytest

from apps.clocks.calendar import Calendar, Due, Event, Happening, Term, Unit, add_months, due
from apps.core.jurisdictions import jurisdictions
from tests.clocks.plain import QUARTER, plain_due, random_case

BRUSSELS = Calendar(ZoneInfo("Europe/Brussels"))
KOLKATA = Calendar(
    ZoneInfo("Asia/Kolkata"),
    days_off=frozenset({dt.date(2026, 11, 24), dt.date(2026, 12, 25)}),
    known_from=dt.date(2026, 1, 1),
    known_until=dt.date(2026, 12, 31),
)


def at(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).astimezone(dt.UTC)


def start(text: str) -> Event:
    return Event(Happening.START, at(text))


@pytest.mark.parametrize(
    ("term", "started", "calendar", "ends"),
    [
        # Hours run by the instant, through a change to winter time.
        (Term(24, Unit.HOURS), "2026-10-24T12:00+02:00", BRUSSELS, "2026-10-25T11:00+01:00"),
        (Term(2, Unit.HOURS), "2026-11-23T23:30+05:30", KOLKATA, "2026-11-24T01:30+05:30"),
        # The day of the event is not counted; the last day is whole.
        (Term(7, Unit.DAYS), "2026-11-23T00:00+05:30", KOLKATA, "2026-12-01T00:00+05:30"),
        (Term(7, Unit.DAYS), "2026-11-23T23:59+05:30", KOLKATA, "2026-12-01T00:00+05:30"),
        (Term(1, Unit.DAYS), "2026-03-28T12:00+01:00", BRUSSELS, "2026-03-30T00:00+02:00"),
        # The 24th of November is Guru Nanak's Birthday.
        (Term(1, Unit.WORKING_DAYS), "2026-11-23T10:00+05:30", KOLKATA, "2026-11-26T00:00+05:30"),
        (Term(5, Unit.WORKING_DAYS), "2026-11-23T10:00+05:30", KOLKATA, "2026-12-02T00:00+05:30"),
        # A month without that date ends with its last day.
        (Term(1, Unit.MONTHS), "2026-01-31T10:00+01:00", BRUSSELS, "2026-03-01T00:00+01:00"),
        (Term(6, Unit.MONTHS), "2026-08-31T10:00+02:00", BRUSSELS, "2027-03-01T00:00+01:00"),
        # The last day is a Saturday: the period ends with Monday.
        (Term(5, Unit.DAYS, True), "2026-11-23T10:00+01:00", BRUSSELS, "2026-12-01T00:00+01:00"),
        (Term(4, Unit.DAYS, True), "2026-11-23T10:00+01:00", BRUSSELS, "2026-11-28T00:00+01:00"),
        # Two days from a Friday must hold two working days.
        (Term(2, Unit.DAYS, True, 2), "2026-11-27T10:00+01:00", BRUSSELS, "2026-12-02T00:00+01:00"),
    ],
)
def test_a_period_ends_when_the_law_says(term, started, calendar, ends):
    assert due(term, [start(started)], calendar).at == at(ends)


def test_hours_stand_still_while_paused():
    events = [
        start("2026-11-23T10:00+05:30"),
        Event(Happening.PAUSE, at("2026-11-23T20:00+05:30")),
        Event(Happening.RESUME, at("2026-11-25T08:00+05:30")),
    ]

    assert due(Term(24, Unit.HOURS), events[:2], KOLKATA) == Due(None)
    assert due(Term(24, Unit.HOURS), events, KOLKATA).at == at("2026-11-25T22:00+05:30")


def test_a_pause_of_days_takes_effect_on_the_following_day():
    pause = Event(Happening.PAUSE, at("2026-11-25T09:00+01:00"))
    resume = Event(Happening.RESUME, at("2026-11-27T09:00+01:00"))
    same_day = Event(Happening.RESUME, at("2026-11-25T17:00+01:00"))
    begun, term = start("2026-11-23T10:00+01:00"), Term(5, Unit.DAYS)

    assert due(term, [begun, pause], BRUSSELS) == Due(None)
    assert due(term, [begun, pause, resume], BRUSSELS).at == at("2026-12-01T00:00+01:00")
    assert due(term, [begun, pause, same_day], BRUSSELS).at == at("2026-11-29T00:00+01:00")


def test_a_pause_on_the_last_day_comes_too_late():
    pause = Event(Happening.PAUSE, at("2026-11-24T23:00+01:00"))

    ends = due(Term(1, Unit.DAYS), [start("2026-11-23T10:00+01:00"), pause], BRUSSELS)

    assert ends.at == at("2026-11-25T00:00+01:00")


@pytest.mark.parametrize(("granted", "ends"), [("09:59", "13:00"), ("10:00", "10:00")])
def test_an_extension_revives_nothing_that_is_over(granted, ends):
    events = [
        start("2026-11-23T08:00+00:00"),
        Event(Happening.EXTEND, at(f"2026-11-23T{granted}+00:00"), 3),
    ]

    assert due(Term(2, Unit.HOURS), events, BRUSSELS).at == at(f"2026-11-23T{ends}+00:00")


@pytest.mark.parametrize(
    ("term", "calendar", "provisional"),
    [
        (Term(5, Unit.WORKING_DAYS), KOLKATA, False),
        (Term(40, Unit.WORKING_DAYS), KOLKATA, True),
        (Term(60, Unit.DAYS), KOLKATA, False),
        (Term(60, Unit.DAYS, True), KOLKATA, True),
        (Term(5, Unit.WORKING_DAYS), BRUSSELS, True),
    ],
)
def test_a_due_day_beyond_the_published_days_off_is_provisional(term, calendar, provisional):
    ends = due(term, [start("2026-11-23T10:00+05:30")], calendar)

    assert ends.provisional is provisional


@pytest.mark.parametrize(
    ("day", "months", "found"),
    [
        ("2024-01-31", 1, "2024-02-29"),
        ("2026-12-15", 1, "2027-01-15"),
        ("2026-11-30", 3, "2027-02-28"),
        ("2026-10-31", 14, "2027-12-31"),
    ],
)
def test_months_keep_the_date_or_end_with_the_month(day, months, found):
    assert add_months(dt.date.fromisoformat(day), months) == dt.date.fromisoformat(found)


def agree(cases: int, seed: int) -> None:
    dice = random.Random(seed)
    for number in range(cases):
        term, events, calendar = random_case(dice)
        found, counted = due(term, events, calendar).at, plain_due(term, events, calendar)
        assert found == counted, (number, term, events, calendar)


def test_due_instants_equal_plain_counting_over_random_histories():
    agree(cases=1_500, seed=20261123)


@pytest.mark.nightly
@pytest.mark.timeout(3600)
def test_due_instants_equal_plain_counting_over_many_random_histories():
    agree(cases=50_000, seed=7)


def test_every_day_with_a_change_of_the_clocks_begins_at_its_first_instant():
    zones = sorted({place.zone for place in jurisdictions().values()})
    checked = 0

    for name in zones:
        calendar = Calendar(ZoneInfo(name))
        for day in _days_of_change(calendar.zone):
            for near in (day - dt.timedelta(days=1), day, day + dt.timedelta(days=1)):
                assert calendar.first_instant(near) == _first_quarter(near, calendar.zone)
                checked += 1

    assert checked >= 3 * 2_000


def _days_of_change(zone: ZoneInfo) -> list[dt.date]:
    noons = [dt.datetime(2024, 1, 1, 12, tzinfo=zone) + dt.timedelta(days=n) for n in range(6210)]
    pairs = itertools.pairwise(noons)
    return [later.date() for former, later in pairs if former.utcoffset() != later.utcoffset()]


def _first_quarter(day: dt.date, zone: ZoneInfo) -> dt.datetime:
    moment = dt.datetime.combine(day, dt.time(), dt.UTC) - dt.timedelta(hours=15)
    while moment.astimezone(zone).date() < day:
        moment += QUARTER
    return moment
