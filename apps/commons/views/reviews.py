"""Review rounds: the list, the page with its verdicts, and what reviewers and clerks do there."""

import datetime as dt
import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from apps.commons.forms import DeclineForm, ReviewerForm, VerdictForm
from apps.commons.selectors.acts import act_lines, subjects
from apps.core.clock import now
from apps.core.dues import Due
from apps.core.errors import DomainError
from apps.core.pagination import keyset_page
from apps.institutions.auth import actor_of
from apps.institutions.forms import add_refusal
from apps.journal.selectors import history
from apps.reviews.models import Assignment, ReviewRound
from apps.reviews.permissions import can_conduct
from apps.reviews.selectors import (
    assignment_for,
    assignments_of,
    candidates,
    reviews_owed,
    round_by_id,
    rounds,
    rounds_counted,
    summary,
)
from apps.reviews.services import (
    assignment_accept,
    assignment_decline,
    reviewer_ask,
    round_end,
    verdict_give,
)
from apps.reviews.states import OWING, ROUND, RoundState

OWN = 50


@require_safe
def reviews(request: HttpRequest) -> HttpResponse:
    """Show what the reader owes, then the rounds of one state; without a question the open ones."""
    asked = request.GET.get("state", RoundState.OPEN)
    state = RoundState(asked) if asked in RoundState else RoundState.OPEN
    page = keyset_page(
        rounds(state),
        order=["-opened_at", "-id"],
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
    )
    actor, moment = actor_of(request), now()
    own = reviews_owed(actor)[:OWN] if actor.person else []
    context = {
        "own": [(row, _due(row, moment)) for row in own],
        "state": state,
        "counts": rounds_counted().items(),
        "page": page,
    }
    return render(request, "commons/reviews.html", context)


@require_safe
def review(request: HttpRequest, review_round: uuid.UUID) -> HttpResponse:
    """Show one round; who was asked finds the form of the verdict there."""
    return _page(request, round_by_id(review_round))


@login_required
@require_POST
def ask(request: HttpRequest, review_round: uuid.UUID) -> HttpResponse:
    """Ask one more reviewer; whom the matter concerns is refused with the reason."""
    found = round_by_id(review_round)
    form = ReviewerForm(request.POST, seats=candidates(found))
    if form.is_valid():
        try:
            reviewer_ask(actor=actor_of(request), review_round=found, reviewer=form.named)
        except DomainError as refused:
            return _refused(request, found, "ask_form", form, refused)
        messages.success(request, _("The reviewer was asked."))
        return redirect("commons:review", review_round=found.pk)
    return _page(request, found, ask_form=form)


@login_required
@require_POST
def close(request: HttpRequest, review_round: uuid.UUID) -> HttpResponse:
    """End a round that is complete."""
    round_end(actor=actor_of(request), review_round=round_by_id(review_round))
    messages.success(request, _("The round is closed."))
    return redirect("commons:review", review_round=review_round)


@login_required
@require_POST
def accept(request: HttpRequest, assignment: uuid.UUID) -> HttpResponse:
    """Say that a verdict will come."""
    actor = actor_of(request)
    own = assignment_accept(actor=actor, assignment=assignment_for(actor, assignment))
    messages.success(request, _("You accepted. Your verdict is awaited."))
    return redirect("commons:review", review_round=own.round_id)


@login_required
@require_POST
def decline(request: HttpRequest, assignment: uuid.UUID) -> HttpResponse:
    """Say that no verdict will come."""
    actor, form = actor_of(request), DeclineForm(request.POST)
    own = assignment_for(actor, assignment)
    if form.is_valid():
        try:
            assignment_decline(actor=actor, assignment=own, **form.cleaned_data)
        except DomainError as refused:
            return _refused(request, own.round, "decline_form", form, refused)
        messages.success(request, _("You declined. Someone else can be asked."))
        return redirect("commons:review", review_round=own.round_id)
    return _page(request, round_by_id(own.round_id), decline_form=form)


@login_required
@require_POST
def verdict(request: HttpRequest, assignment: uuid.UUID) -> HttpResponse:
    """Give a verdict."""
    actor, form = actor_of(request), VerdictForm(request.POST)
    own = assignment_for(actor, assignment)
    if form.is_valid():
        try:
            verdict_give(actor=actor, assignment=own, **form.cleaned_data)
        except DomainError as refused:
            return _refused(request, own.round, "verdict_form", form, refused)
        messages.success(request, _("Your verdict is public, with its reasons."))
        return redirect("commons:review", review_round=own.round_id)
    return _page(request, round_by_id(own.round_id), verdict_form=form)


def _refused(
    request: HttpRequest, found: ReviewRound, name: str, form: forms.Form, refused: DomainError
) -> HttpResponse:
    add_refusal(form, refused)
    return _page(request, round_by_id(found.pk), status=refused.status, **{name: form})


def _page(
    request: HttpRequest, found: ReviewRound, *, status: int = 400, **sent: forms.Form
) -> HttpResponse:
    actor, asked = actor_of(request), list(assignments_of(found))
    is_open = found.state == RoundState.OPEN
    own = _own(asked, actor.person) if is_open else None
    may_conduct = is_open and can_conduct(actor, found)
    context: dict[str, Any] = {
        "round": found,
        "asked": asked,
        "summary": summary(found),
        "own": own,
        "due": _due(own, now()) if own else None,
        "may_conduct": may_conduct,
        "matter": subjects([found.subject]).get(found.subject),
        "stations": ROUND.timeline(found.state, _reached(found)),
        "lines": act_lines(history(found.pk, limit=20)),
        "verdict_form": VerdictForm(),
        "decline_form": DeclineForm(),
        "ask_form": ReviewerForm(seats=candidates(found)) if may_conduct else None,
    }
    return render(request, "commons/review.html", context | sent, status=status if sent else 200)


def _own(asked: list[Assignment], person: uuid.UUID | None) -> Assignment | None:
    mine = [row for row in asked if row.reviewer_id == person and row.state in OWING]
    return mine[0] if mine else None


def _reached(found: ReviewRound) -> list[tuple[str, Any]]:
    return [
        (RoundState.OPEN, found.opened_at),
        (RoundState.CLOSED, found.closed_at or found.clock.due_at),
    ]


def _due(assignment: Assignment, moment: dt.datetime) -> Due:
    clock = assignment.clock
    return Due(clock.due_at, moment, clock.rule.legal_source, clock.started_at)
