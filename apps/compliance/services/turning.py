"""What business time does to standings: evidence ages, grants and measures run out."""

import datetime as dt

from apps.compliance.models import Exemption, LastRound, Measure
from apps.compliance.services.reassessing import reassess
from apps.compliance.states import Cause
from apps.core.clock import now


def standings_turn() -> int:
    """Work everything out anew on a new day, or when a grant ran out; return what changed.

    Safe to call at any time and from several processes; a call with nothing due only reads.
    """
    if not _due(now()):
        return 0
    return len(reassess(cause=Cause.DAY).listings)


def _due(moment: dt.datetime) -> bool:
    """Say whether time has moved something; the first call only marks where time begins."""
    last = next(iter(LastRound.objects.values_list("at", flat=True)), None)
    if last is None:
        LastRound.objects.get_or_create(id=True, defaults={"at": moment})
        return False
    if last.date() < moment.date():
        return True
    ran_out = {"until_at__gt": last, "until_at__lte": moment, "ended_at": None}
    return any(noun.objects.filter(**ran_out).exists() for noun in (Exemption, Measure))
