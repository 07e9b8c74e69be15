"""A proposal is put to consultation and review, or taken back."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.core.actor import Actor
from apps.core.clock import now
from apps.institutions.permissions import refusal
from apps.journal.services import record
from apps.proposals import errors
from apps.proposals.acts import ConsultationOpened, ProposalWithdrawn, ReviewOpened
from apps.proposals.models import Proposal
from apps.proposals.permissions import can_conduct, is_author
from apps.proposals.selectors.proposals import text_of
from apps.proposals.services.locking import (
    CONSULTATION,
    NEXT_STEP,
    lasts,
    locked,
    reason_of,
)
from apps.proposals.services.rounds import round_begin, round_end
from apps.proposals.states import PROPOSAL, ProposalState


@transaction.atomic
def consultation_open(*, actor: Actor, proposal: Proposal) -> Proposal:
    """Let people comment; the time is that of the deadline rule, and never shortened."""
    proposal = locked(proposal.pk)
    if not can_conduct(actor):
        raise refusal(actor, _("A clerk opens the consultation."))
    PROPOSAL.move(proposal, ProposalState.CONSULTATION)
    due_at = lasts(proposal, CONSULTATION)
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
    revision = text_of(proposal)
    review_round = round_begin(actor, proposal, revision)
    proposal.round = review_round
    lasts(proposal, NEXT_STEP)
    proposal.save()
    act = ReviewOpened(subject=proposal.pk, round=review_round.pk, text_hash=revision.text_hash)
    record(act, actor=actor)
    return proposal


@transaction.atomic
def proposal_withdraw(*, actor: Actor, proposal: Proposal, reason: str) -> Proposal:
    """Take a proposal back before the ballot is called; the reason is public."""
    proposal = locked(proposal.pk)
    if not is_author(actor, proposal):
        raise refusal(actor, _("The author withdraws the proposal."))
    proposal.reason = reason_of(reason)
    PROPOSAL.move(proposal, ProposalState.WITHDRAWN)
    round_end(actor, proposal)
    proposal.concluded_at = now()
    lasts(proposal)
    proposal.save()
    record(ProposalWithdrawn(subject=proposal.pk, reason=proposal.reason), actor=actor)
    return proposal
