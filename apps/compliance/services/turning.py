"""What business time does to standings: evidence ages, grants and measures run out."""

import datetime as dt
import uuid

from django.db.models import Q

from apps.compliance.models import Acknowledgement, Exemption, LastRound, Measure
from apps.compliance.services.reassessing import reassess
from apps.compliance.states import Cause
from apps.core.clock import now
from apps.listings.models import Accession


def standings_turn() -> int:
    """Work everything out anew on a new day, or when a grant ran out; return what changed.

    Where the accession of a marketplace ran out, what it owes for its listings is worked out anew.

    Safe to call at any time and from several processes; a call with nothing due only reads.
    """
    moment = now()
    if _due(moment):
        return len(reassess(cause=Cause.DAY).listings)
    if unbound := _unbound(moment):
        return len(reassess(versions=unbound, cause=Cause.MARKET).listings)
    return 0


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


def _unbound(moment: dt.datetime) -> list[uuid.UUID]:
    """Return the versions for which something is kept of marketplaces that nothing binds now."""
    over = Accession.objects.filter(until_at__lte=moment).values("marketplace")
    bound = Accession.objects.filter(Q(until_at=None) | Q(until_at__gt=moment))
    rows = Acknowledgement.objects.filter(until_at=None, marketplace__in=over)
    left = rows.exclude(marketplace__in=bound.values("marketplace"))
    return list(left.values_list("listing__current", flat=True).order_by().distinct())
