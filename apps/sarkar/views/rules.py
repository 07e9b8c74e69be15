"""Entering and ending statutory instruments."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from apps.institutions.auth import actor_of
from apps.institutions.permissions import refusal
from apps.policy.errors import DraftFault, RuleRefused
from apps.policy.models import Rule, RuleVersion
from apps.policy.permissions import can_end_version, can_enter_instruments
from apps.policy.selectors import rule_by_code, version_by_number, vocabulary
from apps.policy.services import draft_faults, expression_check, rule_end, rule_enter
from apps.sarkar.code import code_lines
from apps.sarkar.forms import EndingForm, RuleForms
from apps.sarkar.selectors import impact_of
from apps.sarkar.selectors.desk import touched_counts


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest, code: str = "") -> HttpResponse:
    """Draft a rule, or the next version of one; `check` shows the faults, `enter` brings it in."""
    if not can_enter_instruments(actor_of(request)):
        raise refusal(actor_of(request), _("Only a regulator enters statutory instruments."))
    rule = rule_by_code(code) if code else None
    if request.method != "POST":
        return _page(request, RuleForms(version=_newest(rule)), rule)
    forms = RuleForms(request.POST)
    if "check" in request.POST:
        return _page(request, forms, rule, _checked(forms))
    if not forms.is_valid():
        return _page(request, forms, rule, _checked(forms))
    try:
        version = rule_enter(actor=actor_of(request), draft=forms.draft(), rule=rule)
    except RuleRefused as refused:
        return _page(request, forms, rule, refused.draft_faults)
    messages.success(request, _("“%(title)s” is in the register.") % {"title": version.title})
    return redirect("commons:rule_version", code=version.rule.code, number=version.number)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Say what ends and whom it touches; a post repeals or withdraws it."""
    version = version_by_number(code, number)
    if not can_end_version(actor_of(request), version):
        raise refusal(
            actor_of(request),
            _("A regulator whose mandate covers every territory ends this rule."),
        )
    form = EndingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        ended = rule_end(actor=actor_of(request), version=version, reason=reason)
        messages.success(request, _("“%(title)s” has ended.") % {"title": ended.title})
        return redirect("sarkar:dashboard")
    touched = touched_counts([version]).get(version.pk, 0)
    context = {"version": version, "rule": version.rule, "form": form, "touched": touched}
    return render(request, "sarkar/rule_end.html", context)


def _newest(rule: Rule | None) -> RuleVersion | None:
    return next(iter(rule.versions.all()), None) if rule else None


def _checked(forms: RuleForms) -> list[DraftFault]:
    """Return the faults of the whole draft, or of its expression where the rest is unfinished."""
    if forms.is_valid():
        return draft_faults(forms.draft())
    parameters, clauses = forms.written()
    check = expression_check(expression=forms.expression(), parameters=parameters, clauses=clauses)
    return check.faults


def _page(
    request: HttpRequest,
    forms: RuleForms,
    rule: Rule | None,
    faults: list[DraftFault] | None = None,
) -> HttpResponse:
    forms.add_faults(faults or [])
    in_expression = [fault for fault in faults or [] if fault.field == "expression"]
    known = vocabulary()
    sound = faults == [] and forms.is_valid()
    typing = request.headers.get("HX-Request") == "true"
    context: dict[str, Any] = {
        "rule": rule,
        "form": forms.form,
        "rows": forms.rows,
        "lines": code_lines(forms.expression(), in_expression) if faults is not None else [],
        "checked": faults is not None,
        "sound": sound,
        "impact": impact_of(forms.draft()) if sound and not typing else None,
        "expression_sound": faults is not None and not in_expression,
        "listing_facts": known.listing.values(),
        "request_facts": known.request.values(),
    }
    return render(request, "sarkar/checked.html" if typing else "sarkar/rule_enter.html", context)
