"""Notices that text and expression part, and the stays that they led to."""

import uuid
from typing import Any

from django.db.models import F, Prefetch, QuerySet

from apps.core.codes import parse
from apps.policy.errors import DivergenceUnknown, StayUnknown
from apps.policy.models import Divergence, RuleStay, RuleVersion


def divergence_by_code(code: str) -> Divergence:
    """Return one notice with its rule; raise `DivergenceUnknown`."""
    rows = Divergence.objects.select_related("version__rule").filter(code=parse(code))
    found = rows.first()
    if found is None:
        raise DivergenceUnknown(field="code")
    return found


def divergences_of(version: RuleVersion) -> QuerySet[Divergence]:
    """Return the notices on a version, newest first, with the stays that they led to."""
    stays = Prefetch("stays", _newest(RuleStay.objects.all()))
    return version.divergences.order_by("-filed_at", "-id").prefetch_related(stays)


def divergences_kept(person: uuid.UUID) -> list[dict[str, Any]]:
    """Return the notices that someone filed, the first filed first, as plain values."""
    rows = Divergence.objects.filter(filed_by=person).order_by("filed_at", "id")
    words = ("code", "clause_number", "statement", "listing_code", "state", "answer")
    return list(
        rows.values(
            *(*words, "filed_at", "answered_at"),
            rule=F("version__rule__code"),
            number=F("version__number"),
        )
    )


def stays_of(divergence: Divergence) -> QuerySet[RuleStay]:
    """Return the stays that a notice led to, newest first, with the chambers that signed."""
    return _newest(divergence.stays.all())


def stay_on(version: RuleVersion) -> RuleStay | None:
    """Return the stay by which a version only advises in the place of another."""
    rows = RuleStay.objects.filter(trial=version)
    return rows.select_related("asked_for", "countersigned_for", "divergence__version").first()


def stay_by_code(code: str) -> RuleStay:
    """Return the latest stay on a notice of this code; raise `DivergenceUnknown`, `StayUnknown`."""
    divergence = divergence_by_code(code)
    stay = stays_of(divergence).first()
    if stay is None:
        raise StayUnknown(field="code")
    return stay


def _newest(stays: QuerySet[RuleStay]) -> QuerySet[RuleStay]:
    signed = stays.select_related("asked_for", "countersigned_for", "divergence__version", "trial")
    return signed.order_by("-asked_at", "-id")
