"""Which steps of a case someone may take now; where not, why and what to do.

Services ask the same, so a page never offers what is refused and never hides what is allowed.
"""

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from apps.cases import errors
from apps.cases.models import Case
from apps.cases.permissions import (
    can_act_urgently,
    can_triage,
    conflicted,
    officer_refusal,
    works_on,
)
from apps.cases.states import CaseState
from apps.clocks.selectors import has_run_out
from apps.core.actor import Actor
from apps.core.clock import now
from apps.core.errors import Conflict, DomainError, MoveRefused
from apps.institutions.permissions import on_duty, refusal

WITH_AN_OFFICER = (CaseState.ASSIGNED, CaseState.ALLEGED, CaseState.ANSWERED)
OVER = (CaseState.DECIDED, CaseState.CLOSED)


class CaseStep(TextChoices):
    """What an officer does with a case."""

    IDENTIFY = "identify", _("Say what the case is about")
    ASSIGN = "assign", _("Give the case to an officer")
    ALLEGE = "allege", _("Send the allegation to the company")
    DECIDE = "decide", _("Decide the case")
    HAND_OVER = "hand-over", _("Hand the case to another officer")
    ACT = "act", _("Act at once")
    LINK = "link", _("Join a report to the case")


NEXT = {
    CaseState.IDENTIFYING: CaseStep.IDENTIFY,
    CaseState.TRIAGED: CaseStep.ASSIGN,
    CaseState.ASSIGNED: CaseStep.ALLEGE,
    CaseState.ALLEGED: CaseStep.DECIDE,
    CaseState.ANSWERED: CaseStep.DECIDE,
}
WORDS = {
    CaseStep.IDENTIFY: _("An officer for misuse looks at reports."),
    CaseStep.ASSIGN: _("An officer for misuse gives cases to officers."),
    CaseStep.HAND_OVER: _("An officer for misuse gives cases to officers."),
    CaseStep.LINK: _("An officer for misuse looks at reports."),
    CaseStep.ALLEGE: _("The officer of the case sends the allegation."),
    CaseStep.DECIDE: _("The officer of the case decides it."),
    CaseStep.ACT: _("A regulator on duty whose mandate for misuse covers the places acts."),
}


@dataclass(frozen=True, slots=True)
class Step:
    """One step, and why this person cannot take it now; `None` where they can."""

    kind: CaseStep
    refusal: DomainError | None


def steps_now(actor: Actor, case: Case) -> list[Step]:
    """Return the next step of a case, then what else can be done beside it."""
    kinds = [NEXT[CaseState(case.state)]] if case.state in NEXT else []
    if case.state in WITH_AN_OFFICER:
        kinds.append(CaseStep.HAND_OVER)
    if case.listing_id is not None and case.state not in OVER:
        kinds.append(CaseStep.ACT)
    return [Step(kind, step_refusal(actor, case, kind)) for kind in kinds]


def step_refusal(actor: Actor, case: Case, kind: CaseStep) -> DomainError | None:
    """Return why someone cannot take a step now, before anything is filled in."""
    if kind in {CaseStep.ALLEGE, CaseStep.DECIDE}:
        return _officer_refusal(actor, case, kind)
    if kind is CaseStep.ACT:
        return _urgent_refusal(actor, case)
    if refused := _triage_refusal(actor, case, kind):
        return refused
    if kind is CaseStep.HAND_OVER and case.state not in WITH_AN_OFFICER:
        return MoveRefused(_("Only a case that an officer works on is handed over."))
    if kind is CaseStep.LINK and case.state == CaseState.CLOSED:
        return Conflict(_("This case is closed; open a new one for the report."))
    return None


def _triage_refusal(actor: Actor, case: Case, kind: CaseStep) -> DomainError | None:
    if actor.person is None or not can_triage(actor):
        return refusal(actor, WORDS[kind])
    return errors.OfficerHasConflict() if conflicted(actor.person, case) else None


def _officer_refusal(actor: Actor, case: Case, kind: CaseStep) -> DomainError | None:
    if not works_on(actor, case):
        return officer_refusal(actor, case, WORDS[kind])
    waits = kind is CaseStep.DECIDE and case.state == CaseState.ALLEGED
    if waits and not has_run_out(case.allegation.clock, now()):
        return errors.CompanyNotHeard()
    return None


def _urgent_refusal(actor: Actor, case: Case) -> DomainError | None:
    if not can_act_urgently(actor, case):
        return officer_refusal(actor, case, WORDS[CaseStep.ACT])
    if case.listing_id is None:
        return errors.NothingToMeasure(field="case")
    if case.state in OVER:
        return Conflict(_("The case is decided; an urgent act is for cases that are not."))
    return None if on_duty(actor, case.jurisdictions) else errors.NotOnDuty()
