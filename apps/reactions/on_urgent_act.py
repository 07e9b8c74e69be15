"""An officer acted at once: others are asked to confirm it, and hear when it is late."""

import uuid

from apps.cases.models import UrgentAction
from apps.cases.states import UrgentState
from apps.journal.selectors import JournalAct
from apps.notices.services import NoticeDraft
from apps.notices.states import NoticeKind
from apps.policy.engine import Outcome
from apps.reactions import places
from apps.reactions.audience import officers_of_places
from apps.reactions.telling import tell


def acted(act: JournalAct) -> None:
    """Ask the other officers of the places for a second one."""
    _ask(act, NoticeKind.URGENT_TO_CONFIRM)


def escalated(act: JournalAct) -> None:
    """Ask them once more: half of the time is over."""
    _ask(act, NoticeKind.URGENT_ESCALATED)


def confirmed(act: JournalAct) -> None:
    """Tell who acted that a second officer agrees."""
    _answer(act, NoticeKind.URGENT_CONFIRMED)


def lapsed(act: JournalAct) -> None:
    """Tell who acted that nobody confirmed it."""
    _answer(act, NoticeKind.URGENT_LAPSED)


def _ask(act: JournalAct, kind: NoticeKind) -> None:
    action = _action(act.subject)
    if action.state != UrgentState.ACTED:
        return
    tell(act, officers_of_places(action.case) - {action.acted_by_id}, _draft(action, kind))


def _answer(act: JournalAct, kind: NoticeKind) -> None:
    action = _action(act.subject)
    tell(act, [action.acted_by_id], _draft(action, kind))


def _draft(action: UrgentAction, kind: NoticeKind) -> NoticeDraft:
    asks = kind in {NoticeKind.URGENT_TO_CONFIRM, NoticeKind.URGENT_ESCALATED}
    return NoticeDraft(
        kind=kind,
        path=places.case_at_desk(action.case.code),
        parameters={
            "action": action.code,
            "case": action.case.code,
            "about": action.listing.name,
            "outcome": Outcome(action.outcome).slug,
        },
        due_at=action.due_at if asks else None,
    )


def _action(key: uuid.UUID) -> UrgentAction:
    return UrgentAction.objects.select_related("case__listing__provider", "listing").get(pk=key)


ON_URGENT_ACTS = {
    "cases.urgent.acted": acted,
    "cases.urgent.escalated": escalated,
    "cases.urgent.confirmed": confirmed,
    "cases.urgent.lapsed": lapsed,
}
