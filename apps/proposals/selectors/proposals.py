"""Proposals by code, in lists, and how many comments were removed."""

import uuid

from django.db.models import Count, QuerySet

from apps.core.actor import Actor
from apps.core.codes import parse
from apps.proposals.errors import CommentUnknown, ProposalUnknown
from apps.proposals.models import Comment, Impact, Proposal, Revision
from apps.proposals.permissions import can_read
from apps.proposals.states import CommentState

WITH = ("author", "follows", "deadline", "round", "ballot", "enacted__rule", "freeze__impact")


def proposals(*, state: str = "") -> QuerySet[Proposal]:
    """Return the submitted proposals, the latest first, in one state or all."""
    rows = Proposal.objects.public().select_related(*WITH).order_by("-submitted_at", "-id")
    return rows.filter(state=state) if state else rows


def proposal_by_code(code: str, actor: Actor) -> Proposal:
    """Return one proposal that the actor may read; raise `ProposalUnknown`."""
    found = Proposal.objects.select_related(*WITH).filter(code=parse(code)).first()
    if found is None or not can_read(actor, found):
        raise ProposalUnknown(field="code")
    return found


def text_of(proposal: Proposal) -> Revision:
    """Return the latest text."""
    return proposal.revisions.order_by("-number")[0]


def impact_of(revision: Revision) -> Impact | None:
    """Return what was last worked out for a text, the frozen one where there is one."""
    return revision.impacts.order_by("-computed_at", "-id").first()


def comments_on(proposal: Proposal) -> QuerySet[Comment]:
    """Return all comments, removed ones too, in the order of their posting."""
    rows = Comment.objects.filter(revision__proposal=proposal).select_related("revision", "author")
    return rows.order_by("posted_at", "id")


def comment_by_id(proposal: Proposal, comment: uuid.UUID) -> Comment:
    """Return one comment of a proposal; raise `CommentUnknown`."""
    found = comments_on(proposal).filter(pk=comment).first()
    if found is None:
        raise CommentUnknown(field="comment")
    return found


def moderation_counts() -> dict[str, int]:
    """Return how many comments stand in each state, over all proposals."""
    rows = Comment.objects.order_by().values_list("state").annotate(times=Count("id"))
    return dict.fromkeys(CommentState.values, 0) | dict(rows)
