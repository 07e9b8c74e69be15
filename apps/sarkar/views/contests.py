"""What companies contest: the list that waits, and one contest with its stay and its ruling."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from apps.cases.models import Contest
from apps.cases.permissions import can_read_confidence, must_see_contests
from apps.cases.selectors import (
    contest_by_code,
    contest_refusal,
    contests_open,
    stay_refusal,
    watched,
)
from apps.cases.services import contest_rule, stay_decide
from apps.cases.states import ContestState, StayState
from apps.core.actor import Actor
from apps.core.clock import now
from apps.institutions.auth import actor_of
from apps.sarkar.forms.contests import RulingForm, StayForm
from apps.sarkar.forms.sending import sent


@login_required
@never_cache
@require_safe
def contests(request: HttpRequest) -> HttpResponse:
    """Show the contests that wait for a ruling, the first filed first."""
    must_see_contests(actor_of(request))
    page = contests_open(after=request.GET.get("after", ""), before=request.GET.get("before", ""))
    context = {"page": page, "lines": watched(page.rows, now())}
    return render(request, "sarkar/contests.html", context)


@login_required
@never_cache
@require_safe
def contest(request: HttpRequest, code: str) -> HttpResponse:
    """Show a contest, and what this regulator can decide in it, or why not."""
    actor = actor_of(request)
    must_see_contests(actor)
    context = _page(actor, contest_by_code(code))
    return render(request, "sarkar/contest.html", context)


@login_required
@never_cache
@require_POST
def stay(request: HttpRequest, code: str) -> HttpResponse:
    """Grant or refuse the stay."""
    actor = actor_of(request)
    must_see_contests(actor)
    found, form = contest_by_code(code), StayForm(request.POST)
    if sent(form, lambda: _stay(actor, found, form)):
        messages.success(request, _("The stay is decided, and public. Another one rules."))
        return redirect("sarkar:contest", code=found.code)
    context = _page(actor, contest_by_code(code)) | {"stay_form": form, "form": form}
    return render(request, "sarkar/contest.html", context, status=400)


@login_required
@never_cache
@require_POST
def rule(request: HttpRequest, code: str) -> HttpResponse:
    """Uphold or reject the contest."""
    actor = actor_of(request)
    must_see_contests(actor)
    found = contest_by_code(code)
    form = RulingForm(request.POST, contest=found)
    if sent(form, lambda: contest_rule(actor=actor, contest=found, ruling=form.ruling())):
        messages.success(request, _("The contest is ruled on, and the ruling is public."))
        return redirect("sarkar:contest", code=found.code)
    context = _page(actor, contest_by_code(code)) | {"ruling_form": form, "form": form}
    return render(request, "sarkar/contest.html", context, status=400)


def _page(actor: Actor, found: Contest) -> dict[str, Any]:
    [line] = watched([found], now())
    asked = hasattr(found, "stay") and found.stay.state == StayState.ASKED
    return {
        "contest": found,
        "line": line,
        "clauses": found.rule_version.clauses.order_by("number"),
        "confidence": can_read_confidence(actor, found),
        "stay_waits": asked,
        "stay_refusal": stay_refusal(actor, found) if asked else None,
        "stay_form": StayForm(),
        "waits": found.state == ContestState.FILED,
        "refusal": contest_refusal(actor, found),
        "ruling_form": RulingForm(contest=found),
    }


def _stay(actor: Actor, found: Contest, form: StayForm) -> object:
    told = form.cleaned_data
    granted, reasons = told["granted"], told["reasons"]
    return stay_decide(actor=actor, contest=found, granted=granted, reasons=reasons)
