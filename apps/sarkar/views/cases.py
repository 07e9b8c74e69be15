"""Reports to look at, and cases with their next step."""

import uuid
from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from apps.cases.models import Appeal, Case, Evidence, MisuseReport
from apps.cases.permissions import can_read_evidence, can_triage
from apps.cases.selectors import (
    appeals_open,
    case_by_code,
    cases_open,
    reports_of,
    reports_waiting,
)
from apps.cases.services import (
    allegation_send,
    appeal_decide,
    case_assign,
    case_identify,
    case_open,
    decision_issue,
)
from apps.cases.sniffing import ENDINGS
from apps.cases.states import CaseState
from apps.core.actor import Actor
from apps.core.errors import DomainError
from apps.institutions.auth import actor_of
from apps.institutions.permissions import refusal
from apps.listings.selectors import listing_by_code
from apps.sarkar.forms.cases import (
    AllegationForm,
    AppealDecisionForm,
    AssignForm,
    CaseOpenForm,
    DecisionForm,
    IdentifyForm,
    add_faults,
)

Deed = Callable[[Actor, Case, Form], object]


def _identify(actor: Actor, case: Case, form: Form) -> object:
    listing = listing_by_code(form.cleaned_data["listing"])
    return case_identify(actor=actor, case=case, listing=listing)


def _assign(actor: Actor, case: Case, form: Form) -> object:
    return case_assign(actor=actor, case=case, officer=form.cleaned_data["officer"])


def _allege(actor: Actor, case: Case, form: Form) -> object:
    return allegation_send(actor=actor, case=case, text=form.cleaned_data["text"])


def _decide(actor: Actor, case: Case, form: Form) -> object:
    if not isinstance(form, DecisionForm):
        raise TypeError(type(form))
    return decision_issue(actor=actor, case=case, draft=form.draft())


NEXT: dict[str, tuple[type[Form], Deed]] = {
    CaseState.IDENTIFYING: (IdentifyForm, _identify),
    CaseState.TRIAGED: (AssignForm, _assign),
    CaseState.ASSIGNED: (AllegationForm, _allege),
    CaseState.ALLEGED: (DecisionForm, _decide),
    CaseState.ANSWERED: (DecisionForm, _decide),
}


@login_required
@never_cache
@require_safe
def cases(request: HttpRequest) -> HttpResponse:
    """Show the reports, cases and appeals that wait, the oldest first."""
    _must_triage(request)
    context = {
        "reports": reports_waiting(after=request.GET.get("reports", "")),
        "cases": cases_open(after=request.GET.get("after", "")),
        "appeals": appeals_open(),
    }
    return render(request, "sarkar/cases.html", context)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, report: uuid.UUID) -> HttpResponse:
    """Show a report with its files, and open a case of it."""
    _must_triage(request)
    found = get_object_or_404(MisuseReport.objects.select_related("listing"), pk=report)
    known = {"listing": found.listing.code} if found.listing else {}
    form = CaseOpenForm(request.POST or None, initial=known)
    if request.method == "POST" and form.is_valid():
        try:
            case = case_open(actor=actor_of(request), draft=form.draft(reports=[found.pk]))
        except DomainError as refused:
            add_faults(form, refused)
        else:
            return redirect("sarkar:case", code=case.code)
    files = found.evidence.defer("content").order_by("id")
    context = {"report": found, "files": files, "form": form}
    return render(request, "sarkar/report.html", context, status=400 if form.errors else 200)


@login_required
@never_cache
@require_safe
def evidence(request: HttpRequest, evidence: uuid.UUID) -> HttpResponse:
    """Hand out a file, always as an attachment that nothing opens by itself."""
    if not can_read_evidence(actor_of(request)):
        raise refusal(actor_of(request))
    file = get_object_or_404(Evidence, pk=evidence)
    answer = HttpResponse(bytes(file.content), content_type="application/octet-stream")
    name = f"evidence-{file.sha256[:12]}.{ENDINGS[file.media_type]}"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def case(request: HttpRequest, code: str) -> HttpResponse:
    """Show a case with its reports, and take its next step."""
    _must_triage(request)
    found = case_by_code(code)
    form_of, deed = NEXT.get(found.state, (None, None))
    form = form_of(request.POST or None) if form_of else None
    if request.method == "POST" and form is not None and deed is not None and form.is_valid():
        try:
            deed(actor_of(request), found, form)
        except DomainError as refused:
            add_faults(form, refused)
        else:
            messages.success(request, _("The step was taken."))
            return redirect("sarkar:case", code=found.code)
    allegation = getattr(found, "allegation", None)
    context = {
        "case": found,
        "form": form,
        "reports": reports_of(found),
        "response": getattr(allegation, "response", None) if allegation else None,
        "allegation": allegation,
    }
    wrong = form is not None and bool(form.errors)
    return render(request, "sarkar/case.html", context, status=400 if wrong else 200)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def appeal(request: HttpRequest, appeal: uuid.UUID) -> HttpResponse:
    """Decide an appeal: let the decision stand, or put another in its place."""
    _must_triage(request)
    found = get_object_or_404(
        Appeal.objects.select_related("decision__case", "organisation"), pk=appeal
    )
    changes = "change" in request.POST
    stands = AppealDecisionForm(request.POST if request.POST and not changes else None)
    changed = DecisionForm(request.POST if changes else None, prefix="new")
    form: Form = changed if changes else stands
    if request.method == "POST" and form.is_valid():
        try:
            draft = changed.draft() if changes else None
            reasons = form.cleaned_data["reasons"]
            appeal_decide(actor=actor_of(request), appeal=found, reasons=reasons, changed=draft)
        except DomainError as refused:
            add_faults(form, refused)
        else:
            messages.success(request, _("The appeal is decided, and public."))
            return redirect("sarkar:cases")
    context = {"appeal": found, "stands": stands, "changed": changed, "form": form}
    return render(request, "sarkar/appeal.html", context, status=400 if form.errors else 200)


def _must_triage(request: HttpRequest) -> None:
    actor = actor_of(request)
    if not can_triage(actor):
        raise refusal(actor, _("This page is for officers with a mandate for misuse."))
