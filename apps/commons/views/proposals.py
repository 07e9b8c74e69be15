"""Proposals: the list, one with everything about it, and its texts."""

from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from apps.commons.forms import AppealAnswerForm, CommentForm, ProposalsForm, ReasonForm
from apps.commons.selectors.acts import act_lines
from apps.commons.selectors.proposals import (
    CommentLine,
    impact_on,
    origin_of,
    primary,
    review_shown,
    stations,
    steps_by_name,
    text_shown,
    voices,
)
from apps.commons.selectors.revisions import scope_of, text_changes
from apps.core.actor import Actor
from apps.core.clock import now
from apps.core.dues import Due
from apps.core.pagination import keyset_page
from apps.institutions.auth import actor_of
from apps.journal.selectors import JournalAct, history
from apps.policy.selectors import clauses_said, said
from apps.policy.services import draft_of
from apps.proposals.acts import CommentPosted
from apps.proposals.models import Proposal
from apps.proposals.permissions import can_propose
from apps.proposals.selectors.proposals import (
    drafts_of,
    follows,
    moderation_counts,
    proposal_by_code,
    proposals_counted,
    revision_of,
)
from apps.proposals.selectors.proposals import proposals as proposals_listed
from apps.proposals.states import ProposalState

SIZE = 20
DRAFTS = 20
ACTS = 20
READ = 100


@require_safe
def proposals(request: HttpRequest) -> HttpResponse:
    """Show the submitted proposals, the latest first; their author also finds drafts here."""
    form, actor = ProposalsForm(request.GET), actor_of(request)
    form.is_valid()
    asked = form.cleaned_data
    page = keyset_page(
        proposals_listed(state=asked.get("state", ""), words=asked.get("q", "")),
        order=("-submitted_at", "-id"),
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
        size=SIZE,
    )
    counted = proposals_counted()
    context = {
        "form": form,
        "page": page,
        "state": asked.get("state", ""),
        "counts": [(state, counted[state]) for state in list(ProposalState)[1:]],
        "total": sum(counted.values()),
        "drafts": drafts_of(actor)[:DRAFTS] if actor.person else [],
        "may_propose": can_propose(actor),
        "moderation": moderation_counts(),
    }
    return render(request, "commons/proposals.html", context)


@require_safe
def proposal(request: HttpRequest, code: str) -> HttpResponse:
    """Show one proposal; who may take a step finds it on the same page."""
    return proposal_page(request, proposal_by_code(code, actor_of(request)))


@require_safe
def revision(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Show one text of a proposal, and what changed in it since an earlier one."""
    found = proposal_by_code(code, actor_of(request))
    shown = revision_of(found, number)
    earlier = _earlier(request.GET.get("against", ""), number)
    before = revision_of(found, earlier) if earlier else None
    draft = draft_of(shown.document)
    context = {
        "proposal": found,
        "revision": shown,
        "draft": draft,
        "clauses": clauses_said(draft.clauses, draft.parameters),
        "said": said(draft.expression, draft.parameters),
        "scope": scope_of(draft),
        "before": before,
        "changes": text_changes(draft_of(before.document), draft) if before else [],
        "earlier": range(1, number),
        "newest": found.revisions.count(),
    }
    return render(request, "commons/revision.html", context)


def proposal_page(
    request: HttpRequest, proposal: Proposal, refused: dict[str, Form] | None = None
) -> HttpResponse:
    """Return the page; `refused` holds forms to be shown again, by their place on it."""
    actor, kept = actor_of(request), refused or {}
    shown = text_shown(proposal)
    steps = steps_by_name(proposal, actor)
    heard = voices(
        proposal,
        actor,
        clause=request.GET.get("clause", ""),
        after=request.GET.get("comments", ""),
    )
    origin, origin_page = origin_of(proposal)
    context: dict[str, Any] = {
        "proposal": proposal,
        "shown": shown,
        "impact": impact_on(shown, request.GET.get("after", "")),
        "stations": stations(proposal),
        "steps": steps,
        "primary": primary(steps),
        "voices": heard,
        "comments": [(line, _moderation_form(line, kept)) for line in heard.lines],
        "comment_form": kept.get("comment") or CommentForm(clauses=len(shown.clauses)),
        "withdraw_form": kept.get("withdraw") or ReasonForm(auto_id="id_withdraw_%s"),
        "review": review_shown(proposal),
        "freeze": getattr(proposal, "freeze", None),
        "due": _due(proposal),
        "origin": origin,
        "origin_page": origin_page,
        "is_author": _wrote(actor, proposal),
        "followed": follows(actor, proposal),
        "lines": act_lines(_steps_taken(proposal)),
    }
    return render(request, "commons/proposal.html", context, status=400 if refused else 200)


def _moderation_form(line: CommentLine, kept: dict[str, Form]) -> Form | None:
    """Return the form for what the reader may do with a comment, if there is anything."""
    key = str(line.comment.pk)
    if key in kept:
        return kept[key]
    if line.can_decide:
        return AppealAnswerForm(auto_id=f"id_{key}_%s")
    return ReasonForm(auto_id=f"id_{key}_%s") if line.can_remove or line.can_appeal else None


def _steps_taken(proposal: Proposal) -> list[JournalAct]:
    """Return the latest acts, without the comments, which have a part of the page."""
    acts = history(proposal.pk, limit=READ)
    return [act for act in acts if act.kind != CommentPosted.kind][:ACTS]


def _due(proposal: Proposal) -> Due | None:
    """Return until when the present step lasts, with its source; nothing where it has no end."""
    if proposal.deadline is None:
        return None
    return Due(at=proposal.due_at, seen_at=now(), source=proposal.deadline.legal_source)


def _wrote(actor: Actor, proposal: Proposal) -> bool:
    return actor.person == proposal.author_id


def _earlier(asked: str, number: int) -> int:
    """Return the number of the text to compare with: the one asked for, or the one before."""
    wanted = int(asked) if asked.isdecimal() and len(asked) <= len(str(number)) else number - 1
    return wanted if 1 <= wanted < number else number - 1
