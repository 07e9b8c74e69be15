"""Standings as pages and feeds read them: of a listing, of a rule, of all."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery

from apps.compliance.models import Duty, Finding, Standing
from apps.core.pagination import SIZE, Page, keyset_page
from apps.listings.models import Listing
from apps.listings.states import ListingState
from apps.policy.engine import Mode, Outcome
from apps.policy.models import RuleVersion

CURRENT = Q(version=F("listing__current"), listing__state=ListingState.LISTED)


@dataclass(frozen=True, slots=True)
class Touch:
    """Whom a rule touches now: how many listings, and in which outcome and mode."""

    listings: int
    outcome: Outcome
    mode: Mode


@dataclass(frozen=True, slots=True)
class Figures:
    """Live figures: listings on offer by their badge, and how many another mode would change.

    `unconditional` listings are allowed for every use in every place, with no exception anywhere.
    """

    by_outcome: dict[Outcome, int]
    would_change: int
    unconditional: int

    @property
    def listings(self) -> int:
        """How many listings are assessed."""
        return sum(self.by_outcome.values())


def standings_of(listing: Listing) -> list[Standing]:
    """Return what holds for the listing's current version, the badge first, then by severity."""
    found = Standing.objects.open().filter(version=listing.current_id)
    return sorted(_with_grounds(found), key=_place)


def standings_of_many(listings: Iterable[Listing]) -> dict[Any, list[Standing]]:
    """Return the same for several listings, in as many queries as for one."""
    current = {listing.current_id: listing.pk for listing in listings if listing.current_id}
    found: dict[Any, list[Standing]] = {listing: [] for listing in current.values()}
    for standing in _with_grounds(Standing.objects.open().filter(version__in=list(current))):
        found[standing.listing_id].append(standing)
    return {listing: sorted(rows, key=_place) for listing, rows in found.items()}


def badges() -> QuerySet[Standing]:
    """Return the open badges of current versions, for a subquery or a count."""
    return Standing.objects.open().badges().filter(CURRENT)


def with_badges(listings: QuerySet[Listing]) -> QuerySet[Listing]:
    """Return listings with `badge_outcome`, `badge_would_be` and `sternest_outcome`.

    All are numbers of `Outcome`, to filter and sort by; a listing without a badge yet has none.
    The sternest is that of any single use or place.
    """
    current = Standing.objects.open().filter(version=OuterRef("current"))
    badge = current.badges()
    return listings.annotate(
        badge_outcome=Subquery(badge.values("outcome")[:1]),
        badge_would_be=Subquery(badge.values("would_be")[:1]),
        sternest_outcome=Subquery(current.order_by("-outcome").values("outcome")[:1]),
    )


def touched_by(version: RuleVersion) -> Touch:
    """Return how many listings a rule version touches now, on their current versions."""
    count = _findings_of(version).aggregate(count=Count("standing__listing", distinct=True))
    return Touch(count["count"], Outcome(version.outcome), Mode(version.mode))


def listings_touched_by(
    version: RuleVersion, *, after: str = "", size: int = SIZE
) -> Page[Listing]:
    """Return the listings that a rule version touches now, by name."""
    touched = _findings_of(version).values("standing__listing")
    rows = with_badges(Listing.objects.filter(pk__in=touched)).select_related("provider")
    return keyset_page(rows, order=("name", "id"), after=after, size=size)


def figures() -> Figures:
    """Return how many listings stand at each outcome."""
    counted = badges().values("outcome").annotate(count=Count("id")).order_by("outcome")
    by_outcome = dict.fromkeys(Outcome, 0)
    by_outcome |= {Outcome(row["outcome"]): row["count"] for row in counted}
    bound = Standing.objects.open().filter(version=OuterRef("version"), outcome__gt=Outcome.ALLOW)
    return Figures(
        by_outcome,
        would_change=badges().filter(would_be__isnull=False).count(),
        unconditional=badges().filter(~Exists(bound)).count(),
    )


def to_mend(listings: QuerySet[Listing]) -> list[Finding]:
    """Return what a company can mend: the findings on its current versions, the gravest first.

    Each comes with its standing and listing, and with its rule's clauses, conditions and duties;
    at most two hundred.
    """
    found = (
        Finding.objects.filter(
            standing__until_at__isnull=True,
            standing__listing__in=listings,
            standing__version=F("standing__listing__current"),
        )
        .select_related("standing__listing", "rule_version__rule", "measure")
        .prefetch_related(
            "rule_version__clauses", "rule_version__conditions", "rule_version__duties"
        )
        .order_by("-outcome", "standing__listing__name", "id")
    )
    return list(found[:200])


def duties_of(listing: Listing) -> list[Duty]:
    """Return what is owed for the listing's current version, what is due first first."""
    found = Duty.objects.filter(version=listing.current_id, until_at__isnull=True)
    return list(
        found.select_related("rule_duty__version__rule").order_by(
            F("due_at").asc(nulls_last=True), "id"
        )
    )


def duties_of_listings(
    listings: QuerySet[Listing], *, after: str = "", size: int = SIZE
) -> Page[Duty]:
    """Return what is owed for several listings and has a due time, soonest first."""
    found = Duty.objects.filter(
        listing__in=listings,
        until_at__isnull=True,
        due_at__isnull=False,
        version=F("listing__current"),
    ).select_related("listing", "rule_duty__version__rule")
    return keyset_page(found, order=("due_at", "id"), after=after, size=size)


def _findings_of(version: RuleVersion) -> QuerySet[Finding]:
    return Finding.objects.filter(
        rule_version=version,
        standing__until_at__isnull=True,
        standing__version=F("standing__listing__current"),
    )


def _with_grounds(standings: QuerySet[Standing]) -> QuerySet[Standing]:
    grounds = Finding.objects.select_related("rule_version__rule", "measure").order_by("id")
    return standings.prefetch_related(
        Prefetch("findings", grounds.prefetch_related("rule_version__clauses"))
    )


def _place(standing: Standing) -> tuple:
    return (
        not standing.is_badge,
        -standing.outcome,
        -(standing.would_be or 0),
        standing.uses,
        standing.jurisdictions,
    )
