"""Retention: notices do not outlive their use; the acts they told of stay in the journal."""

import datetime as dt
import uuid

from django.db import transaction
from django.db.models import Q

from apps.core.clock import now
from apps.notices.models import MailChoice, Notice

KEPT_READ = dt.timedelta(days=365)
KEPT = dt.timedelta(days=730)
BATCH = 1000


def notices_forget() -> int:
    """Delete notices read a year ago and all older than two years; return how many, in one go."""
    moment = now()
    old = Q(written_at__lte=moment - KEPT) | Q(
        written_at__lte=moment - KEPT_READ, read_at__lte=moment - KEPT_READ
    )
    batch = Notice.objects.filter(old).order_by("written_at").values("pk")[:BATCH]
    _deleted, tables = Notice.objects.filter(pk__in=batch).delete()
    return tables.get("notices.Notice", 0)


@transaction.atomic
def notices_erase(*, person: uuid.UUID) -> None:
    """Delete all that was written to a person whose data are erased; twice does no harm."""
    Notice.objects.filter(person=person).delete()
    MailChoice.objects.filter(person=person).delete()
