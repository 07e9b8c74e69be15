"""A proposal is put to consultation and review, or taken back."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.core.actor import Actor
from apps.core.clock import now
from apps.core.errors import MoveRefused
from apps.institutions.permissions import refusal
from apps.journal.services import record
from apps.proposals import errors
from apps.proposals.acts import ConsultationOpened, ProposalWithdrawn, ReviewOpened
from apps.proposals.models import Proposal
from apps.proposals.permissions import can_conduct, can_freeze, is_author
from apps.proposals.selectors.proposals import text_of
from apps.proposals.selectors.reviewing import renewal_refusal
from apps.proposals.services.locking import (
    CONSULTATION,
    NEXT_STEP,
    lasts,
    locked,
    reason_of,
)
from apps.proposals.services.rounds import round_begin, round_end
from apps.proposals.states import PROPOSAL, ProposalState
from apps.voting.models import Ballot
from apps.voting.services import ballot_annul
from apps.voting.states import BallotState


@transaction.atomic
def consultation_open(*, actor: Actor, proposal: Proposal) -> Proposal:
    """Let people comment; the time is that of the deadline rule, and never shortened."""
    proposal = locked(proposal.pk)
    if not can_conduct(actor):
        raise refusal(actor, _("A clerk opens the consultation."))
    if proposal.state == ProposalState.REVIEW:
        raise errors.ConsultationHeld
    PROPOSAL.move(proposal, ProposalState.CONSULTATION)
    due_at = lasts(proposal, CONSULTATION)
    proposal.consulted_at = now()
    proposal.save()
    record(ConsultationOpened(subject=proposal.pk, due_at=due_at), actor=actor)
    return proposal


@transaction.atomic
def review_open(*, actor: Actor, proposal: Proposal) -> Proposal:
    """End the consultation and open a review round, once business time has come; anyone may.

    Raises `ConsultationRuns` before.
    """
    proposal = locked(proposal.pk)
    PROPOSAL.move(proposal, ProposalState.REVIEW)
    if proposal.due_at and now() < proposal.due_at:
        raise errors.ConsultationRuns
    _review(actor, proposal)
    return proposal


@transaction.atomic
def review_renew(*, actor: Actor, proposal: Proposal) -> Proposal:
    """Open another round on the same text, where the one before ended with too few verdicts.

    Raises `ReviewRuns`, `ReviewBlocks` or `ReviewHeld`.
    """
    proposal = locked(proposal.pk)
    if not can_freeze(actor, proposal):
        raise refusal(actor, _("The author or a clerk opens another review round."))
    if proposal.state != ProposalState.REVIEW:
        raise MoveRefused(_("Only a proposal under review has another round."))
    if refused := renewal_refusal(proposal):
        raise refused
    _review(actor, proposal)
    return proposal


@transaction.atomic
def proposal_withdraw(*, actor: Actor, proposal: Proposal, reason: str) -> Proposal:
    """Take a proposal back before its ballot opens; the reason is public.

    A ballot that was called is called off in the same transaction. Raises `VotingBegun` once the
    chambers vote.
    """
    proposal = locked(proposal.pk)
    if not is_author(actor, proposal):
        raise refusal(actor, _("The author withdraws the proposal."))
    PROPOSAL.move(proposal, ProposalState.WITHDRAWN)
    proposal.reason = reason_of(reason)
    round_end(actor, proposal)
    _call_off(actor, proposal)
    proposal.concluded_at = now()
    lasts(proposal)
    proposal.save()
    record(ProposalWithdrawn(subject=proposal.pk, reason=proposal.reason), actor=actor)
    return proposal


def _review(actor: Actor, proposal: Proposal) -> None:
    """Open a round on the present text; its next step waits anew."""
    revision = text_of(proposal)
    review_round = round_begin(actor, proposal, revision)
    proposal.round = review_round
    lasts(proposal, NEXT_STEP)
    proposal.save()
    act = ReviewOpened(subject=proposal.pk, round=review_round.pk, text_hash=revision.text_hash)
    record(act, actor=actor)


def _call_off(actor: Actor, proposal: Proposal) -> None:
    """Annul the ballot that was called and has not opened, under its own lock."""
    if proposal.ballot_id is None:
        return
    ballot = Ballot.objects.select_for_update().get(pk=proposal.ballot_id)
    if ballot.state != BallotState.DRAFT:
        raise errors.VotingBegun
    ballot_annul(actor=actor, ballot=ballot, reason=proposal.reason)
