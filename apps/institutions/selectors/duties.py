"""Reading the duty roster."""

import datetime as dt
import uuid
from collections.abc import Sequence

from django.db.models import F, QuerySet

from apps.core.clock import Now, today
from apps.institutions.errors import ShiftUnknown
from apps.institutions.models import DutyShift
from apps.institutions.permissions import Remit


def roster() -> QuerySet[DutyShift]:
    """Return the shifts that run or come, the first to begin first; none that was taken back."""
    rows = DutyShift.objects.filter(until_at__gt=Now()).filter(until_at__gt=F("from_at"))
    return rows.select_related("user").order_by("from_at", "id")


def shift_by_id(shift: uuid.UUID) -> DutyShift:
    """Return a shift; raise `ShiftUnknown`."""
    found = DutyShift.objects.select_related("user").filter(pk=shift).first()
    if found is None:
        raise ShiftUnknown
    return found


def shifts_between(since: dt.datetime, until: dt.datetime) -> QuerySet[DutyShift]:
    """Return the shifts of which a part lies between two moments."""
    rows = DutyShift.objects.filter(from_at__lt=until, until_at__gt=since)
    return rows.filter(until_at__gt=F("from_at")).select_related("user")


def on_duty_now(jurisdictions: Sequence[str]) -> list[DutyShift]:
    """Return the shifts that run now and cover every one of the places, the longest last."""
    held = DutyShift.objects.held().select_related("user").order_by("until_at", "id")
    day, places = today(), list(jurisdictions)
    return [row for row in held[:500] if Remit((row.jurisdiction,), day).covers(places)]
