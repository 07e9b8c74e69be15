"""Work standings out anew when a listing, its lineage, a grant, a measure or a rule changes.

Acts on listings come in thousands at an import, so a run of them is answered at once, as a
consequence of its last act; a change of the rules is answered alone, over the listings that the
rule bears on.
"""

import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from apps.compliance.selectors.kin import versions_touched
from apps.compliance.services import reassess, reassess_ruled
from apps.compliance.states import Cause
from apps.journal.selectors import JournalAct
from apps.journal.services import Consumer, caused_by
from apps.listings.models import Listing, Offer


@dataclass(frozen=True, slots=True)
class News:
    """What one act means for standings: of some listings, of those of one rule, or of all."""

    seq: int
    cause: Cause
    listings: tuple[uuid.UUID, ...] | None
    rule_versions: tuple[uuid.UUID, ...] = ()


Reading = Callable[[JournalAct], tuple[uuid.UUID, ...] | None]


def _subject(act: JournalAct) -> tuple[uuid.UUID, ...]:
    return (act.subject,)


def _named(act: JournalAct) -> tuple[uuid.UUID, ...]:
    return (uuid.UUID(act.payload["listing"]),)


def _several(act: JournalAct) -> tuple[uuid.UUID, ...]:
    return tuple(map(uuid.UUID, act.payload["listings"]))


def _of_provider(act: JournalAct) -> tuple[uuid.UUID, ...]:
    return tuple(Listing.objects.filter(provider=act.subject).values_list("id", flat=True))


def _offered_by(act: JournalAct) -> tuple[uuid.UUID, ...]:
    rows = Offer.objects.filter(marketplace=act.subject)
    return tuple(rows.values_list("listing_id", flat=True).distinct())


def _all(_act: JournalAct) -> None:
    return None


READINGS: Mapping[str, tuple[Cause, Reading]] = {
    "listings.listing.listed": (Cause.LISTING, _subject),
    "listings.version.published": (Cause.LISTING, _subject),
    "listings.listing.changed": (Cause.LISTING, _subject),
    "listings.listing.withdrawn": (Cause.LISTING, _subject),
    "listings.listing.relisted": (Cause.LISTING, _subject),
    "listings.lineage.resolved": (Cause.LINEAGE, _subject),
    "listings.licence.recognised": (Cause.LINEAGE, _subject),
    "listings.edge.disputed": (Cause.LINEAGE, _subject),
    "listings.dispute.closed": (Cause.LINEAGE, _subject),
    "listings.provider.claimed": (Cause.LINEAGE, _of_provider),
    "listings.provider.described": (Cause.LINEAGE, _of_provider),
    "listings.offer.made": (Cause.MARKET, _subject),
    "listings.offer.ended": (Cause.MARKET, _subject),
    "listings.marketplace.acceded": (Cause.MARKET, _offered_by),
    "licensing.register.loaded": (Cause.ALL, _all),
    "policy.rule.started": (Cause.RULE, _all),
    "policy.rule.ended": (Cause.RULE, _all),
    "policy.rule.undone": (Cause.RULE, _all),
    "policy.stay.started": (Cause.RULE, _all),
    "policy.stay.ended": (Cause.RULE, _all),
    "compliance.exemption.granted": (Cause.GRANT, _named),
    "compliance.exemption.ended": (Cause.GRANT, _named),
    "compliance.sandbox.ended": (Cause.GRANT, _several),
    "compliance.measure.imposed": (Cause.GRANT, _named),
    "compliance.measure.lifted": (Cause.GRANT, _named),
    "compliance.incident.counted": (Cause.GRANT, _named),
    "compliance.incident.closed": (Cause.GRANT, _named),
}


def answer(acts: Sequence[JournalAct]) -> None:
    """Reassess what some acts touch; answering them twice writes nothing the second time."""
    for run in _runs(acts):
        last = run[-1]
        with caused_by(last.seq):
            for rule_version in last.rule_versions:
                reassess_ruled(rule_version=rule_version)
            if not last.rule_versions:
                reassess(versions=_versions(run), cause=last.cause)


def _runs(acts: Sequence[JournalAct]) -> Iterator[list[News]]:
    """Return stretches of acts on listings, and each act that touches all by itself."""
    for everything, stretch in groupby(_news(acts), key=lambda news: news.listings is None):
        if everything:
            yield from ([news] for news in stretch)
        else:
            yield list(stretch)


def _news(acts: Sequence[JournalAct]) -> Iterator[News]:
    for act in acts:
        cause, read = READINGS[act.kind]
        ruled = _ruled(act) if cause is Cause.RULE else ()
        yield News(act.seq, cause, read(act), ruled)


def _ruled(act: JournalAct) -> tuple[uuid.UUID, ...]:
    """Return the rule versions that an act began or ended."""
    named = [act.payload["version"], act.payload.get("restored")]
    return tuple(uuid.UUID(version) for version in named if version)


def _versions(run: list[News]) -> list[uuid.UUID] | None:
    if run[0].listings is None:
        return None
    return versions_touched({listing for news in run for listing in news.listings or ()})


STANDINGS = Consumer("compliance.standings", answer, frozenset(READINGS))
