"""Half-open periods in business time: from a moment, until a moment or for ever."""

from django.contrib.postgres.fields import DateTimeRangeField, RangeBoundary
from django.db.models import CheckConstraint, F, Func, Q

from apps.core.clock import Now


class Period(Func):
    """The period of a row as a range, for exclusion constraints: `[from, until)`."""

    function = "tstzrange"
    output_field = DateTimeRangeField()

    def __init__(self, since: str = "from_at", until: str = "until_at") -> None:
        self.since, self.until = since, until
        super().__init__(since, until, RangeBoundary())

    def deconstruct(self) -> tuple:
        """Return how a migration writes this expression again."""
        return "apps.institutions.periods.Period", (self.since, self.until), {}


def held_now(since: str = "from_at", until: str = "until_at") -> Q:
    """Return the condition that a row's period contains the present business time."""
    begun = Q(**{f"{since}__lte": Now()})
    return begun & (Q(**{f"{until}__isnull": True}) | Q(**{f"{until}__gt": Now()}))


def ends_after_begin(name: str, since: str = "from_at", until: str = "until_at") -> CheckConstraint:
    """Return the guard that no period ends before it begins; an empty one was taken back."""
    return CheckConstraint(
        name=name, condition=Q(**{f"{until}__isnull": True}) | Q(**{f"{until}__gte": F(since)})
    )
