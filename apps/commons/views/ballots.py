"""Ballots: the list, the page with its three bars, and the paper of a seat."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from apps.commons.forms import RecusalForm, VoteForm
from apps.commons.selectors.acts import act_lines, subjects
from apps.commons.selectors.ballots import (
    ORDERS,
    ballots_counted,
    bars,
    own_seat,
    roll_lines,
)
from apps.core.clock import now
from apps.core.pagination import keyset_page
from apps.institutions.auth import actor_of
from apps.journal.selectors import history
from apps.voting.models import Ballot
from apps.voting.selectors import ballot_by_code, ballots_listed, result
from apps.voting.services import recusal_declare, vote_cast
from apps.voting.states import BALLOT, BallotState


@require_safe
def ballots(request: HttpRequest) -> HttpResponse:
    """Show the ballots of one state; without a question, the open ones."""
    asked = request.GET.get("state", BallotState.OPEN)
    state = BallotState(asked) if asked in ORDERS else BallotState.OPEN
    page = keyset_page(
        ballots_listed().filter(state=state),
        order=ORDERS[state],
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
    )
    context = {"state": state, "counts": ballots_counted(), "page": page}
    return render(request, "commons/ballots.html", context)


@require_safe
def ballot(request: HttpRequest, code: str) -> HttpResponse:
    """Show one ballot; who holds a seat on its roll finds the paper there."""
    return _page(request, ballot_by_code(code))


@login_required
@require_POST
def vote(request: HttpRequest, code: str) -> HttpResponse:
    """Cast the vote of the reader's seat."""
    found, form = ballot_by_code(code), VoteForm(request.POST)
    if not form.is_valid():
        return _page(request, found, vote_form=form)
    vote_cast(actor=actor_of(request), ballot=found, choice=form.cleaned_data["choice"])
    messages.success(request, _("Your seat has voted. You can change it until the close."))
    return redirect("commons:ballot", code=found.code)


@login_required
@require_POST
def step_aside(request: HttpRequest, code: str) -> HttpResponse:
    """Let the reader's seat step aside."""
    found, form = ballot_by_code(code), RecusalForm(request.POST)
    if not form.is_valid():
        return _page(request, found, recusal_form=form)
    recusal_declare(actor=actor_of(request), ballot=found, **form.cleaned_data)
    messages.success(request, _("Your seat stepped aside and has left both counts."))
    return redirect("commons:ballot", code=found.code)


def _page(
    request: HttpRequest,
    ballot: Ballot,
    *,
    vote_form: forms.Form | None = None,
    recusal_form: forms.Form | None = None,
) -> HttpResponse:
    own, stand = own_seat(actor_of(request), ballot), result(ballot)
    marked = own.mark.choice if own and own.mark else None
    context: dict[str, Any] = {
        "ballot": ballot,
        "stand": stand,
        "bars": bars(stand.chambers, stand.threshold),
        "roll": roll_lines(ballot),
        "own": own,
        "takes_votes": ballot.state == BallotState.OPEN and now() < ballot.closes_at,
        "vote_form": vote_form or VoteForm(initial={"choice": marked}),
        "recusal_form": recusal_form or RecusalForm(),
        "matter": subjects([ballot.subject]).get(ballot.subject),
        "stations": BALLOT.timeline(ballot.state, _reached(ballot)),
        "lines": act_lines(history(ballot.pk, limit=20)),
    }
    refused = (vote_form or recusal_form) is not None
    return render(request, "commons/ballot.html", context, status=400 if refused else 200)


def _reached(ballot: Ballot) -> list[tuple[str, Any]]:
    ends = BallotState.ANNULLED if ballot.state == BallotState.ANNULLED else BallotState.TALLIED
    return [
        (BallotState.DRAFT, ballot.prepared_at),
        (BallotState.OPEN, ballot.opened_at or ballot.opens_at),
        (ends, ballot.closed_at or ballot.closes_at),
    ]
