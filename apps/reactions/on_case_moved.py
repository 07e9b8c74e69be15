"""A case took a step: tell its officer, the company, and whoever reported with an account.

Nobody but these is told before the company was heard: then the case is public.
"""

import datetime as dt
import uuid

from apps.cases.models import Appeal, Case, Decision
from apps.cases.permissions import respondent
from apps.cases.states import DecisionKind, Side
from apps.clocks.models import Clock
from apps.journal.selectors import JournalAct
from apps.notices.services import NoticeDraft
from apps.notices.states import NoticeKind
from apps.notices.words import Value
from apps.policy.engine import Outcome
from apps.reactions import places
from apps.reactions.audience import deciders, owners, reporters
from apps.reactions.telling import tell


def assigned(act: JournalAct) -> None:
    """Tell the officer that the case is theirs."""
    case = case_of(act.subject)
    draft = NoticeDraft(
        kind=NoticeKind.CASE_ASSIGNED,
        path=places.case_at_desk(case.code),
        parameters={"case": case.code, "title": case.title},
        due_at=due_of("cases.decide", case.pk),
    )
    tell(act, [case.officer_id], draft)


def alleged(act: JournalAct) -> None:
    """Ask the company to answer."""
    case = case_of(act.subject)
    tell_company(
        act,
        case,
        NoticeKind.ALLEGATION_SENT,
        path=places.answer(case.code),
        due_at=due_of("cases.respond", case.pk),
    )


def answered(act: JournalAct) -> None:
    """Tell the officer that the company has answered."""
    case = case_of(act.subject)
    draft = NoticeDraft(
        kind=NoticeKind.RESPONSE_GIVEN,
        path=places.case_at_desk(case.code),
        parameters={"case": case.code},
        due_at=due_of("cases.decide", case.pk),
    )
    tell(act, [case.officer_id], draft)


def decided(act: JournalAct) -> None:
    """Tell both sides of a first decision; one on appeal is told with the appeal."""
    decision = Decision.objects.select_related("case").get(pk=act.subject)
    if decision.kind != DecisionKind.FIRST:
        return
    case = case_of(decision.case_id)
    outcome = Outcome(decision.outcome).slug
    until_at = decision.appeal_until_at
    tell_company(act, case, NoticeKind.DECISION_ISSUED, due_at=until_at, outcome=outcome)
    draft = NoticeDraft(
        kind=NoticeKind.REPORT_DECIDED,
        path=places.case(case.code),
        parameters={"case": case.code, "outcome": outcome},
        due_at=until_at,
    )
    tell(act, reporters(case), draft)


def appealed(act: JournalAct) -> None:
    """Tell whoever may decide an appeal, and the other side."""
    appeal = Appeal.objects.select_related("clock", "decision").get(pk=act.subject)
    case = case_of(appeal.decision.case_id)
    draft = NoticeDraft(
        kind=NoticeKind.APPEAL_TO_DECIDE,
        path=places.appeal_at_desk(appeal.pk),
        parameters={"case": case.code},
        due_at=appeal.clock.due_at,
    )
    tell(act, deciders(case), draft)
    if appeal.side == Side.REPORTER:
        tell_company(act, case, NoticeKind.APPEAL_FILED)
    else:
        tell_reporters(act, case, NoticeKind.REPORT_APPEAL_FILED)


def appeal_decided(act: JournalAct) -> None:
    """Tell both sides what became of an appeal."""
    appeal = Appeal.objects.select_related("decision").get(pk=act.subject)
    case, result = case_of(appeal.decision.case_id), act.payload["result"]
    tell_company(act, case, NoticeKind.APPEAL_DECIDED, result=result)
    tell_reporters(act, case, NoticeKind.REPORT_APPEAL_DECIDED, result=result)


def case_of(case: uuid.UUID) -> Case:
    """Return a case with all that says whom it is about."""
    about = ("listing__provider__claimed_by", "listing__brought_by", "provider__claimed_by")
    return Case.objects.select_related(*about).get(pk=case)


def due_of(rule: str, thing: uuid.UUID) -> dt.datetime | None:
    """Return until when a deadline about a thing runs, if it does."""
    return (
        Clock.objects.filter(thing=thing, rule__code=rule).values_list("due_at", flat=True).first()
    )


def about(case: Case) -> str:
    """Return what a case is about, by its name."""
    return str(case.listing or case.provider or case.segment or case.title)


def tell_company(
    act: JournalAct,
    case: Case,
    kind: NoticeKind,
    *,
    path: str = "",
    due_at: dt.datetime | None = None,
    outcome: str = "",
    result: str = "",
) -> None:
    """Tell the owners of the company that answers for what the case is about, if there is one."""
    company = respondent(case)
    if company is None:
        return
    values: dict[str, Value] = {"case": case.code, "about": about(case), "company": company.name}
    draft = NoticeDraft(
        kind=kind,
        path=path or places.case(case.code),
        parameters=values | {"outcome": outcome, "result": result},
        due_at=due_at,
    )
    tell(act, owners(company.pk), draft)


def tell_reporters(act: JournalAct, case: Case, kind: NoticeKind, *, result: str = "") -> None:
    """Tell those who reported with an account."""
    draft = NoticeDraft(
        kind=kind,
        path=places.case(case.code),
        parameters={"case": case.code, "result": result},
    )
    tell(act, reporters(case), draft)


ON_CASES = {
    "cases.case.assigned": assigned,
    "cases.allegation.sent": alleged,
    "cases.response.given": answered,
    "cases.decision.issued": decided,
    "cases.appeal.filed": appealed,
    "cases.appeal.decided": appeal_decided,
}
