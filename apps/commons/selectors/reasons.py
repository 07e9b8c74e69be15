"""Why a listing stands as it does: its standings with the clauses that fired, in words."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from apps.compliance.models import Finding, Standing
from apps.compliance.selectors.standings import standings_of, standings_of_many
from apps.core.errors import Text
from apps.core.jurisdictions import jurisdiction
from apps.listings.models import Listing
from apps.policy.engine import Mode
from apps.policy.models import Use
from apps.policy.states import RuleOutcome


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


@dataclass(frozen=True, slots=True)
class Badge:
    """The standing for any use, everywhere; `sterner` is what some use or place has instead."""

    reason: Reason
    sterner: Text | None


def reasons_of(listing: Listing) -> list[Reason]:
    """Return the standings of a listing's current version, the badge first."""
    standings = standings_of(listing)
    names = _names({slug for row in standings for slug in row.uses})
    return [_reason(row, names) for row in standings]


def badges_of(listings: Sequence[Listing]) -> dict[uuid.UUID, Badge]:
    """Return the standing for any use, everywhere, of several listings, and what is sterner."""
    return {
        listing: Badge(_reason(rows[0], {}), _sterner(rows))
        for listing, rows in standings_of_many(listings).items()
        if rows and rows[0].is_badge
    }


def _sterner(rows: Sequence[Standing]) -> Text | None:
    """Return the sternest outcome of single uses and places, where it exceeds the badge's."""
    sternest = max(row.outcome for row in rows)
    return RuleOutcome(sternest).label if sternest > rows[0].outcome else None


def _reason(standing: Standing, names: dict[str, str]) -> Reason:
    findings = sorted(standing.findings.all(), key=lambda row: (-row.outcome, row.pk))
    return Reason(
        standing=standing,
        uses=[names.get(slug, slug) for slug in standing.uses],
        places=[jurisdiction(code).name for code in standing.jurisdictions],
        firm=[row for row in findings if row.mode == Mode.ENFORCE],
        mild=[row for row in findings if row.mode != Mode.ENFORCE],
    )


def _names(slugs: set[str]) -> dict[str, str]:
    if not slugs:
        return {}
    return {use.slug: use.name for use in Use.objects.filter(slug__in=slugs)}
