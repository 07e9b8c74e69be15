import datetime as dt
import itertools

import pytest

from apps.clocks.calendar import Unit
from apps.clocks.models import DeadlineRule, Holiday, HolidayCalendar, Owes
from apps.clocks.selectors import calendars
from apps.core.jurisdictions import jurisdiction

pytestmark = pytest.mark.django_db


def test_every_rule_names_its_source_its_units_and_a_known_calendar():
    rules = list(DeadlineRule.objects.all())

    laws = [rule for rule in rules if rule.code.startswith(("in.", "eu."))]
    assert len(laws) == 15
    for rule in rules:
        assert jurisdiction(rule.calendar).code == rule.calendar
        assert rule.owed_by in Owes.values
        assert rule.unit in set(Unit)
        assert rule.legal_source
        assert rule.stops_on


def test_no_day_has_two_rules_of_one_code():
    rows = DeadlineRule.objects.order_by("code", "valid_from_date")
    for former, later in itertools.pairwise(rows):
        if former.code == later.code:
            assert former.valid_until_date == later.valid_from_date


@pytest.mark.parametrize(("code", "count"), [("IN", 21), ("FR", 22), ("BE", 20), ("DE", 18)])
def test_days_off_are_dated_within_reach_and_carry_a_source(code, count):
    rows = list(Holiday.objects.filter(calendar=code))

    assert len(rows) == count
    assert all(row.source and row.date.year in {2026, 2027} for row in rows)


def test_the_list_of_india_for_2027_is_not_claimed_to_be_known():
    assert HolidayCalendar.objects.get(pk="IN").known_until_date == dt.date(2026, 12, 31)


def test_easter_days_follow_easter():
    easter = {2026: dt.date(2026, 4, 5), 2027: dt.date(2027, 3, 28)}
    after = {"Good Friday": -2, "Easter Monday": 1, "Ascension Day": 39, "Whit Monday": 50}

    found = Holiday.objects.filter(name__in=after, calendar__in=["BE", "DE", "FR"])

    assert found.count() == 20
    for row in found:
        assert row.date == easter[row.date.year] + dt.timedelta(days=after[row.name])


def test_a_jurisdiction_without_published_days_off_has_weekends():
    calendar = calendars(["EU"])["EU"]

    assert (calendar.works(dt.date(2026, 11, 27)), calendar.works(dt.date(2026, 11, 28))) == (
        True,
        False,
    )
    assert not calendar.knows(dt.date(2026, 11, 27))
