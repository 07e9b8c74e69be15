"""What cannot wait: one officer acts at once, a second confirms within a day, or it lapses."""

import datetime as dt
import uuid

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.cases import acts, errors
from apps.cases.models import Case, UrgentAction
from apps.cases.permissions import can_act_urgently, officer_refusal
from apps.cases.selectors.steps import OVER, WORDS, CaseStep, step_refusal
from apps.cases.services.deadlines import deadline_begin, deadline_meet
from apps.cases.services.triage import case_locked, touch
from apps.cases.states import URGENT, Deed, UrgentState
from apps.compliance.models import Measure
from apps.compliance.services import MeasureDraft, measure_impose
from apps.compliance.states import MeasureSource
from apps.core.actor import SYSTEM, Actor
from apps.core.clock import now
from apps.core.codes import next_code
from apps.core.errors import Invalid
from apps.core.ids import uuid7
from apps.institutions.offices import Subject
from apps.institutions.permissions import has_mandate, on_duty
from apps.journal.services import record
from apps.policy.engine import Outcome

# The founding order of casework, section 7: a confirmed measure is interim for so long.
INTERIM = dt.timedelta(days=14)


@transaction.atomic
def urgent_act(
    *, actor: Actor, case: Case, outcome: Outcome, jurisdictions: list[str], necessity: str
) -> UrgentAction:
    """Set a measure at once, for a day, on the listing of a case that is not decided.

    For an officer on duty there, in mandate and without an interest; a second one, on duty or
    not, confirms it.
    """
    case = case_locked(case.pk)
    if refused := step_refusal(actor, case, CaseStep.ACT):
        raise refused
    if actor.person is None or not _may(actor, case, jurisdictions):
        raise officer_refusal(actor, case, WORDS[CaseStep.ACT])
    if not on_duty(actor, jurisdictions):
        raise errors.NotOnDuty
    if case.listing is None:
        raise errors.NothingToMeasure(field="case")
    if not necessity.strip():
        raise Invalid(_("Say why it cannot wait."), field="necessity")
    if outcome is Outcome.ALLOW:
        raise Invalid(_("An urgent act restricts something."), field="outcome")
    new, code = uuid7(), next_code("U", "cases_urgent_code")
    clock = deadline_begin(actor, "cases.urgent.confirm", new)
    if clock.due_at is None:
        raise ValueError("A clock of hours has its end.")
    action = UrgentAction(
        id=new,
        code=code,
        case=case,
        listing=case.listing,
        outcome=outcome,
        jurisdictions=sorted(set(jurisdictions)),
        necessity=necessity.strip(),
        acted_by_id=actor.person,
        acted_at=clock.started_at,
        due_at=clock.due_at,
        clock=clock,
    )
    action.measure = _measure(action, code, clock.due_at)
    action.save()
    touch(actor, case, Deed.ACTED)
    act = acts.UrgentActed(
        subject=new,
        code=code,
        case=case.pk,
        listing=action.listing_id,
        outcome=outcome.slug,
        due_at=clock.due_at,
    )
    record(act, actor=actor)
    return action


@transaction.atomic
def urgent_confirm(*, actor: Actor, action: UrgentAction) -> UrgentAction:
    """Confirm a colleague's urgent act in time; the measure goes on as an interim one."""
    case = case_locked(action.case_id)
    action = _locked(action.pk)
    if actor.person is None or not _may(actor, case, action.jurisdictions):
        raise officer_refusal(
            actor, case, _("A regulator whose mandate for misuse covers the places confirms.")
        )
    if actor.person == action.acted_by_id:
        raise errors.SecondOfficerNeeded
    moment = now()
    if action.state == UrgentState.ACTED and action.due_at <= moment:
        raise errors.UrgentTimeOver
    URGENT.move(action, UrgentState.CONFIRMED)
    action.confirmed_by_id, action.ended_at = actor.person, moment
    if case.state not in OVER:
        action.confirmed_measure = _measure(action, f"{action.code}/2", moment + INTERIM)
    action.save()
    touch(actor, case, Deed.ACTED)
    deadline_meet(actor, "cases.urgent.confirm", action.pk, "urgent-confirmed")
    act = acts.UrgentConfirmed(
        subject=action.pk, code=action.code, case=case.pk, listing=action.listing_id
    )
    record(act, actor=actor)
    return action


@transaction.atomic
def urgent_lapse(*, action_id: uuid.UUID) -> None:
    """Say that nobody confirmed in time; the measure has ended by itself at that instant."""
    action = _locked(action_id)
    if action.state != UrgentState.ACTED or action.due_at > now():
        return
    URGENT.move(action, UrgentState.LAPSED)
    action.ended_at = action.due_at
    action.save(update_fields=["state", "ended_at"])
    act = acts.UrgentLapsed(
        subject=action.pk, code=action.code, case=action.case_id, listing=action.listing_id
    )
    record(act, actor=SYSTEM)


@transaction.atomic
def urgent_escalate(*, action_id: uuid.UUID) -> None:
    """Tell, once, that half of the time for a second officer is over."""
    action, moment = _locked(action_id), now()
    half = action.acted_at + (action.due_at - action.acted_at) / 2
    if action.state != UrgentState.ACTED or action.escalated_at or moment < half:
        return
    action.escalated_at = moment
    action.save(update_fields=["escalated_at"])
    act = acts.UrgentEscalated(
        subject=action.pk, code=action.code, case=action.case_id, due_at=action.due_at
    )
    record(act, actor=SYSTEM)


def _may(actor: Actor, case: Case, jurisdictions: list[str]) -> bool:
    return can_act_urgently(actor, case) and has_mandate(actor, jurisdictions, Subject.MISUSE)


def _measure(action: UrgentAction, reference: str, until_at: dt.datetime) -> Measure:
    return measure_impose(
        actor=SYSTEM,
        draft=MeasureDraft(
            listing=action.listing,
            outcome=Outcome(action.outcome),
            source=MeasureSource.DECISION,
            reference=reference,
            reason=action.necessity,
            jurisdictions=action.jurisdictions,
            uses=[],
            until_at=until_at,
        ),
    )


def _locked(action_id: uuid.UUID) -> UrgentAction:
    rows = UrgentAction.objects.select_for_update(of=("self",)).select_related("listing")
    return rows.get(pk=action_id)
