"""The review round of a proposal, opened and ended."""

from apps.core.actor import Actor
from apps.institutions.models import Membership
from apps.proposals.models import Proposal, Revision
from apps.reviews.models import ReviewRound
from apps.reviews.services import round_close, round_open
from apps.reviews.states import RoundState

QUESTION = "Is the text of {code} fit to be put to the vote?"


def round_begin(actor: Actor, proposal: Proposal, revision: Revision) -> ReviewRound:
    """Open a round on a text.

    Nobody of the author's own reviews it, nor who declared an interest in the proposal, in what
    gave rise to it or in the rule it would change.
    """
    own = Membership.objects.held().filter(user=proposal.author_id)
    return round_open(
        actor=actor,
        subject=proposal.pk,
        question=QUESTION.format(code=proposal.code),
        text_hash=revision.text_hash,
        concerned_people=[proposal.author_id],
        concerned_organisations=list(own.values_list("organisation", flat=True)),
        concerned_matters=_matters(proposal),
    )


def _matters(proposal: Proposal) -> list[str]:
    follows = [proposal.follows.code] if proposal.follows else []
    return [proposal.code, proposal.origin_ref, *follows]


def round_end(actor: Actor, proposal: Proposal) -> None:
    """Close the round that is still open, for there is nothing left to review."""
    if proposal.round and proposal.round.state == RoundState.OPEN:
        round_close(actor=actor, review_round=proposal.round)
