"""A consumer could not answer an act: tell the administrators, who see the fault and retry it."""

from apps.institutions.offices import Office
from apps.journal.selectors import JournalAct
from apps.notices.services import NoticeDraft
from apps.notices.states import NoticeKind
from apps.reactions import places
from apps.reactions.audience import holders
from apps.reactions.telling import tell


def parked(act: JournalAct) -> None:
    """Tell which act, and who stumbled over it."""
    draft = NoticeDraft(
        kind=NoticeKind.ACT_PARKED,
        path=places.JOURNAL,
        parameters={"act": act.payload["position"], "consumer": act.payload["consumer"]},
    )
    tell(act, holders(Office.ADMINISTRATOR), draft)


ON_PARKED = {"journal.act.parked": parked}
