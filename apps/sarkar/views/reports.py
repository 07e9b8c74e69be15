"""A report with its files: open a case of it, or join it to one that is open."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.cases.models import MisuseReport
from apps.cases.permissions import must_read_report, must_triage
from apps.cases.selectors import case_by_code, cases_to_join, evidence_by_id, evidence_of
from apps.cases.selectors import report_by_id as report_of
from apps.cases.services import case_open, report_link
from apps.cases.states import Harm
from apps.core.errors import DomainError
from apps.core.pages import attachment
from apps.institutions.auth import actor_of
from apps.sarkar.forms.cases import CaseOpenForm
from apps.sarkar.forms.sending import sent


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, report: uuid.UUID) -> HttpResponse:
    """Show a report with its files and the cases it may belong to; open a case of it."""
    actor = actor_of(request)
    must_triage(actor)
    found = report_of(report)
    must_read_report(actor, found)
    form = CaseOpenForm(request.POST or None, initial=_known(found))
    opened = []
    if request.method == "POST" and sent(
        form, lambda: opened.append(case_open(actor=actor, draft=form.draft(reports=[found.pk])))
    ):
        return redirect("sarkar:case", code=opened[0].code)
    return _page(request, found, form)


@login_required
@require_POST
def link(request: HttpRequest, report: uuid.UUID) -> HttpResponse:
    """Join a report to an open case; several reports make one case."""
    actor = actor_of(request)
    must_triage(actor)
    found = report_of(report)
    must_read_report(actor, found)
    try:
        case = case_by_code(request.POST.get("case", ""))
        report_link(actor=actor, report=found, case=case)
    except DomainError as refused:
        return _page(request, found, CaseOpenForm(initial=_known(found)), refused)
    messages.success(request, _("The report is part of the case."))
    return redirect("sarkar:case", code=case.code)


@login_required
@never_cache
@require_safe
def evidence(request: HttpRequest, evidence: uuid.UUID) -> HttpResponse:
    """Hand out a file to an officer."""
    actor = actor_of(request)
    must_triage(actor)
    file = evidence_by_id(evidence)
    must_read_report(actor, report_of(file.report_id))
    return attachment(file.file_name, bytes(file.content))


def _known(report: MisuseReport) -> dict[str, object]:
    return {
        "listing": report.listing.code if report.listing else "",
        "jurisdictions": [report.jurisdiction] if report.jurisdiction else [],
    }


def _page(
    request: HttpRequest,
    report: MisuseReport,
    form: Form,
    refusal: DomainError | None = None,
) -> HttpResponse:
    search = request.GET.get("q", "")
    status = refusal.status if refusal else 400 if form.errors else 200
    context = {
        "report": report,
        "files": evidence_of(report),
        "form": form,
        "refusal": refusal,
        "harms": [Harm(harm).label for harm in report.harms],
        "search": search,
        "joinable": cases_to_join(report, search),
        "case": report.link.case if hasattr(report, "link") else None,
    }
    return render(request, "sarkar/report.html", context, status=status)
