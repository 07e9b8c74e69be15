"""Who may propose, revise, comment, moderate and move a proposal on."""

from apps.core.actor import Actor
from apps.institutions.offices import Office
from apps.institutions.permissions import has_scope, holds_office, in_good_standing
from apps.institutions.scopes import Scope
from apps.proposals.models import Comment, Proposal


def can_propose(actor: Actor) -> bool:
    """Whether the actor may begin a proposal: any person in good standing."""
    return _in_scope(actor) and in_good_standing(actor)


def is_author(actor: Actor, proposal: Proposal) -> bool:
    """Whether the actor wrote the proposal, and may act."""
    return actor.person == proposal.author_id and can_propose(actor)


def can_conduct(actor: Actor) -> bool:
    """Whether the actor may move proposals on: a clerk."""
    return _in_scope(actor) and holds_office(actor, Office.CLERK)


def can_freeze(actor: Actor, proposal: Proposal) -> bool:
    """Whether the actor may freeze the text: its author, or a clerk."""
    return is_author(actor, proposal) or can_conduct(actor)


def can_comment(actor: Actor) -> bool:
    """Whether the actor may comment: any person in good standing."""
    return can_propose(actor)


def can_follow(actor: Actor) -> bool:
    """Whether the actor may follow proposals: any person in good standing."""
    return can_propose(actor)


def can_moderate(actor: Actor) -> bool:
    """Whether the actor may remove comments: a clerk."""
    return can_conduct(actor)


def can_appeal(actor: Actor, comment: Comment) -> bool:
    """Whether the actor may appeal the removal: who wrote the comment."""
    return actor.person == comment.author_id and can_propose(actor)


def can_decide_appeal(actor: Actor) -> bool:
    """Whether the actor may decide appeals: a chair."""
    return _in_scope(actor) and holds_office(actor, Office.CHAIR)


def can_read(actor: Actor, proposal: Proposal) -> bool:
    """Whether the actor may read it: anyone once it is submitted, before that the author."""
    return proposal.submitted_at is not None or actor.person == proposal.author_id


def _in_scope(actor: Actor) -> bool:
    return has_scope(actor, Scope.PROPOSALS_WRITE)
