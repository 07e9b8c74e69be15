"""Standings became others: tell the companies that keep the listings, and who follows them.

A listing that got its first standing changed for nobody. A company that was told of the decision
or the measure behind it is not told again.
"""

import uuid

from apps.compliance.models import Standing
from apps.journal.selectors import JournalAct, acts_at
from apps.notices.services import NoticeDraft
from apps.notices.states import NoticeKind
from apps.reactions import places
from apps.reactions.audience import followed_by, kept_by, owners
from apps.reactions.telling import tell

MEASURES = {"compliance.measure.imposed", "compliance.measure.lifted"}


def changed(act: JournalAct) -> None:
    """Tell each of them once, however many of their listings are meant."""
    listings = _that_stood_otherwise(act)
    if not _told_by_measure(act):
        _tell_companies(act, listings)
    for followed, people in followed_by(listings).items():
        one = followed[0]
        draft = NoticeDraft(
            kind=NoticeKind.STANDING_CHANGED_FOLLOWED,
            path=places.listing(one) if len(followed) == 1 else places.act(act.seq),
            parameters={"listing": one.name, "listings": len(followed)},
        )
        tell(act, people, draft)


def _tell_companies(act: JournalAct, listings: list[uuid.UUID]) -> None:
    for company, kept in kept_by(listings).items():
        one = kept[0]
        draft = NoticeDraft(
            kind=NoticeKind.STANDING_CHANGED,
            path=places.listing(one) if len(kept) == 1 else places.BAZAAR,
            parameters={"listing": one.name, "listings": len(kept), "company": company.name},
        )
        tell(act, owners(company.pk), draft)


def _that_stood_otherwise(act: JournalAct) -> list[uuid.UUID]:
    ended = Standing.objects.filter(listing__in=act.payload["listings"], until_at__isnull=False)
    return list(ended.order_by().values_list("listing", flat=True).distinct())


def _told_by_measure(act: JournalAct) -> bool:
    causes = acts_at([act.cause], sealed=True) if act.cause else []
    return any(cause.kind in MEASURES for cause in causes)


ON_STANDINGS = {"compliance.standings.changed": changed}
