"""Entering and ending statutory instruments."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from apps.compliance.selectors.simulations import simulated
from apps.compliance.services import simulation_start
from apps.compliance.tasks import simulation_set_off
from apps.institutions.auth import actor_of
from apps.institutions.permissions import refusal
from apps.policy.errors import DraftFault, RuleRefused
from apps.policy.forms import RuleForms, asks_only, begun, checked, editor, sent_rule
from apps.policy.models import Rule
from apps.policy.permissions import can_end_version, can_enter_instruments
from apps.policy.selectors import rule_by_code, version_by_number
from apps.policy.services import (
    RuleDraft,
    can_roll_back,
    draft_overlaps,
    next_draft,
    rule_end,
    rule_enter,
    rule_roll_back,
    undoing_of,
)
from apps.sarkar.forms import EndingForm, UndoingForm
from apps.sarkar.selectors import impact_of, turned
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
        return _page(request, RuleForms(draft=_newest(rule) or begun(request.GET)), rule)
    forms = sent_rule(RuleForms, request.POST)
    if asks_only(request.POST) or not forms.is_valid():
        return _page(request, forms, rule, checked(forms, follows=rule))
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


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def roll_back(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Say what taking a version back would change; a post takes it back."""
    actor, version = actor_of(request), version_by_number(code, number)
    undoing = undoing_of(version)
    if not can_roll_back(actor, undoing):
        raise refusal(
            actor, _("A regulator whose mandate covers every territory takes this rule back.")
        )
    form = UndoingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        stands = rule_roll_back(actor=actor, version=version, reason=form.cleaned_data["reason"])
        messages.success(request, _("“%(title)s” was taken back.") % {"title": version.title})
        return redirect("commons:rule_version", code=code, number=stands.number)
    context = {"version": version, "rule": version.rule, "form": form, "undoing": undoing}
    return render(request, "sarkar/rule_back.html", context | {"turned": turned(version)})


def _newest(rule: Rule | None) -> RuleDraft | None:
    newest = next(iter(rule.versions.all()), None) if rule else None
    return next_draft(newest) if newest else None


def _page(
    request: HttpRequest,
    forms: RuleForms,
    rule: Rule | None,
    faults: list[DraftFault] | None = None,
) -> HttpResponse:
    typing = request.headers.get("HX-Request") == "true"
    context = {"rule": rule} | editor(forms, faults)
    if context["sound"] and not typing:
        context["impact"] = impact_of(forms.draft())
        asked = simulation_start(actor=actor_of(request), draft=forms.draft(), follows=rule)
        context |= simulated(simulation_set_off(asked))
        context["overlaps"] = draft_overlaps(forms.draft(), follows=rule)
    return render(request, "policy/checked.html" if typing else "sarkar/rule_enter.html", context)
