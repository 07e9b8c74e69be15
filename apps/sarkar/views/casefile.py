"""A case as its officers see it: everything of it, and each step with its form or its refusal."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.forms import Form

from apps.cases.models import Case
from apps.cases.permissions import respondent
from apps.cases.selectors import (
    CaseStep,
    Step,
    appeals_in,
    decisions_in,
    is_public,
    reports_of,
    steps_now,
    steps_of,
    urgent_in,
)
from apps.clocks.selectors import clocks_of
from apps.core.actor import Actor
from apps.core.jurisdictions import jurisdiction
from apps.listings.selectors import RegisterFilter, register_page
from apps.sarkar.forms.cases import AllegationForm, AssignForm, IdentifyForm
from apps.sarkar.forms.decisions import DecisionForm, UrgentForm

FOUND = 10


@dataclass(frozen=True, slots=True)
class OfferedStep:
    """A step with its form; without one it is refused, and the refusal says why."""

    step: Step
    form: Form | None


def case_page(
    actor: Actor, case: Case, *, search: str = "", tried: Mapping[CaseStep, Form] | None = None
) -> dict[str, Any]:
    """Return what the page of a case shows; `tried` holds the form that was refused."""
    given = tried or {}
    steps = [
        OfferedStep(
            step, None if step.refusal else given.get(step.kind) or step_form(step.kind, case)
        )
        for step in steps_now(actor, case)
    ]
    allegation = getattr(case, "allegation", None)
    main = len(steps) - sum(step.step.kind in BESIDE for step in steps)
    refused = [form for form in given.values() if form.errors]
    return {
        "case": case,
        "next": steps[0] if main else None,
        "beside": steps[main:],
        "wrong": refused[0] if refused else None,
        "stations": steps_of(case),
        "allegation": allegation,
        "response": getattr(allegation, "response", None) if allegation else None,
        "company": respondent(case),
        "reports": reports_of(case),
        "urgent": urgent_in(case),
        "decisions": decisions_in(case),
        "appeals": appeals_in(case),
        "clocks": clocks_of(case.pk),
        "places": [jurisdiction(place).name for place in case.jurisdictions],
        "public": is_public(case),
        "search": search,
        "found": _found(search),
    }


BESIDE = (CaseStep.HAND_OVER, CaseStep.ACT)


def step_form(step: CaseStep, case: Case, sent: Any = None) -> Form:
    """Return the form of a step, begun with what the case says already."""
    if step in {CaseStep.ASSIGN, CaseStep.HAND_OVER}:
        return AssignForm(sent, case=case)
    if step is CaseStep.IDENTIFY:
        return IdentifyForm(sent)
    if step is CaseStep.ALLEGE:
        return AllegationForm(sent, initial={"text": case.questions})
    places = {"jurisdictions": case.jurisdictions}
    if step is CaseStep.DECIDE:
        return DecisionForm(sent, initial=places)
    return UrgentForm(sent, initial=places)


def _found(search: str) -> list[Any]:
    """Return listings that a search finds, to be named as what a case is about."""
    if not search.strip():
        return []
    return register_page(RegisterFilter(text=search), size=FOUND).rows
