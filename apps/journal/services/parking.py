"""Parked acts: what a consumer could not answer, kept with its error until it can.

Moments here are the machine's time: a retry has nothing to do with business time.
"""

import datetime as dt
import traceback
import uuid

from django.db.models.functions import Now
from django.utils import timezone

from apps.journal.models import Parked
from apps.journal.selectors import JournalAct

FIRST_WAIT = dt.timedelta(seconds=1)
LONGEST_WAIT = dt.timedelta(hours=1)


def blocked_subjects(consumer: str) -> set[uuid.UUID]:
    """Return the subjects whose later acts must wait, so that their order is kept."""
    return set(Parked.objects.filter(consumer=consumer).values_list("subject", flat=True))


def due(consumer: str) -> list[Parked]:
    """Return the first parked act of each subject, where its time has come."""
    first = Parked.objects.filter(consumer=consumer).order_by("subject", "seq").distinct("subject")
    moment = timezone.now()
    return sorted((row for row in first if row.retry_at <= moment), key=lambda row: row.seq)


def park(consumer: str, act: JournalAct, error: Exception | None = None) -> None:
    """Keep an act for later; without an error it only waits behind another of its subject."""
    Parked.objects.create(
        consumer=consumer,
        seq=act.seq,
        subject=act.subject,
        attempts=1 if error else 0,
        retry_at=timezone.now() + (FIRST_WAIT if error else dt.timedelta()),
        error=_words(error),
    )


def postpone(consumer: str, act: JournalAct, error: Exception) -> None:
    """Keep an act that failed again, for twice as long as before."""
    row = Parked.objects.get(consumer=consumer, seq=act.seq)
    row.attempts += 1
    row.retry_at = timezone.now() + min(FIRST_WAIT * 2 ** min(row.attempts, 20), LONGEST_WAIT)
    row.error = _words(error)
    row.save()


def unpark(consumer: str, seq: int) -> None:
    """Forget an act that was answered at last."""
    Parked.objects.filter(consumer=consumer, seq=seq).delete()


def parked_retry(*, consumer: str = "") -> int:
    """Make parked acts due now, of one consumer or of all; return how many."""
    rows = Parked.objects.filter(consumer=consumer) if consumer else Parked.objects.all()
    return rows.update(retry_at=Now())


def _words(error: Exception | None) -> str:
    return "".join(traceback.format_exception(error))[-4000:] if error else ""
