"""Comments, their removal under published rules, and appeals."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.core.actor import Actor
from apps.core.clock import now
from apps.institutions.permissions import refusal
from apps.institutions.services.constraints import refused_as
from apps.journal.services import record
from apps.proposals import errors
from apps.proposals.acts import AppealDecided, CommentPosted, CommentRemoved, RemovalAppealed
from apps.proposals.models import Comment, Proposal
from apps.proposals.permissions import (
    can_appeal,
    can_comment,
    can_decide_appeal,
    can_moderate,
)
from apps.proposals.selectors.proposals import text_of
from apps.proposals.services.locking import locked, reason_of
from apps.proposals.states import COMMENT, CommentState, ProposalState

LONGEST = 5_000
LAWS = {"proposals_appeal_decided_by_another": errors.SameOfficer}


@transaction.atomic
def comment_post(
    *, actor: Actor, proposal: Proposal, text: str, clause: int | None = None
) -> Comment:
    """Comment on the latest text or one clause of it, while the consultation lasts."""
    proposal = locked(proposal.pk)
    if actor.person is None or not can_comment(actor):
        raise refusal(actor, _("A person in good standing comments."))
    over = proposal.due_at is None or proposal.due_at <= now()
    if proposal.state != ProposalState.CONSULTATION or over:
        raise errors.CommentsClosed
    revision = text_of(proposal)
    if not 0 < len(text.strip()) <= LONGEST:
        raise errors.CommentRefused(field="text")
    if clause is not None and not 1 <= clause <= len(revision.document["clauses"]):
        raise errors.CommentRefused(field="clause")
    comment = Comment.objects.create(
        revision=revision,
        clause=clause,
        author_id=actor.person,
        text=text.strip(),
        posted_at=now(),
    )
    act = CommentPosted(
        subject=proposal.pk, comment=comment.pk, revision=revision.number, clause=clause
    )
    record(act, actor=actor)
    return comment


@transaction.atomic
def comment_remove(*, actor: Actor, comment: Comment, reason: str) -> Comment:
    """Hide a comment that breaks the published rules; the reason is public."""
    comment = _locked(comment)
    if not can_moderate(actor):
        raise refusal(actor, _("A clerk removes comments."))
    COMMENT.move(comment, CommentState.REMOVED)
    comment.removal, comment.remover_id = reason_of(reason), actor.person
    comment.save()
    act = CommentRemoved(
        subject=comment.revision.proposal_id, comment=comment.pk, reason=comment.removal
    )
    record(act, actor=actor)
    return comment


@transaction.atomic
def removal_appeal(*, actor: Actor, comment: Comment, reason: str) -> Comment:
    """Ask for one's comment to be shown again."""
    comment = _locked(comment)
    if not can_appeal(actor, comment):
        raise refusal(actor, _("Who wrote the comment appeals."))
    COMMENT.move(comment, CommentState.APPEALED)
    comment.appeal = reason_of(reason)
    comment.save()
    act = RemovalAppealed(subject=comment.revision.proposal_id, comment=comment.pk)
    record(act, actor=actor)
    return comment


@transaction.atomic
def appeal_decide(*, actor: Actor, comment: Comment, restore: bool, reason: str) -> Comment:
    """Show a comment again, or leave it hidden; never by the person who removed it."""
    comment = _locked(comment)
    if not can_decide_appeal(actor):
        raise refusal(actor, _("A chair decides appeals."))
    COMMENT.move(comment, CommentState.RESTORED if restore else CommentState.UPHELD)
    comment.decision, comment.decider_id = reason_of(reason), actor.person
    with refused_as(LAWS):
        comment.save()
    act = AppealDecided(
        subject=comment.revision.proposal_id, comment=comment.pk, outcome=comment.state
    )
    record(act, actor=actor)
    return comment


def _locked(comment: Comment) -> Comment:
    rows = Comment.objects.select_for_update(of=("self",)).select_related("revision")
    return rows.get(pk=comment.pk)
