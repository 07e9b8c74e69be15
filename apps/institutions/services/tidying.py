"""Forgetting what was kept for a time only."""

import datetime as dt

from apps.core.caches import counting_cache
from apps.core.clock import now
from apps.institutions.models import IdempotencyKey

KEPT = dt.timedelta(days=7)


def keys_forget() -> int:
    """Drop answers older than a week and counts that are over; return how many answers went."""
    gone, _tables = IdempotencyKey.objects.filter(made_at__lt=now() - KEPT).delete()
    counting_cache().forget_counts()
    return gone
