"""Saying that the text of a rule and its expression part, and answering it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from apps.commons.forms.diverging import DivergenceAnswerForm, DivergenceForm
from apps.core.errors import DomainError
from apps.institutions.auth import actor_of
from apps.institutions.forms import add_refusal
from apps.institutions.permissions import refusal
from apps.policy.permissions import can_answer_divergence, can_file_divergence
from apps.policy.selectors import divergence_by_code, version_by_number
from apps.policy.services import divergence_answer, divergence_file


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def file(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Say that what runs is not what the text says."""
    actor, version = actor_of(request), version_by_number(code, number)
    if not can_file_divergence(actor):
        raise refusal(actor, _("A person in good standing files a notice."))
    form = DivergenceForm(request.POST or None, clauses=list(version.clauses.all()))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            divergence_file(
                actor=actor,
                version=version,
                statement=said["statement"],
                clause_number=said["clause_number"],
                listing_code=said["listing_code"],
            )
        except DomainError as refused:
            add_refusal(form, refused)
        else:
            messages.success(request, _("Your notice is public. Whoever made the rule answers it."))
            return redirect("commons:rule_version", code=code, number=number)
    context = {"version": version, "rule": version.rule, "form": form}
    return render(request, "commons/divergence_file.html", context)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, code: str) -> HttpResponse:
    """Say with reasons, for the office that made the rule, whether they part."""
    actor, divergence = actor_of(request), divergence_by_code(code)
    if not can_answer_divergence(actor, divergence):
        raise refusal(actor, _("The office that made the rule answers, by someone else."))
    version = divergence.version
    form = DivergenceAnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        parts, reasons = form.cleaned_data["parts"] == "yes", form.cleaned_data["answer"]
        try:
            divergence_answer(actor=actor, divergence=divergence, parts=parts, answer=reasons)
        except DomainError as refused:
            add_refusal(form, refused)
        else:
            messages.success(request, _("Your answer is public."))
            return redirect("commons:rule_version", code=version.rule.code, number=version.number)
    context = {"divergence": divergence, "version": version, "rule": version.rule, "form": form}
    return render(request, "commons/divergence.html", context)
