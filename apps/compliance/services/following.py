"""What marketplaces owe follows from the standings of what they offer, for all at once."""

import datetime as dt
import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from apps.clocks.models import DeadlineRule
from apps.clocks.selectors import window
from apps.compliance.acts import APPLICATION, AcknowledgementsEnded, AcknowledgementsOwed
from apps.compliance.selectors.bonds import Want, wanted
from apps.compliance.states import AcknowledgementState, Demand
from apps.core.ids import uuid7
from apps.policy.engine import Outcome

BATCH = 1000
STOP, LIMIT, LIFT = (
    "portal.marketplace.stop",
    "portal.marketplace.limit",
    "portal.marketplace.lift",
)
Pair = tuple[uuid.UUID, uuid.UUID]
Owing = AcknowledgementsOwed | AcknowledgementsEnded
WANTED = (
    "unnest(%(markets)s::uuid[], %(listings)s::uuid[], %(digests)s::text[])"
    " as want (marketplace_id, listing_id, digest)"
)
# Rows are locked in the order of their ids, as a marketplace's own words lock them.
CLOSE = f"""
update compliance_acknowledgement held set until_at = %(now)s, state = case
    when held.state = any(%(open)s) then %(superseded)s else held.state end
from (
    select id from compliance_acknowledgement
    where until_at is null and (%(all)s or listing_id = any(%(scope)s))
    order by id for update) locked
where held.id = locked.id and not exists (
    select from {WANTED} where want.marketplace_id = held.marketplace_id
        and want.listing_id = held.listing_id and want.digest = held.digest)
returning held.marketplace_id, held.listing_id, held.state = %(superseded)s
"""  # noqa: S608 - parts of ours, values bound
FRESH = f"""
select want.marketplace_id, want.listing_id from {WANTED}
left join lateral (
    select done.state from compliance_acknowledgement done
    where done.marketplace_id = want.marketplace_id and done.listing_id = want.listing_id
        and done.state in ('applied', 'lifted')
    order by done.done_at desc limit 1) last on true
where (want.digest <> '' or last.state = 'applied') and not exists (
    select from compliance_acknowledgement held where held.until_at is null
        and held.marketplace_id = want.marketplace_id and held.listing_id = want.listing_id)
order by 1, 2
"""  # noqa: S608 - parts of ours, values bound
OPEN = """
insert into compliance_acknowledgement (id, marketplace_id, listing_id, demand, outcome, digest,
    state, deadline_id, since_at, due_at)
select row.id, row.market, row.listing, row.demand, row.outcome, row.digest, %(owed)s,
    row.deadline, %(now)s, row.due
from unnest(%(ids)s::uuid[], %(markets)s::uuid[], %(listings)s::uuid[], %(demands)s::text[],
    %(outcomes)s::smallint[], %(digests)s::text[], %(deadlines)s::uuid[],
    %(dues)s::timestamptz[])
    as row (id, market, listing, demand, outcome, digest, deadline, due)
"""


@dataclass(slots=True)
class _Times:
    """When each kind of change is due, worked out once."""

    moment: dt.datetime
    known: dict[str, tuple[DeadlineRule, dt.datetime]] = field(default_factory=dict)

    def of(self, want: Want) -> tuple[DeadlineRule, dt.datetime]:
        code = LIFT if not want.digest else STOP if want.outcome >= Outcome.SUSPEND else LIMIT
        if code not in self.known:
            self.known[code] = window(code, self.moment)
        return self.known[code]


def acknowledgements_follow(
    *, listings: Sequence[uuid.UUID] | None, moment: dt.datetime
) -> list[Owing]:
    """Bring what marketplaces owe for some listings (`None`: all) up to date with what holds.

    A changed listing begins a new row for each marketplace that offers it and is bound; what that
    takes the place of is closed. Called inside the caller's transaction, where two never overlap;
    returns the acts for the caller to record. Twice, it writes nothing the second time.
    """
    wants = wanted(listings, moment)
    parameters = _parameters(listings, wants, moment)
    with connection.cursor() as cursor:
        cursor.execute(CLOSE, parameters)
        closed = cursor.fetchall()
    fresh = _fresh(parameters) if wants else []
    if fresh:
        _open([wants[pair] for pair in fresh], moment)
    begun = set(fresh)
    ended = [
        (market, listing)
        for market, listing, unfinished in closed
        if (market, listing) not in begun and unfinished
    ]
    return [*_begun(fresh, moment), *_ended(ended)]


def _parameters(
    scope: Sequence[uuid.UUID] | None, wants: dict[Pair, Want], moment: dt.datetime
) -> dict[str, Any]:
    return {
        "now": moment,
        "all": scope is None,
        "scope": list(scope or []),
        "markets": [market for market, _listing in wants],
        "listings": [listing for _market, listing in wants],
        "digests": [want.digest for want in wants.values()],
        "open": [AcknowledgementState.OWED.value, AcknowledgementState.SEEN.value],
        "superseded": AcknowledgementState.SUPERSEDED.value,
    }


def _fresh(parameters: dict[str, Any]) -> list[Pair]:
    """Return who owes for what without a row that says so yet."""
    with connection.cursor() as cursor:
        cursor.execute(FRESH, parameters)
        return cursor.fetchall()


def _open(wants: list[Want], moment: dt.datetime) -> None:
    times = _Times(moment)
    due = [times.of(want) for want in wants]
    with connection.cursor() as cursor:
        cursor.execute(
            OPEN,
            {
                "now": moment,
                "owed": AcknowledgementState.OWED.value,
                "ids": [uuid7() for _want in wants],
                "markets": [want.marketplace for want in wants],
                "listings": [want.listing for want in wants],
                "demands": [_demand(want).value for want in wants],
                "outcomes": [want.outcome for want in wants],
                "digests": [want.digest for want in wants],
                "deadlines": [rule.pk for rule, _at in due],
                "dues": [at for _rule, at in due],
            },
        )


def _demand(want: Want) -> Demand:
    return Demand.APPLY if want.digest else Demand.LIFT


def _begun(pairs: Sequence[Pair], moment: dt.datetime) -> Iterator[AcknowledgementsOwed]:
    named: set[uuid.UUID] = set()
    for batch in _batches(pairs):
        markets = _once(market for market, _listing in batch)
        yield AcknowledgementsOwed(
            subject=APPLICATION,
            marketplaces=markets,
            first_for=[market for market in markets if market not in named],
            listings=_once(listing for _market, listing in batch),
            count=len(batch),
            since_at=moment,
        )
        named.update(markets)


def _ended(pairs: Sequence[Pair]) -> Iterator[AcknowledgementsEnded]:
    for batch in _batches(pairs):
        yield AcknowledgementsEnded(
            subject=APPLICATION,
            marketplaces=_once(market for market, _listing in batch),
            listings=_once(listing for _market, listing in batch),
            count=len(batch),
        )


def _batches(pairs: Sequence[Pair]) -> Iterator[Sequence[Pair]]:
    return (pairs[start : start + BATCH] for start in range(0, len(pairs), BATCH))


def _once(ids: Iterable[uuid.UUID]) -> list[uuid.UUID]:
    return sorted(set(ids))
