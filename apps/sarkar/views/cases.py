"""What waits in casework, and a case with the steps that can be taken."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from apps.cases.models import Case
from apps.cases.permissions import must_read_case, must_triage
from apps.cases.selectors import CaseStep, case_by_code, cases_open, errands_owed
from apps.cases.services import (
    allegation_send,
    case_assign,
    case_hand_over,
    case_identify,
    decision_issue,
    urgent_act,
)
from apps.core.actor import Actor
from apps.core.errors import NotFound
from apps.institutions.auth import actor_of
from apps.policy.engine import Outcome
from apps.sarkar.forms.cases import IdentifyForm
from apps.sarkar.forms.decisions import DecisionForm
from apps.sarkar.forms.sending import sent
from apps.sarkar.views.casefile import case_page, step_form

Deed = Callable[[Actor, Case, Form], object]


@login_required
@never_cache
@require_safe
def cases(request: HttpRequest) -> HttpResponse:
    """Show what waits for this officer, the first due first, and all open cases."""
    actor = actor_of(request)
    must_triage(actor)
    context = {
        "errands": errands_owed(actor),
        "page": cases_open(after=request.GET.get("after", "")),
    }
    return render(request, "sarkar/cases.html", context)


@login_required
@never_cache
@require_safe
def case(request: HttpRequest, code: str) -> HttpResponse:
    """Show a case: both sides, its reports, and what can be done now and by whom."""
    actor = actor_of(request)
    must_triage(actor)
    found = case_by_code(code)
    must_read_case(actor, found)
    context = case_page(actor, found, search=request.GET.get("q", ""))
    return render(request, "sarkar/case.html", context)


@login_required
@never_cache
@require_POST
def step(request: HttpRequest, code: str, step: str) -> HttpResponse:
    """Take one step of a case."""
    actor = actor_of(request)
    must_triage(actor)
    found = case_by_code(code)
    must_read_case(actor, found)
    if step not in DEEDS:
        raise NotFound(_("A case has no such step."))
    form = step_form(CaseStep(step), found, request.POST)
    if sent(form, lambda: DEEDS[step](actor, found, form)):
        messages.success(request, _("The step was taken."))
        return redirect("sarkar:case", code=found.code)
    context = case_page(actor, case_by_code(code), tried={CaseStep(step): form})
    return render(request, "sarkar/case.html", context, status=400)


def _identify(actor: Actor, case: Case, form: Form) -> object:
    if not isinstance(form, IdentifyForm):
        raise TypeError(type(form))
    return case_identify(actor=actor, case=case, **form.thing())


def _assign(actor: Actor, case: Case, form: Form) -> object:
    return case_assign(actor=actor, case=case, officer=form.cleaned_data["officer"])


def _hand_over(actor: Actor, case: Case, form: Form) -> object:
    return case_hand_over(actor=actor, case=case, officer=form.cleaned_data["officer"])


def _allege(actor: Actor, case: Case, form: Form) -> object:
    return allegation_send(actor=actor, case=case, text=form.cleaned_data["text"])


def _decide(actor: Actor, case: Case, form: Form) -> object:
    if not isinstance(form, DecisionForm):
        raise TypeError(type(form))
    return decision_issue(actor=actor, case=case, draft=form.draft())


def _act(actor: Actor, case: Case, form: Form) -> object:
    told = form.cleaned_data
    return urgent_act(
        actor=actor,
        case=case,
        outcome=Outcome(told["outcome"]),
        jurisdictions=told["jurisdictions"],
        necessity=told["necessity"],
    )


DEEDS: dict[str, Deed] = {
    CaseStep.IDENTIFY: _identify,
    CaseStep.ASSIGN: _assign,
    CaseStep.HAND_OVER: _hand_over,
    CaseStep.ALLEGE: _allege,
    CaseStep.DECIDE: _decide,
    CaseStep.ACT: _act,
}
