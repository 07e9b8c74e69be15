"""Come back with a receipt: see where the report is, and appeal."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST
from rest_framework.throttling import BaseThrottle

from apps.cases.selectors import public_cases, report_status
from apps.cases.services import appeal_by_receipt, must_not_flood
from apps.core.errors import DomainError
from apps.institutions.forms import add_refusal
from apps.samaj.forms import AppealForm, ReceiptForm


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answers(request: HttpRequest) -> HttpResponse:
    """Ask for the receipt; where it was given, show what it opens."""
    form = ReceiptForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        must_not_flood("receipt", BaseThrottle().get_ident(request))  # type: ignore[arg-type]
        receipt = form.cleaned_data["receipt"]
        try:
            return _status(request, receipt, AppealForm(initial={"receipt": receipt}))
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
            return _status(request, receipt, None)
    return _status(request, receipt, form)


def _status(request: HttpRequest, receipt: str, form: AppealForm | None) -> HttpResponse:
    status = report_status(receipt)
    shown = status.case is not None and public_cases().filter(pk=status.case.pk).exists()
    context = {
        "status": status,
        "case": status.case if shown else None,
        "form": form if status.can_appeal else None,
        "appealed": form is None,
    }
    wrong = form is not None and bool(form.errors)
    return render(request, "samaj/status.html", context, status=400 if wrong else 200)
