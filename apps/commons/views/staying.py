"""Staying a rule: one chair asks, the chair of another chamber countersigns, either ends it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from apps.commons.forms.staying import StayForm
from apps.core.actor import Actor
from apps.core.errors import DomainError
from apps.institutions.auth import actor_of
from apps.institutions.forms import add_refusal
from apps.institutions.permissions import refusal
from apps.policy.models import Divergence, RuleStay
from apps.policy.permissions import can_end_stay, chambers_to_ask, chambers_to_countersign
from apps.policy.selectors import divergence_by_code, stay_by_code, stays_of
from apps.policy.services import stay_ask, stay_countersign, stay_end
from apps.policy.states import RuleStayState


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, code: str) -> HttpResponse:
    """Ask, as a chair, that the rule of a notice be stayed, and see what was asked before."""
    actor, divergence = actor_of(request), divergence_by_code(code)
    if not chambers_to_ask(actor).exists():
        raise refusal(actor, _("The chairs of chambers stay a rule."))
    form = StayForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            stay_ask(actor=actor, divergence=divergence, reasons=form.cleaned_data["reasons"])
        except DomainError as refused:
            add_refusal(form, refused)
        else:
            messages.success(request, _("Public now. The chair of another chamber countersigns."))
            return redirect("commons:divergence_stay", code=divergence.code)
    context = _shown(actor, divergence) | {"form": form}
    return render(request, "commons/divergence_stay.html", context)


@login_required
@require_POST
def countersign(request: HttpRequest, code: str) -> HttpResponse:
    """Countersign, as the chair of another chamber: the rule binds nobody for a time."""
    stay = stay_by_code(code)
    stay_countersign(actor=actor_of(request), stay=stay)
    messages.success(request, _("The rule is stayed: it advises, and binds nobody."))
    return redirect("commons:divergence_stay", code=code)


@login_required
@require_POST
def end(request: HttpRequest, code: str) -> HttpResponse:
    """Withdraw what was asked for, or lift the stay: the rule binds again at once."""
    stay_end(actor=actor_of(request), stay=stay_by_code(code))
    messages.success(request, _("The stay is over."))
    return redirect("commons:divergence_stay", code=code)


def _shown(actor: Actor, divergence: Divergence) -> dict[str, object]:
    stays = list(stays_of(divergence))
    latest = stays[0] if stays else None
    return {
        "divergence": divergence,
        "version": divergence.version,
        "rule": divergence.version.rule,
        "stays": stays,
        "open": latest if latest and latest.is_open else None,
        "may_countersign": _may_countersign(actor, latest),
        "may_end": latest is not None and latest.is_open and can_end_stay(actor, latest),
    }


def _may_countersign(actor: Actor, stay: RuleStay | None) -> bool:
    if stay is None or stay.state != RuleStayState.ASKED:
        return False
    return chambers_to_countersign(actor, stay).exists()
