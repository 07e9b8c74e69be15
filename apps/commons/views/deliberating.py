"""The steps of a proposal and of its comments, each by one form on the proposal's page."""

import uuid
from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from apps.commons.forms import AppealAnswerForm, CommentForm, ReasonForm
from apps.commons.views.proposals import proposal_page
from apps.core.actor import Actor
from apps.core.errors import DomainError, NotPermitted, Text
from apps.institutions.auth import actor_of
from apps.institutions.forms import add_refusal
from apps.proposals import services
from apps.proposals.models import Comment, Proposal
from apps.proposals.selectors.proposals import comment_by_id, proposal_by_code, text_of

Deed = Callable[[Actor], object]
View = Callable[[HttpRequest, str], HttpResponse]


def _step(service: Callable[..., object], words: Text) -> View:
    """Return the view of a step that asks for nothing but the will to take it."""

    @login_required
    @require_POST
    def step(request: HttpRequest, code: str) -> HttpResponse:
        found = _found(request, code)
        service(actor=actor_of(request), proposal=found)
        return _back(request, found, words)

    return step


submit = _step(
    services.proposal_submit, _("The proposal is public now. A clerk opens its consultation.")
)
consult = _step(services.consultation_open, _("The consultation is open."))
review = _step(services.review_open, _("The review round is open."))
renew = _step(services.review_renew, _("Another review round is open."))
freeze = _step(services.text_freeze, _("The text is frozen. A clerk calls the ballot."))
call = _step(services.ballot_call, _("The three chambers are called to vote."))


@login_required
@require_POST
def follow(request: HttpRequest, code: str) -> HttpResponse:
    """Follow the proposal, or no more."""
    found, actor = _found(request, code), actor_of(request)
    if request.POST.get("end"):
        services.follow_end(actor=actor, proposal=found)
        return _back(request, found, _("You no longer follow this proposal."))
    services.follow_begin(actor=actor, proposal=found)
    return _back(request, found, _("You follow this proposal."))


@login_required
@require_POST
def withdraw(request: HttpRequest, code: str) -> HttpResponse:
    """Take the proposal back."""
    found, form = _found(request, code), ReasonForm(request.POST, auto_id="id_withdraw_%s")

    def deed(actor: Actor) -> object:
        return services.proposal_withdraw(actor=actor, proposal=found, **form.cleaned_data)

    return _done(request, found, "withdraw", form, deed, _("The proposal was withdrawn."))


@login_required
@require_POST
def comment(request: HttpRequest, code: str) -> HttpResponse:
    """Comment on the text."""
    found = _found(request, code)
    form = CommentForm(request.POST, clauses=len(text_of(found).document["clauses"]))

    def deed(actor: Actor) -> object:
        return services.comment_post(actor=actor, proposal=found, **form.cleaned_data)

    return _done(request, found, "comment", form, deed, _("Your comment is on the page."))


@login_required
@require_POST
def remove(request: HttpRequest, code: str, comment: uuid.UUID) -> HttpResponse:
    """Hide a comment."""
    found, form = _found(request, code), _reason(request, comment)
    target = comment_by_id(found, comment)

    def deed(actor: Actor) -> Comment:
        return services.comment_remove(actor=actor, comment=target, **form.cleaned_data)

    words = _("The comment is hidden, and counted. Who wrote it may appeal.")
    return _done(request, found, str(comment), form, deed, words)


@login_required
@require_POST
def appeal(request: HttpRequest, code: str, comment: uuid.UUID) -> HttpResponse:
    """Ask for one's comment to be shown again."""
    found, form = _found(request, code), _reason(request, comment)
    target = comment_by_id(found, comment)

    def deed(actor: Actor) -> Comment:
        return services.removal_appeal(actor=actor, comment=target, **form.cleaned_data)

    words = _("Your appeal is filed. A chair who did not remove the comment decides it.")
    return _done(request, found, str(comment), form, deed, words)


@login_required
@require_POST
def decide(request: HttpRequest, code: str, comment: uuid.UUID) -> HttpResponse:
    """Decide an appeal."""
    found = _found(request, code)
    form = AppealAnswerForm(request.POST, auto_id=f"id_{comment}_%s")
    target = comment_by_id(found, comment)

    def deed(actor: Actor) -> Comment:
        return services.appeal_decide(actor=actor, comment=target, **form.cleaned_data)

    return _done(request, found, str(comment), form, deed, _("The appeal is decided."))


def _found(request: HttpRequest, code: str) -> Proposal:
    return proposal_by_code(code, actor_of(request))


def _reason(request: HttpRequest, comment: uuid.UUID) -> ReasonForm:
    return ReasonForm(request.POST, auto_id=f"id_{comment}_%s")


def _done(
    request: HttpRequest, proposal: Proposal, place: str, form: Form, deed: Deed, words: Text
) -> HttpResponse:
    """Do what the form says, or show it again with what is wrong; nothing written is lost."""
    if form.is_valid():
        try:
            deed(actor_of(request))
        except NotPermitted:
            raise
        except DomainError as refused:
            add_refusal(form, refused)
        else:
            return _back(request, proposal, words)
    return proposal_page(request, _found(request, proposal.code), {place: form})


def _back(request: HttpRequest, proposal: Proposal, words: Text) -> HttpResponse:
    messages.success(request, str(words))
    return redirect("commons:proposal", code=proposal.code)
