"""Business time: one SQL function, `core_now()`, that ballots, clocks and rule dates obey."""

import datetime as dt
from zoneinfo import ZoneInfo

from django.db import connection
from django.db.models import DateTimeField, Func


class Now(Func):
    """`core_now()` in a query: read once per statement, so an index can serve the comparison."""

    template = "(select core_now())"
    output_field = DateTimeField()
    arity = 0


def now() -> dt.datetime:
    """Return business time, aware, in UTC."""
    with connection.cursor() as cursor:
        cursor.execute("select core_now()")
        return cursor.fetchone()[0].astimezone(dt.UTC)


def today(zone: str = "UTC") -> dt.date:
    """Return the business date in a zone (IANA name)."""
    return now().astimezone(ZoneInfo(zone)).date()
