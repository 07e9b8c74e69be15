"""Why a listing stands as it does: its standings with the clauses that fired."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import F, Prefetch

from apps.compliance.models import Finding, Standing
from apps.compliance.models.standings import StandingQuerySet
from apps.core.jurisdictions import jurisdiction
from apps.policy.engine import Mode
from apps.policy.models import Use


@dataclass(frozen=True, slots=True)
class Reason:
    """One standing, with the findings that make it and those that only would."""

    standing: Standing
    uses: list[str]
    places: list[str]
    firm: list[Finding]
    mild: list[Finding]

    @property
    def first(self) -> Finding | None:
        """The weightiest finding: what a line of a list tells."""
        return next(iter(self.firm or self.mild), None)


def reasons_of(listing: uuid.UUID) -> list[Reason]:
    """Return the open standings of a listing's current version, the badge first."""
    return _reasons(_open().filter(listing=listing, version=F("listing__current")))


def badges_of(listings: Iterable[uuid.UUID]) -> dict[uuid.UUID, Reason]:
    """Return the standing for any use, everywhere, of several listings."""
    rows = _open().badges().filter(listing__in=list(listings), version=F("listing__current"))
    return {reason.standing.listing_id: reason for reason in _reasons(rows)}


def _open() -> StandingQuerySet:
    findings = Finding.objects.select_related("rule_version__rule", "measure")
    return Standing.objects.open().prefetch_related(Prefetch("findings", findings))


def _reasons(rows: StandingQuerySet) -> list[Reason]:
    standings = list(rows)
    names = _names({slug for row in standings for slug in row.uses})
    reasons = [_reason(row, names) for row in standings]
    return sorted(reasons, key=lambda reason: (not reason.standing.is_badge, reason.uses))


def _reason(standing: Standing, names: dict[str, str]) -> Reason:
    findings = sorted(standing.findings.all(), key=lambda row: (-row.outcome, row.pk))
    return Reason(
        standing=standing,
        uses=[names.get(slug, slug) for slug in standing.uses],
        places=place_names(standing.jurisdictions),
        firm=[row for row in findings if row.mode == Mode.ENFORCE],
        mild=[row for row in findings if row.mode != Mode.ENFORCE],
    )


def place_names(codes: Sequence[str]) -> list[str]:
    """Return the names of jurisdictions in the reader's language."""
    return [jurisdiction(code).name for code in codes]


def _names(slugs: set[str]) -> dict[str, str]:
    if not slugs:
        return {}
    return {use.slug: use.name for use in Use.objects.filter(slug__in=slugs)}
