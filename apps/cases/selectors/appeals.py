"""Reading appeals: which wait, and whether someone may appeal now."""

import uuid

from django.utils.translation import gettext_lazy as _

from apps.cases import errors
from apps.cases.models import Appeal, Case, Decision, MisuseReport
from apps.cases.permissions import can_decide_appeal, never_touched, officer_refusal
from apps.cases.states import AppealState, CaseState
from apps.core.actor import Actor
from apps.core.clock import now
from apps.core.errors import DomainError, MoveRefused
from apps.institutions.models import Organisation


def appeals_open() -> list[Appeal]:
    """Return the appeals that wait for a decision, oldest first, at most a hundred."""
    rows = Appeal.objects.filter(state=AppealState.FILED).select_related("decision__case", "clock")
    return list(rows.order_by("filed_at", "id")[:100])


def appeals_in(case: Case) -> list[Appeal]:
    """Return all appeals in a case, oldest first, at most a hundred."""
    rows = Appeal.objects.filter(decision__case=case).select_related(
        "decision", "new_decision", "clock", "organisation"
    )
    return list(rows.order_by("filed_at", "id")[:100])


def appeal_by_id(appeal: uuid.UUID) -> Appeal:
    """Return an appeal with its case; raise `AppealUnknown`."""
    rows = Appeal.objects.select_related(
        "decision__case", "decision__rule_version__rule", "organisation", "clock"
    )
    found = rows.filter(pk=appeal).first()
    if found is None:
        raise errors.AppealUnknown(field="appeal")
    return found


def appeal_refusal(actor: Actor, appeal: Appeal) -> DomainError | None:
    """Return why someone may not decide an appeal; `None` where they may."""
    case = appeal.decision.case
    if actor.person is None or not can_decide_appeal(actor, appeal):
        words = _("A regulator whose mandate covers the case decides appeals.")
        return officer_refusal(actor, case, words)
    return None if never_touched(actor.person, case) else errors.DeciderTouchedCase()


def can_appeal(
    case: Case, *, company: Organisation | None = None, report: MisuseReport | None = None
) -> bool:
    """Whether this side may appeal now."""
    try:
        appealable(case, company=company, report=report)
    except DomainError:
        return False
    return True


def appealable(
    case: Case, *, company: Organisation | None = None, report: MisuseReport | None = None
) -> Decision:
    """Return the decision that stands, where this side may appeal against it; raise where not.

    A decision made on one's own appeal is the last word for oneself, never for the other side.
    """
    if case.state != CaseState.DECIDED:
        raise MoveRefused(_("Nothing was decided yet, or the case is closed."))
    decisions = sorted(case.decisions.all(), key=lambda one: (one.issued_at, one.pk))
    side = (company.pk if company else None, report.pk if report else None)
    mine = [
        appeal
        for decision in decisions
        for appeal in decision.appeals.all()
        if (appeal.organisation_id, appeal.report_id) == side
    ]
    decision = decisions[-1]
    if any(appeal.state == AppealState.FILED for appeal in mine):
        raise errors.AppealAlreadyFiled
    if any(appeal.new_decision_id == decision.pk for appeal in mine):
        raise errors.OwnAppealHeard
    if decision.appeal_until_at <= now():
        raise errors.AppealTimeOver
    return decision
