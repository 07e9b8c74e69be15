"""The feed of standings: which listings changed, in order, with what holds for them now."""

import datetime as dt
import uuid
from dataclasses import dataclass

from apps.compliance.acts import REGISTER, StandingsChanged
from apps.compliance.models import Standing
from apps.compliance.selectors.standings import standings_of_many
from apps.journal.selectors import JournalAct, acts_of
from apps.listings.models import Listing


@dataclass(frozen=True, slots=True)
class ListingStandings:
    """One listing and what holds for its current version."""

    listing: str
    version: int | None
    standings: list[Standing]


@dataclass(frozen=True, slots=True)
class StandingsChange:
    """One act of the feed."""

    seq: int
    reason: str
    cause: int | None
    ruleset_version: int
    recorded_at: dt.datetime
    listings: list[ListingStandings]


def standings_after(seq: int, *, limit: int) -> list[StandingsChange]:
    """Return the next changes of standings after a position of the journal."""
    acts = [
        act
        for act in acts_of(REGISTER, after=seq, limit=limit)
        if act.kind == StandingsChanged.kind
    ]
    named = {uuid.UUID(name) for act in acts for name in act.payload["listings"]}
    listings = Listing.objects.filter(pk__in=named).select_related("current")
    now = {listing.pk: listing for listing in listings}
    held = standings_of_many(now.values())
    return [_change(act, now, held) for act in acts]


def of_listing(listing: Listing, held: list[Standing]) -> ListingStandings:
    """Return a listing with its standings."""
    number = listing.current.number if listing.current else None
    return ListingStandings(listing.code, number, held)


def _change(
    act: JournalAct, now: dict[uuid.UUID, Listing], held: dict[uuid.UUID, list[Standing]]
) -> StandingsChange:
    changed = [uuid.UUID(name) for name in act.payload["listings"]]
    return StandingsChange(
        seq=act.seq,
        reason=act.payload["reason"],
        cause=act.cause,
        ruleset_version=act.payload["ruleset_version"],
        recorded_at=act.recorded_at,
        listings=[of_listing(now[name], held.get(name, [])) for name in changed if name in now],
    )
