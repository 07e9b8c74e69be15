"""What someone may do with a proposal now, and which proposals wait for them."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Q, QuerySet

from apps.core.actor import Actor
from apps.core.clock import now
from apps.core.errors import DomainError, Text
from apps.institutions.offices import Office
from apps.institutions.permissions import holds_office
from apps.proposals import errors
from apps.proposals.models import Comment, Proposal
from apps.proposals.permissions import (
    can_comment,
    can_conduct,
    can_freeze,
    can_propose,
    is_author,
)
from apps.proposals.selectors.reviewing import (
    freeze_refusal,
    renewal_refusal,
    with_verdicts,
)
from apps.proposals.states import REVISABLE, WITHDRAWABLE, CommentState, ProposalState
from apps.reviews.states import RoundState
from apps.voting.states import BallotState


class StepName(StrEnum):
    """What can be done with a proposal, in the order of its way."""

    REVISE = "revise"
    SUBMIT = "submit"
    CONSULT = "consultation"
    COMMENT = "comment"
    REVIEW = "review"
    FREEZE = "freeze"
    RENEW = "another-review"
    CALL = "ballot"
    WITHDRAW = "withdraw"


@dataclass(frozen=True, slots=True)
class Step:
    """One step that someone may take; `waits` says what has to come before, if anything has."""

    name: StepName
    waits: Text = ""


May = Callable[[Actor, Proposal], bool]
Waits = Callable[[Proposal], Text]


def steps_for(actor: Actor, proposal: Proposal) -> list[Step]:
    """Return the steps that the proposal's state has for this actor."""
    return [
        Step(name, waits(proposal))
        for name, (states, may, waits) in STEPS.items()
        if proposal.state in states and may(actor, proposal)
    ]


def proposals_owed(actor: Actor) -> QuerySet[Proposal]:
    """Return the proposals whose next step the actor owes, the first due first.

    Their author: drafts to submit, and texts whose review is over. A clerk: consultations to open,
    texts to freeze or to have reviewed again, ballots to call.
    """
    reviewed = Q(state=ProposalState.REVIEW, round__state=RoundState.CLOSED)
    mine = Q(author=actor.person) & (Q(state=ProposalState.DRAFT) | reviewed)
    conducted = Q(state__in=[ProposalState.SUBMITTED, ProposalState.FROZEN]) | reviewed
    owed = mine | conducted if can_conduct(actor) else mine
    rows = Proposal.objects.filter(owed) if actor.person else Proposal.objects.none()
    rows = rows.select_related("deadline", "round").order_by("due_at", "id")
    return with_verdicts(rows)


def removals_owed(actor: Actor) -> QuerySet[Comment]:
    """Return the appeals against removals that a chair may decide, the oldest comment first."""
    if not holds_office(actor, Office.CHAIR):
        return Comment.objects.none()
    rows = Comment.objects.filter(state=CommentState.APPEALED).exclude(remover=actor.person)
    return rows.select_related("revision__proposal").order_by("posted_at", "id")


def _at_once(_proposal: Proposal) -> Text:
    return ""


def _end_of_consultation(proposal: Proposal) -> Text:
    runs = proposal.due_at is not None and now() < proposal.due_at
    return errors.ConsultationRuns.title if runs else ""


def _review(proposal: Proposal) -> Text:
    return _title(freeze_refusal(proposal))


def _another_round(proposal: Proposal) -> Text:
    return _title(renewal_refusal(proposal))


def _title(refused: DomainError | None) -> Text:
    return refused.title if refused else ""


def _before_the_vote(proposal: Proposal) -> Text:
    voting = proposal.ballot is not None and proposal.ballot.state != BallotState.DRAFT
    return errors.VotingBegun.title if voting else ""


def _anyone(actor: Actor, _proposal: Proposal) -> bool:
    return can_propose(actor)


def _commenter(actor: Actor, _proposal: Proposal) -> bool:
    return can_comment(actor)


def _clerk(actor: Actor, _proposal: Proposal) -> bool:
    return can_conduct(actor)


STEPS: dict[StepName, tuple[tuple[ProposalState, ...], May, Waits]] = {
    StepName.REVISE: (REVISABLE, is_author, _at_once),
    StepName.SUBMIT: ((ProposalState.DRAFT,), is_author, _at_once),
    StepName.CONSULT: ((ProposalState.SUBMITTED,), _clerk, _at_once),
    StepName.COMMENT: ((ProposalState.CONSULTATION,), _commenter, _at_once),
    StepName.REVIEW: ((ProposalState.CONSULTATION,), _anyone, _end_of_consultation),
    StepName.FREEZE: ((ProposalState.REVIEW,), can_freeze, _review),
    StepName.RENEW: ((ProposalState.REVIEW,), can_freeze, _another_round),
    StepName.CALL: ((ProposalState.FROZEN,), _clerk, _at_once),
    StepName.WITHDRAW: (WITHDRAWABLE, is_author, _before_the_vote),
}
