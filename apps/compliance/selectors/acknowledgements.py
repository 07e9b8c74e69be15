"""What marketplaces owe, and how far a listing, a rule or a measure has been applied."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from apps.compliance.models import Acknowledgement, Finding, Measure, Standing
from apps.compliance.models.acknowledgements import OWED
from apps.compliance.selectors.standings import standings_of_many
from apps.compliance.states import DONE_STATES, OPEN_STATES
from apps.core.clock import now
from apps.core.dues import Due
from apps.core.pagination import SIZE, Page, keyset_page
from apps.institutions.models import Organisation
from apps.listings.models import Accession, Marketplace, Offer
from apps.listings.models.listings import Listing
from apps.policy.models import RuleVersion
from apps.policy.states import RuleMode

MOST = 50
DONE = Q(state__in=DONE_STATES)


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that a marketplace owes or has done; `due` is seen from its being done, or now."""

    row: Acknowledgement
    due: Due
    skus: tuple[str, ...] = ()
    grounds: tuple[Finding, ...] = ()

    @property
    def overdue(self) -> bool:
        """Whether its time ran out first."""
        return self.due.is_late

    @property
    def waits(self) -> bool:
        """Whether it is still to be done."""
        return self.row.state in OPEN_STATES


@dataclass(frozen=True, slots=True)
class Applied:
    """How many have done what they owe, of how many, and how many are overdue."""

    done: int
    total: int
    overdue: int


@dataclass(frozen=True, slots=True)
class AppliedBy:
    """How far one marketplace has come with what it owes."""

    marketplace: Marketplace
    applied: Applied


NOBODY = Applied(0, 0, 0)


def acknowledgements_owed(
    organisation: Organisation, *, after: str = "", size: int = SIZE
) -> Page[Line]:
    """Return what an organisation's marketplaces owe, what is due first first."""
    return owed_by(organisation.marketplaces.all(), after=after, size=size)


def owed_by(
    marketplaces: QuerySet[Marketplace], *, after: str = "", before: str = "", size: int = SIZE
) -> Page[Line]:
    """Return what some marketplaces owe, what is due first first, with numbers and grounds."""
    rows = Acknowledgement.objects.owed().filter(marketplace__in=marketplaces)
    page = keyset_page(
        rows.select_related("marketplace", "listing", "deadline"),
        order=("due_at", "id"),
        after=after,
        before=before,
        size=size,
    )
    return Page(lines_of(page.rows), page.after, page.before)


def counted_by(marketplaces: QuerySet[Marketplace]) -> Applied:
    """Return how far some marketplaces have come with what holds now."""
    return _counted(Acknowledgement.objects.current().filter(marketplace__in=marketplaces))


def lines_of(rows: Iterable[Acknowledgement]) -> list[Line]:
    """Return some rows with their marketplaces' numbers and what is enforced on their listings."""
    found, moment = list(rows), now()
    skus, grounds = _skus(found), _grounds(row.listing_id for row in found)
    return [
        Line(
            row,
            _due(row, moment),
            tuple(skus[row.marketplace_id, row.listing_id]),
            tuple(grounds[row.listing_id]),
        )
        for row in found
    ]


def applied_to(listing: Listing) -> tuple[Applied, list[Line]]:
    """Return by how many marketplaces what holds for a listing is applied, and by whom.

    Those that are due first come first, at most fifty.
    """
    rows = Acknowledgement.objects.current().filter(listing=listing)
    shown = rows.select_related("marketplace", "deadline").order_by("due_at", "id")[:MOST]
    moment = now()
    lines = [Line(row, _due(row, moment)) for row in shown]
    return (_counted(rows) if lines else NOBODY), lines


def applied_of_rule(version: RuleVersion) -> list[AppliedBy]:
    """Return how far each marketplace bound by such rules has come where a version touches.

    The one with most left to do comes first, at most fifty.
    """
    touched = Finding.objects.filter(
        rule_version=version,
        mode=RuleMode.ENFORCE,
        standing__until_at__isnull=True,
        standing__version=F("standing__listing__current"),
    ).values("standing__listing")
    moment = now()
    bound = Accession.objects.filter(
        Q(until_at=None) | Q(until_at__gt=moment),
        marketplace=OuterRef("marketplace"),
        from_at__lte=moment,
        rule_kinds__contains=[version.rule.kind],
    )
    rows = Acknowledgement.objects.current().filter(Exists(bound), listing__in=touched)
    counts = (
        rows.values("marketplace")
        .annotate(**_counts())
        .order_by(F("done") - F("total"), "marketplace")[:MOST]
    )
    found = list(counts)
    markets = Marketplace.objects.in_bulk([row["marketplace"] for row in found])
    return [AppliedBy(markets[row["marketplace"]], _applied(row)) for row in found]


def applied_of_measures(measures: Iterable[Measure | uuid.UUID]) -> dict[uuid.UUID, Applied]:
    """Return how far each measure has been applied, on its listing and on copies of its weights.

    A measure that no longer bears on any listing is not in it.
    """
    bearing = Standing.objects.open().filter(findings__measure__in=list(measures))
    pairs = bearing.values_list("findings__measure", "listing").distinct()
    listings: dict[uuid.UUID, set[uuid.UUID]] = defaultdict(set)
    for measure, listing in pairs:
        listings[measure].add(listing)
    counts = {
        row["listing"]: _applied(row)
        for row in Acknowledgement.objects.current()
        .filter(listing__in=set().union(*listings.values()))
        .values("listing")
        .annotate(**_counts())
    }
    return {
        measure: _sum(counts.get(listing, NOBODY) for listing in names)
        for measure, names in listings.items()
    }


def _sum(parts: Iterable[Applied]) -> Applied:
    found = list(parts)
    return Applied(
        sum(part.done for part in found),
        sum(part.total for part in found),
        sum(part.overdue for part in found),
    )


def _counts() -> dict[str, Count]:
    return {
        "total": Count("id"),
        "done": Count("id", filter=DONE),
        "overdue": Count("id", filter=OWED & Q(due_at__lte=now())),
    }


def _counted(rows: QuerySet[Acknowledgement]) -> Applied:
    return _applied(rows.aggregate(**_counts()))


def _applied(row: dict) -> Applied:
    return Applied(row["done"], row["total"], row["overdue"])


def _due(row: Acknowledgement, moment: dt.datetime) -> Due:
    return Due(row.due_at, row.done_at or moment, row.deadline.legal_source, row.since_at)


def _skus(rows: list[Acknowledgement]) -> dict[tuple[uuid.UUID, uuid.UUID], list[str]]:
    """Return the numbers under which marketplaces offer the listings of some rows."""
    found: dict[tuple[uuid.UUID, uuid.UUID], list[str]] = defaultdict(list)
    offers = Offer.objects.filter(
        ended_at=None,
        marketplace__in={row.marketplace_id for row in rows},
        listing__in={row.listing_id for row in rows},
    )
    for offer in offers.order_by("sku"):
        found[offer.marketplace_id, offer.listing_id].append(offer.sku)
    return found


def _grounds(listings: Iterable[uuid.UUID]) -> dict[uuid.UUID, list[Finding]]:
    """Return what is enforced on some listings, each ground once, the gravest first."""
    rows = Listing.objects.filter(pk__in=set(listings))
    found: dict[uuid.UUID, list[Finding]] = defaultdict(list)
    for listing, standings in standings_of_many(rows).items():
        grounds = {
            (finding.rule_version_id, finding.measure_id): finding
            for standing in standings
            for finding in standing.findings.all()
            if finding.mode == RuleMode.ENFORCE
        }
        found[listing] = sorted(grounds.values(), key=lambda one: (-one.outcome, one.pk))
    return found
