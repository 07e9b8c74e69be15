"""A deadline is half over, nearly over or over: tell whoever owes what it is about.

The clock tells; nothing here looks around for what is due. What was done meanwhile is told nobody.
"""

from collections.abc import Callable
from dataclasses import dataclass

from apps.cases.models import Appeal
from apps.cases.selectors import contest_by_id
from apps.clocks.models import Clock
from apps.clocks.states import OPEN, ClockState, Stage
from apps.journal.selectors import JournalAct
from apps.notices.services import NoticeDraft
from apps.notices.states import NoticeKind
from apps.reactions import places
from apps.reactions.audience import deciders
from apps.reactions.on_case_moved import case_of, tell_company
from apps.reactions.on_contest_moved import tell_rulers
from apps.reactions.telling import tell
from apps.reviews.models import Assignment


@dataclass(frozen=True, slots=True)
class News:
    """What a clock tells: the act, the clock, and whether it has run out."""

    act: JournalAct
    clock: Clock
    over: bool


def reminded(act: JournalAct) -> None:
    """Remind whoever owes something, unless it was done meanwhile."""
    clock = Clock.objects.select_related("rule").get(pk=act.subject)
    if clock.state in OPEN and clock.rule.code in OWED:
        OWED[clock.rule.code](News(act, clock, over=False))


def expired(act: JournalAct) -> None:
    """Tell whoever owes it still that the time is over."""
    clock = Clock.objects.select_related("rule").get(pk=act.subject)
    if clock.state == ClockState.EXPIRED and clock.rule.code in OWED:
        OWED[clock.rule.code](News(act, clock, over=True))


def _answer(news: News) -> None:
    case = case_of(news.clock.thing)
    kind = NoticeKind.ANSWER_OVERDUE if news.over else NoticeKind.ANSWER_DUE
    tell_company(news.act, case, kind, path=places.answer(case.code), due_at=news.clock.due_at)


def _decision(news: News) -> None:
    case = case_of(news.clock.thing)
    draft = NoticeDraft(
        kind=NoticeKind.DECISION_OVERDUE if news.over else NoticeKind.DECISION_DUE,
        path=places.case_at_desk(case.code),
        parameters={"case": case.code},
        due_at=news.clock.due_at,
    )
    tell(news.act, [case.officer_id], draft)


def _appeal(news: News) -> None:
    appeal = Appeal.objects.select_related("decision").get(pk=news.clock.thing)
    case = case_of(appeal.decision.case_id)
    draft = NoticeDraft(
        kind=NoticeKind.APPEAL_OVERDUE if news.over else NoticeKind.APPEAL_DUE,
        path=places.appeal_at_desk(appeal.pk),
        parameters={"case": case.code},
        due_at=news.clock.due_at,
    )
    tell(news.act, deciders(case), draft)


def _ruling(news: News) -> None:
    kind = NoticeKind.CONTEST_OVERDUE if news.over else NoticeKind.CONTEST_DUE
    tell_rulers(news.act, contest_by_id(news.clock.thing), kind)


def _verdict(news: News) -> None:
    """A reviewer hears at half time and when it is over; the last days are told by `reviews`."""
    if not news.over and news.act.payload["stage"] != Stage.HALF:
        return
    assignment = Assignment.objects.select_related("round").get(pk=news.clock.thing)
    kind = NoticeKind.REVIEW_OVERDUE if news.over else NoticeKind.REVIEW_DUE
    tell(news.act, [assignment.reviewer_id], verdict_draft(assignment, kind, news.clock))


def verdict_draft(assignment: Assignment, kind: NoticeKind, clock: Clock) -> NoticeDraft:
    """Return what a reviewer is told of a verdict that they owe."""
    return NoticeDraft(
        kind=kind,
        path=places.review(assignment.round_id),
        parameters={"question": assignment.round.question},
        due_at=clock.due_at,
    )


OWED: dict[str, Callable[[News], None]] = {
    "cases.respond": _answer,
    "cases.decide": _decision,
    "cases.appeal.decide": _appeal,
    "cases.contest.rule": _ruling,
    "portal.review.verdict": _verdict,
}
ON_DEADLINES = {"clocks.clock.reminded": reminded, "clocks.clock.expired": expired}
