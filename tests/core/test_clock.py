import datetime as dt

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from apps.core.clock import Now, now, today
from apps.core.models import BusinessClock

pytestmark = pytest.mark.django_db


def test_business_time_is_the_machines_until_it_is_moved(clock):
    before = dt.datetime.now(dt.UTC)
    at_rest = now()
    clock.advance("3 days")

    assert at_rest.tzinfo is dt.UTC
    assert dt.timedelta() <= at_rest - before < dt.timedelta(seconds=5)
    assert dt.timedelta(days=3) <= now() - before < dt.timedelta(days=3, seconds=5)


def test_queries_read_business_time(clock):
    clock.advance("1 day")

    [found] = BusinessClock.objects.values_list(Now(), flat=True)

    assert dt.timedelta() <= now() - found < dt.timedelta(seconds=5)


def test_the_business_date_is_that_of_the_zone(clock):
    moment = now()

    assert today() == moment.date()
    assert today("Pacific/Kiritimati") in {
        (moment + dt.timedelta(hours=14)).date(),
        (moment + dt.timedelta(hours=14, seconds=5)).date(),
    }


def test_the_runtime_role_cannot_move_time():
    with (
        pytest.raises(DatabaseError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("update core_businessclock set ahead = interval '1 day'")


@pytest.mark.parametrize("span", ["3", "-1 day", "1 fortnight", "1 day; drop table x"])
def test_a_strange_span_is_refused(span):
    with pytest.raises(CommandError, match="is not like"):
        call_command("clock_advance", span)


def test_time_stands_still_where_it_may_not_be_moved(settings):
    settings.TIME_CAN_BE_MOVED = False

    with pytest.raises(CommandError, match="demonstrations and tests only"):
        call_command("clock_advance", "1 day")

    assert BusinessClock.objects.get().ahead == dt.timedelta()
