"""Which marketplaces are bound for which listings, and by what, as the standings are now."""

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Q

from apps.compliance.models import Standing
from apps.compliance.selectors.law import reached
from apps.compliance.terms import Bond, Ground, Held, Terms, terms
from apps.listings.models import Accession
from apps.policy.states import RuleMode

Key = tuple[str, ...]
OFFERED = """
select offered.marketplace_id, offered.listing_id, array_agg(s.digest order by s.digest)
from (
    select distinct o.marketplace_id, o.listing_id, l.current_id
    from listings_offer o join listings_listing l on l.id = o.listing_id
    where o.ended_at is null and l.state = 'listed' and o.marketplace_id = any(%(markets)s)
        and (%(all)s or o.listing_id = any(%(scope)s))) offered
join compliance_standing s on s.version_id = offered.current_id and s.until_at is null
group by 1, 2
"""


@dataclass(frozen=True, slots=True)
class Want:
    """What should bind one marketplace for one listing now."""

    marketplace: uuid.UUID
    listing: uuid.UUID
    outcome: int
    digest: str


def wanted(
    listings: Sequence[uuid.UUID] | None, moment: dt.datetime
) -> dict[tuple[uuid.UUID, uuid.UUID], Want]:
    """Return what binds which marketplace for each of some listings (`None`: all).

    Listings with the same standings bind alike, so the work grows with the distinct ones.
    """
    bonds = bonds_at(moment)
    if not bonds:
        return {}
    asked: dict[str, Any] = {
        "markets": list(bonds),
        "all": listings is None,
        "scope": list(listings or []),
    }
    with connection.cursor() as cursor:
        cursor.execute(OFFERED, asked)
        rows = [(market, listing, tuple(key)) for market, listing, key in cursor.fetchall()]
    worker = _Worker(bonds, _held(rows, moment.date()))
    return {
        (market, listing): Want(market, listing, found.outcome, found.digest)
        for market, listing, key in rows
        for found in [worker.terms(market, key)]
    }


def bonds_at(moment: dt.datetime) -> dict[uuid.UUID, Bond]:
    """Return what binds each acceded marketplace; where two accessions run, the later."""
    runs = Q(until_at=None) | Q(until_at__gt=moment)
    found = Accession.objects.filter(runs, from_at__lte=moment).order_by("from_at", "id")
    return {
        row.marketplace_id: Bond(
            frozenset(row.rule_kinds), reached(row.jurisdictions, moment.date())
        )
        for row in found
    }


def _held(rows: Iterable[tuple[uuid.UUID, uuid.UUID, Key]], day: dt.date) -> dict[str, Held]:
    """Return each distinct standing once, by its digest: equal digests say the same."""
    digests = {digest for _market, _listing, key in rows for digest in key}
    if not digests:
        return {}
    found = Standing.objects.open().filter(digest__in=digests).order_by("digest", "id")
    standings = found.distinct("digest").prefetch_related("findings__rule_version__rule")
    return {standing.digest: _plain(standing, day) for standing in standings}


def _plain(standing: Standing, day: dt.date) -> Held:
    return Held(
        tuple(standing.uses),
        reached(standing.jurisdictions, day) or frozenset(),
        tuple(
            Ground(
                str(finding.rule_version_id or finding.measure_id),
                finding.outcome,
                finding.rule_version.rule.kind if finding.rule_version else None,
            )
            for finding in standing.findings.all()
            if finding.mode == RuleMode.ENFORCE
        ),
    )


class _Worker:
    """Works out what a set of standings comes to for a bond, each once."""

    def __init__(self, bonds: dict[uuid.UUID, Bond], held: dict[str, Held]) -> None:
        self.bonds = bonds
        self.held = held
        self.known: dict[tuple[Bond, Key], Terms] = {}

    def terms(self, market: uuid.UUID, key: Key) -> Terms:
        asked = self.bonds[market], key
        if asked not in self.known:
            self.known[asked] = terms([self.held[digest] for digest in key], asked[0])
        return self.known[asked]
