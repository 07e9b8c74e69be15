"""Reading the log of questions: one asker's own, and counts of all that name nobody."""

import datetime as dt
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import QuerySet, Sum

from apps.compliance.models import AskedCount, AskedLoss, AskedQuestion
from apps.core.clock import now
from apps.core.pagination import SIZE, Page, keyset_page
from apps.policy.engine import Outcome

NEWEST_FIRST = ("-asked_at", "-id")
HANDED_OUT = 5_000
MOST = 100_000
COLUMNS = (
    *("asked_at", "model", "digest", "marketplace", "asked_version", "use", "jurisdiction"),
    *("commercial", "listing", "version", "outcome", "facts_version", "ruleset_version"),
)
DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedFilter:
    """Which of an asker's questions; empty fields mean all. A day is one of UTC."""

    outcome: Outcome | None = None
    listing: str = ""
    day: dt.date | None = None


def questions_of_asker(asker: uuid.UUID, wanted: AskedFilter) -> QuerySet[AskedQuestion]:
    """Return the questions of one asker."""
    rows = AskedQuestion.objects.filter(asker=asker)
    if wanted.outcome is not None:
        rows = rows.filter(outcome=wanted.outcome)
    if wanted.listing:
        rows = rows.filter(listing=wanted.listing)
    if wanted.day is not None:
        start = dt.datetime.combine(wanted.day, dt.time(), dt.UTC)
        rows = rows.filter(asked_at__gte=start, asked_at__lt=start + DAY)
    return rows


def questions_page(
    asker: uuid.UUID, wanted: AskedFilter, *, after: str = "", before: str = "", size: int = SIZE
) -> Page[AskedQuestion]:
    """Return one page of an asker's questions, the newest first."""
    rows = questions_of_asker(asker, wanted)
    return keyset_page(rows, order=NEWEST_FIRST, after=after, before=before, size=size)


def questions_listed(asker: uuid.UUID, wanted: AskedFilter) -> Iterator[AskedQuestion]:
    """Give an asker's questions, the newest first, read page by page; at most `MOST` of them."""
    after, left = "", MOST
    while left > 0:
        page = questions_page(asker, wanted, after=after, size=min(HANDED_OUT, left))
        yield from page.rows
        left -= len(page.rows)
        after = page.after
        if not after:
            return


def question_told(row: AskedQuestion) -> dict[str, Any]:
    """Return one question as it is handed out."""
    told = {name: getattr(row, name) for name in COLUMNS}
    marketplace = row.marketplace and str(row.marketplace)
    return told | {
        "asked_at": row.asked_at.astimezone(dt.UTC).isoformat(),
        "marketplace": marketplace,
        "outcome": Outcome(row.outcome).slug,
    }


def questions_kept(person: uuid.UUID) -> list[dict[str, Any]]:
    """Return what a person has asked in no organisation's name."""
    return [question_told(row) for row in questions_listed(person, AskedFilter())]


def questions_lost() -> int:
    """Return how many questions were answered and could not be logged."""
    return AskedLoss.objects.aggregate(lost=Sum("questions"))["lost"] or 0


def latest_told() -> dt.date:
    """Return the last day that counts are told of: one that has ended, as counts then stand."""
    return now().astimezone(dt.UTC).date() - DAY


def asked_counts(since: dt.date, until: dt.date) -> QuerySet[AskedCount]:
    """Return what was asked on days that have ended; small counts are left out."""
    return AskedCount.objects.filter(
        day_date__gte=since,
        day_date__lte=min(until, latest_told()),
        questions__gte=settings.QUESTIONS_TOLD_FROM,
    )
