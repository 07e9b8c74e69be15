"""Marketplaces owe it to apply a change, or are late with it: tell who owns them.

A change of ten thousand listings is recorded by several acts; the first that names a marketplace
tells of all of it. What was done meanwhile is told nobody.
"""

import datetime as dt

from django.db.models import Count, Min, Q

from apps.compliance.models import Acknowledgement
from apps.core.clock import Now
from apps.journal.selectors import JournalAct
from apps.listings.models import Marketplace
from apps.notices.services import NoticeDraft
from apps.notices.states import NoticeKind
from apps.reactions import places
from apps.reactions.audience import keepers
from apps.reactions.telling import tell


def owed(act: JournalAct) -> None:
    """Tell how many listings changed, and until when to apply or lift what is asked first."""
    since_at = dt.datetime.fromisoformat(act.payload["since_at"])
    _tell(act, NoticeKind.ACKNOWLEDGEMENTS_OWED, Q(since_at=since_at))


def overdue(act: JournalAct) -> None:
    """Tell how many listings still wait whose time is over."""
    _tell(act, NoticeKind.ACKNOWLEDGEMENTS_OVERDUE, Q(due_at__lte=Now()))


def _tell(act: JournalAct, kind: NoticeKind, meant: Q) -> None:
    waiting = _waiting(act, meant)
    for kept, people in keepers(Marketplace.objects.in_bulk(list(waiting)).values()).items():
        one = kept[0]
        draft = NoticeDraft(
            kind=kind,
            path=places.market(one) if len(kept) == 1 else places.MARKETS,
            parameters={
                "market": ", ".join(market.name for market in kept),
                "listings": sum(waiting[market.pk][0] for market in kept),
            },
            due_at=min(waiting[market.pk][1] for market in kept),
        )
        tell(act, people, draft)


def _waiting(act: JournalAct, meant: Q) -> dict[object, tuple[int, dt.datetime]]:
    """Return of each marketplace how many of what is meant still wait, and the first due time."""
    rows = Acknowledgement.objects.owed().filter(meant, marketplace__in=act.payload["first_for"])
    counted = rows.order_by().values_list("marketplace").annotate(Count("id"), Min("due_at"))
    return {market: (count, due_at) for market, count, due_at in counted}


ON_ACKNOWLEDGEMENTS = {
    "compliance.acknowledgements.owed": owed,
    "compliance.acknowledgements.overdue": overdue,
}
