"""Cases that the company answers, and may appeal."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from apps.bazaar.asking import organisation
from apps.bazaar.forms.cases import AnswerForm, CompanyAppealForm
from apps.bazaar.selectors import case_line
from apps.cases.models import Case
from apps.cases.selectors import allegations_to, can_appeal, case_by_code
from apps.cases.services import Answer, appeal_file, response_give
from apps.cases.states import CaseState
from apps.core.clock import now
from apps.core.errors import DomainError
from apps.institutions.auth import actor_of
from apps.institutions.forms import add_refusal
from apps.institutions.models import Organisation


@login_required
@never_cache
@require_safe
def cases(request: HttpRequest) -> HttpResponse:
    """Show what the company is asked, each answered from its row."""
    return _page(request)


@login_required
@require_POST
def answer(request: HttpRequest, code: str) -> HttpResponse:
    """Answer an allegation."""
    form = AnswerForm(request.POST)
    if form.is_valid():
        try:
            given = Answer(**form.cleaned_data)
            response_give(actor=actor_of(request), case=case_by_code(code), answer=given)
        except DomainError as refused:
            return _refused(request, code, form, refused)
        messages.success(request, _("Your answer is public, beside the allegation."))
        return redirect("bazaar:cases")
    return _page(request, code, form)


@login_required
@require_POST
def appeal(request: HttpRequest, code: str) -> HttpResponse:
    """Appeal against a decision."""
    form = CompanyAppealForm(request.POST)
    if form.is_valid():
        try:
            text = form.cleaned_data["text"]
            appeal_file(actor=actor_of(request), case=case_by_code(code), text=text)
        except DomainError as refused:
            return _refused(request, code, form, refused)
        messages.success(request, _("Your appeal was received; someone else decides it."))
        return redirect("bazaar:cases")
    return _page(request, code, form)


def _refused(request: HttpRequest, code: str, form: Form, refused: DomainError) -> HttpResponse:
    add_refusal(form, refused)
    return _page(request, code, form, refused.status)


def _page(
    request: HttpRequest, code: str = "", form: Form | None = None, status: int = 400
) -> HttpResponse:
    company = organisation(request)
    moment = now()
    rows = [
        (
            case_line(row.case, moment),
            row,
            form if form and row.case.code == code else _form(row.case, company),
        )
        for row in allegations_to(company)
    ]
    context = {"organisation": company, "rows": rows, "form": form}
    return render(request, "bazaar/cases.html", context, status=status if form else 200)


def _form(case: Case, company: Organisation) -> Form | None:
    if case.state == CaseState.ALLEGED:
        return AnswerForm()
    return CompanyAppealForm() if can_appeal(case, company=company) else None
