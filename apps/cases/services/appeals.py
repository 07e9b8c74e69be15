"""Both sides may appeal; someone who never touched the case decides."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.cases import acts, errors
from apps.cases.models import Appeal, Case, MisuseReport
from apps.cases.permissions import can_respond, respondent
from apps.cases.selectors.appeals import appeal_refusal, appealable
from apps.cases.selectors.reports import report_by_receipt
from apps.cases.services.deadlines import deadline_begin, deadline_meet
from apps.cases.services.deciding import DecisionDraft, decision_on_appeal
from apps.cases.services.triage import case_locked, touch
from apps.cases.states import APPEAL, AppealState, Deed, Side
from apps.core.actor import ANONYMOUS, Actor
from apps.core.clock import now
from apps.core.errors import Invalid, MoveRefused
from apps.core.ids import uuid7
from apps.institutions.models import Organisation
from apps.institutions.permissions import refusal
from apps.institutions.services.constraints import refused_as
from apps.journal.services import record

ONCE = {
    "cases_one_appeal_of_a_company": errors.AppealAlreadyFiled,
    "cases_one_appeal_of_a_reporter": errors.AppealAlreadyFiled,
}
APART = {"cases_decider_apart": errors.DeciderTouchedCase}


@transaction.atomic
def appeal_file(*, actor: Actor, case: Case, text: str) -> Appeal:
    """Appeal for the company against the decision that stands."""
    case = case_locked(case.pk)
    company = respondent(case)
    if company is None or not can_respond(actor, case):
        raise refusal(actor, _("A member of the company that the case is about appeals for it."))
    return _file(actor, case, text, company=company)


@transaction.atomic
def appeal_by_receipt(*, receipt: str, text: str) -> Appeal:
    """Appeal as someone who reported; the receipt is all it needs, and nobody is named."""
    report = report_by_receipt(receipt)
    link = getattr(report, "link", None)
    if link is None:
        raise MoveRefused(_("Nothing was decided yet on this report."))
    return _file(ANONYMOUS, case_locked(link.case_id), text, report=report)


@transaction.atomic
def appeal_decide(
    *, actor: Actor, appeal: Appeal, reasons: str, changed: DecisionDraft | None = None
) -> Appeal:
    """Let the decision stand, or put another in its place, with reasons.

    Refuses whoever touched the case; the database does so too.
    """
    case = case_locked(appeal.decision.case_id)
    rows = Appeal.objects.select_for_update(of=("self",)).select_related("decision__case")
    appeal = rows.get(pk=appeal.pk)
    refused = appeal_refusal(actor, appeal)
    if refused or actor.person is None:
        raise refused or refusal(actor)
    if not reasons.strip():
        raise Invalid(_("A decision on appeal needs its reasons."), field="reasons")
    APPEAL.move(appeal, AppealState.UPHELD if changed is None else AppealState.CHANGED)
    appeal.decided_by_id, appeal.decided_at = actor.person, now()
    appeal.reasons = reasons.strip()
    with refused_as(APART):
        appeal.save()
    if changed is not None:
        appeal.new_decision = decision_on_appeal(actor, case, changed)
        appeal.save(update_fields=["new_decision"])
    touch(actor, case, Deed.HEARD)
    deadline_meet(actor, "cases.appeal.decide", appeal.pk, "appeal-decided")
    act = acts.AppealDecided(
        subject=appeal.pk, case=case.pk, decision=appeal.decision_id, result=appeal.state
    )
    record(act, actor=actor)
    return appeal


def _file(
    actor: Actor,
    case: Case,
    text: str,
    *,
    company: Organisation | None = None,
    report: MisuseReport | None = None,
) -> Appeal:
    decision = appealable(case, company=company, report=report)
    if not text.strip():
        raise Invalid(_("Say what is wrong with the decision."), field="text")
    side = Side.COMPANY if company else Side.REPORTER
    new, moment = uuid7(), now()
    clock = deadline_begin(actor, "cases.appeal.decide", new)
    with refused_as(ONCE):
        appeal = Appeal.objects.create(
            id=new,
            decision=decision,
            side=side,
            organisation=company,
            report=report,
            text=text.strip(),
            filed_at=moment,
            clock=clock,
        )
    act = acts.AppealFiled(subject=new, case=case.pk, decision=decision.pk, side=side)
    record(act, actor=actor)
    return appeal
