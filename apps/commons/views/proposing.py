"""Writing a proposal: its first text, and every later one."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from apps.commons.forms import NoteForm, OriginForm, ProposalForms
from apps.compliance.selectors.simulations import simulated
from apps.compliance.services import simulation_start
from apps.compliance.tasks import simulation_set_off
from apps.core.errors import DomainError
from apps.institutions.auth import actor_of
from apps.institutions.forms import add_refusal
from apps.institutions.permissions import refusal
from apps.policy.errors import DraftFault, RuleRefused
from apps.policy.forms import asks_only, begun, checked, editor, sent_rule
from apps.policy.models import Rule
from apps.policy.services import RuleDraft, draft_of, draft_overlaps, next_draft
from apps.proposals.models import Proposal
from apps.proposals.permissions import can_propose, is_author
from apps.proposals.selectors.proposals import proposal_by_code, text_of
from apps.proposals.services import proposal_start, revision_add
from apps.proposals.states import REVISABLE

Head = OriginForm | NoteForm


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """Begin a proposal; `check` shows the faults, `keep` keeps the draft for its author alone."""
    actor = actor_of(request)
    if not can_propose(actor):
        raise refusal(actor, _("A person in good standing proposes."))
    if request.method != "POST":
        head = OriginForm(initial=OriginForm.asked(request.GET))
        forms = ProposalForms(draft=_newest(head.rule_asked()) or begun(request.GET))
        return _page(request, forms, head)
    head, forms = OriginForm(request.POST), sent_rule(ProposalForms, request.POST)
    if asks_only(request.POST) or not all([head.is_valid(), forms.is_valid()]):
        return _page(request, forms, head, checked(forms, follows=_followed(head)))
    try:
        proposal = proposal_start(actor=actor, draft=forms.draft(), **head.said())
    except DomainError as refused:
        return _refused(request, forms, head, refused)
    messages.success(request, _("Your draft is kept. Only you see it until you submit it."))
    return redirect("commons:proposal", code=proposal.code)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, code: str) -> HttpResponse:
    """Write another text of a proposal."""
    actor = actor_of(request)
    proposal = proposal_by_code(code, actor)
    if not is_author(actor, proposal):
        raise refusal(actor, _("The author revises the text."))
    if proposal.state not in REVISABLE:
        return redirect("commons:proposal", code=proposal.code)
    latest = text_of(proposal)
    if request.method != "POST":
        head = NoteForm(initial={"justification": latest.justification})
        return _page(request, ProposalForms(draft=draft_of(latest.document)), head, of=proposal)
    head, forms = NoteForm(request.POST), sent_rule(ProposalForms, request.POST)
    if asks_only(request.POST) or not all([head.is_valid(), forms.is_valid()]):
        found = checked(forms, follows=_followed(head, proposal))
        return _page(request, forms, head, found, of=proposal)
    try:
        revision_add(actor=actor, proposal=proposal, draft=forms.draft(), **head.said())
    except DomainError as refused:
        return _refused(request, forms, head, refused, of=proposal)
    messages.success(request, _("The text is kept."))
    return redirect("commons:proposal", code=proposal.code)


def _followed(head: Head, of: Proposal | None = None) -> Rule | None:
    """Return the rule that the text would change, as the proposal or its origin says."""
    if of:
        return of.follows
    return head.rule_asked() if isinstance(head, OriginForm) else None


def _newest(rule: Rule | None) -> RuleDraft | None:
    newest = next(iter(rule.versions.all()), None) if rule else None
    return next_draft(newest) if newest else None


def _refused(
    request: HttpRequest,
    forms: ProposalForms,
    head: Head,
    refused: DomainError,
    of: Proposal | None = None,
) -> HttpResponse:
    if isinstance(refused, RuleRefused):
        return _page(request, forms, head, refused.draft_faults, of=of)
    add_refusal(head, refused)
    return _page(request, forms, head, [], of=of)


def _page(
    request: HttpRequest,
    forms: ProposalForms,
    head: Head,
    faults: list[DraftFault] | None = None,
    of: Proposal | None = None,
) -> HttpResponse:
    typing = request.headers.get("HX-Request") == "true"
    context: dict[str, Any] = editor(forms, faults)
    context |= {"head": head, "proposal": of}
    if context["sound"] and not typing:
        follows = _followed(head, of)
        asked = simulation_start(actor=actor_of(request), draft=forms.draft(), follows=follows)
        context |= simulated(simulation_set_off(asked))
        context["overlaps"] = draft_overlaps(forms.draft(), follows=follows)
    page = "policy/checked.html" if typing else "commons/proposal_write.html"
    return render(request, page, context)
