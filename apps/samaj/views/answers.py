"""Come back with a receipt: see where the report is, and appeal."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST
from rest_framework.throttling import BaseThrottle

from apps.cases.selectors import public_cases, report_status
from apps.cases.services import appeal_by_receipt, evidence_add, must_not_flood
from apps.core.errors import DomainError
from apps.institutions.forms import add_refusal
from apps.samaj.forms import AppealForm, EvidenceForm, ReceiptForm


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answers(request: HttpRequest) -> HttpResponse:
    """Ask for the receipt; where it was given, show what it opens."""
    form = ReceiptForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        must_not_flood("receipt", BaseThrottle().get_ident(request))  # type: ignore[arg-type]
        receipt = form.cleaned_data["receipt"]
        try:
            return _status(request, receipt)
        except DomainError as refused:
            add_refusal(form, refused)
    return render(request, "samaj/answers.html", {"form": form}, status=400 if form.errors else 200)


@never_cache
@require_POST
def appeal(request: HttpRequest) -> HttpResponse:
    """Appeal against the decision, with the receipt alone."""
    must_not_flood("receipt", BaseThrottle().get_ident(request))  # type: ignore[arg-type]
    form, receipt = AppealForm(request.POST), request.POST.get("receipt", "")
    if form.is_valid():
        try:
            appeal_by_receipt(receipt=receipt, text=form.cleaned_data["text"])
        except DomainError as refused:
            add_refusal(form, refused)
        else:
            told = _("Your appeal was received. Someone who never touched the case decides it.")
            return _status(request, receipt, told=told)
    return _status(request, receipt, appeal=form)


@never_cache
@require_POST
def evidence(request: HttpRequest) -> HttpResponse:
    """Add files to a report, with the receipt alone; each that is not taken is named."""
    must_not_flood("receipt", BaseThrottle().get_ident(request))  # type: ignore[arg-type]
    form, receipt = EvidenceForm(request.POST, request.FILES), request.POST.get("receipt", "")
    taken = 0
    for file in form.cleaned_data["file"] if form.is_valid() else []:
        try:
            evidence_add(receipt=receipt, file=file)
        except DomainError as refused:
            form.add_error("file", f"{file.name}: {refused.reason} {refused.remedy}")
        else:
            taken += 1
    told = ngettext("%d file was added.", "%d files were added.", taken) % taken if taken else ""
    return _status(request, receipt, told=told, files=form)


def _status(
    request: HttpRequest,
    receipt: str,
    *,
    told: str | Promise = "",
    appeal: AppealForm | None = None,
    files: EvidenceForm | None = None,
) -> HttpResponse:
    status = report_status(receipt)
    shown = status.case is not None and public_cases().filter(pk=status.case.pk).exists()
    known = {"receipt": receipt}
    wrong = [form for form in (appeal, files) if form is not None and form.errors]
    context = {
        "status": status,
        "case": status.case if shown else None,
        "appeal": (appeal or AppealForm(initial=known)) if status.can_appeal or appeal else None,
        "files": (files if wrong else None) or EvidenceForm(initial=known),
        "told": told,
        "wrong": wrong[0] if wrong else None,
    }
    return render(request, "samaj/status.html", context, status=400 if wrong else 200)
