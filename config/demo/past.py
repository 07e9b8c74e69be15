"""Business time of the demonstration: it begins in the past and ends at the machine's time."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from django.db import connections

FIRST = dt.date(2026, 1, 12)
Travel = Callable[[dt.timedelta], None]


def as_owner(ahead: dt.timedelta) -> None:
    """Set how far business time stands from the machine's; only the owner role can."""
    with connections["owner"].cursor() as cursor:
        statement = "update core_businessclock set ahead = make_interval(secs => %s)"
        cursor.execute(statement, [ahead.total_seconds()])


@dataclass(frozen=True, slots=True)
class Past:
    """Goes from chapter to chapter; no chapter lies before the first day of the reference data."""

    travel: Travel

    def days_ago(self, days: int) -> None:
        """Set business time so many days back."""
        today = dt.datetime.now(dt.UTC)
        first = dt.datetime.combine(FIRST, dt.time(6), dt.UTC)
        self.travel(min(max(first - today, -dt.timedelta(days=days)), dt.timedelta()))

    def today(self) -> None:
        """Set business time to the machine's."""
        self.travel(dt.timedelta())
