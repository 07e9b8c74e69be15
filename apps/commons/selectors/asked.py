"""What everyone asks, counted for a picture: by answer, by day, by use and by place."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from django.db.models import QuerySet, Sum
from django.utils.translation import gettext as _

from apps.commons.selectors.figures import Bar, bars
from apps.compliance.models import AskedCount
from apps.compliance.selectors.asked import asked_counts, latest_told
from apps.core.errors import Text
from apps.core.jurisdictions import EVERYWHERE, jurisdiction
from apps.policy.models import Use

DAYS = 30
MOST = 10
HEIGHT = 120


@dataclass(frozen=True, slots=True)
class Stretch:
    """The part of a day's column that had one answer: from the top, in units of `HEIGHT`."""

    outcome: int
    label: Text
    count: int
    y: float
    height: float


@dataclass(frozen=True, slots=True)
class Column:
    """One day, with its answers from the mildest at the bottom."""

    day: dt.date
    count: int
    stretches: list[Stretch]


@dataclass(frozen=True, slots=True)
class Asked:
    """The questions of the last days that have ended."""

    since: dt.date
    until: dt.date
    count: int
    bars: list[Bar]
    columns: list[Column]
    uses: list[tuple[str, int]]
    places: list[tuple[Text, int]]


def asked() -> Asked:
    """Return the counts that may be told, in four queries."""
    until = latest_told()
    since = until - dt.timedelta(days=DAYS - 1)
    rows = asked_counts(since, until)
    by_day: dict[dt.date, dict[int, int]] = defaultdict(dict)
    for day, outcome, count in _summed(rows, "day_date", "outcome"):
        by_day[day][outcome] = count
    total: dict[int, int] = defaultdict(int)
    for counts in by_day.values():
        for outcome, count in counts.items():
            total[outcome] += count
    most = max((sum(counts.values()) for counts in by_day.values()), default=0)
    days = [since + dt.timedelta(days=number) for number in range(DAYS)]
    return Asked(
        since=since,
        until=until,
        count=sum(total.values()),
        bars=bars(total),
        columns=[_column(day, by_day.get(day, {}), most) for day in days],
        uses=_uses(rows),
        places=_places(rows),
    )


def _summed(rows: QuerySet[AskedCount], *names: str) -> QuerySet:
    return rows.values_list(*names).annotate(count=Sum("questions")).order_by("-count", *names)


def _uses(rows: QuerySet[AskedCount]) -> list[tuple[str, int]]:
    counts = list(_summed(rows, "use")[:MOST])
    names = {use.slug: use.name for use in Use.objects.filter(slug__in=[use for use, _n in counts])}
    return [(names.get(use, use), count) for use, count in counts]


def _places(rows: QuerySet[AskedCount]) -> list[tuple[Text, int]]:
    return [(_place(code), count) for code, count in _summed(rows, "jurisdiction")[:MOST]]


def _place(code: str) -> Text:
    return _("everywhere") if code == EVERYWHERE else jurisdiction(code).name


def _column(day: dt.date, counts: dict[int, int], most: int) -> Column:
    stretches, top = [], float(HEIGHT)
    for bar in bars(counts):
        height = HEIGHT * bar.count / most if most else 0.0
        top -= height
        if bar.count:
            stretches.append(
                Stretch(bar.outcome, bar.label, bar.count, round(top, 2), round(height, 2))
            )
    return Column(day, sum(counts.values()), stretches)
