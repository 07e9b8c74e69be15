"""The number that tells caches that the rules have changed."""

from django.db import connection
from django.db.models import Max

from apps.core.clock import now
from apps.policy.models import RulesetChange

LOCK = (7002, 1)


def ruleset_change() -> int:
    """Count one change of the rules, in the caller's transaction; one at a time."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s, %s)", LOCK)
    latest = RulesetChange.objects.aggregate(latest=Max("number"))["latest"] or 0
    RulesetChange.objects.create(number=latest + 1, changed_at=now())
    return latest + 1
