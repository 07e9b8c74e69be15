"""The company hears what is alleged, and answers."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.cases import acts
from apps.cases.models import Allegation, Case, Response
from apps.cases.permissions import can_respond, respondent
from apps.cases.selectors.steps import CaseStep, step_refusal
from apps.cases.services.deadlines import deadline_begin, deadline_meet
from apps.cases.services.triage import case_locked, touch
from apps.cases.states import CASE, CaseState, Deed, Stance
from apps.core.actor import Actor
from apps.core.clock import now
from apps.core.errors import Invalid
from apps.institutions.permissions import refusal
from apps.journal.services import record


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a company says."""

    stance: Stance
    statement: str
    confidential: str = ""


@transaction.atomic
def allegation_send(*, actor: Actor, case: Case, text: str) -> Allegation:
    """Ask the company to answer, and start its clock.

    Where nobody has claimed the provider's name yet, the clock runs all the same, and whoever
    proves to be the provider answers.
    """
    case = case_locked(case.pk)
    refused = step_refusal(actor, case, CaseStep.ALLEGE)
    if refused or actor.person is None:
        raise refused or refusal(actor)
    if not text.strip():
        raise Invalid(_("Say what is alleged."), field="text")
    CASE.move(case, CaseState.ALLEGED)
    case.save(update_fields=["state"])
    clock = deadline_begin(actor, "cases.respond", case.pk)
    allegation = Allegation.objects.create(
        case=case,
        organisation=respondent(case),
        text=text.strip(),
        sent_by_id=actor.person,
        sent_at=clock.started_at,
        clock=clock,
    )
    touch(actor, case, Deed.ALLEGED)
    act = acts.AllegationSent(subject=case.pk, code=case.code, due_at=clock.due_at)
    record(act, actor=actor)
    return allegation


@transaction.atomic
def response_give(*, actor: Actor, case: Case, answer: Answer) -> Response:
    """Answer for the company; after the clock an answer still counts until it is decided."""
    case = case_locked(case.pk)
    company = respondent(case)
    if actor.person is None or company is None or not can_respond(actor, case):
        raise refusal(actor, _("A member of the company that the case is about answers."))
    if not answer.statement.strip():
        raise Invalid(_("Say what everyone may read."), field="statement")
    CASE.move(case, CaseState.ANSWERED)
    case.save(update_fields=["state"])
    response = Response.objects.create(
        allegation=case.allegation,
        organisation=company,
        stance=Stance(answer.stance),
        statement=answer.statement.strip(),
        confidential=answer.confidential.strip(),
        given_by_id=actor.person,
        given_at=now(),
    )
    deadline_meet(actor, "cases.respond", case.pk, "response-given")
    act = acts.ResponseGiven(
        subject=case.pk, code=case.code, organisation=company.pk, stance=response.stance
    )
    record(act, actor=actor)
    return response
