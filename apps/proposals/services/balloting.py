"""The text is frozen, the chambers are called, and what they adopt becomes a rule."""

import datetime as dt
from dataclasses import replace

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.clocks.selectors import window
from apps.core.actor import Actor
from apps.core.clock import now
from apps.institutions.permissions import refusal
from apps.journal.services import record
from apps.policy.errors import RuleRefused
from apps.policy.models import Rule, RuleVersion
from apps.policy.services import (
    RuleDraft,
    draft_coverage,
    draft_faults,
    draft_of,
    hash_of,
    rule_enact,
)
from apps.policy.states import StatuteKind
from apps.proposals import errors
from apps.proposals.acts import BallotCalled, ProposalConcluded, TextFrozen
from apps.proposals.models import Freeze, Proposal
from apps.proposals.permissions import can_conduct, can_freeze
from apps.proposals.selectors.proposals import text_of
from apps.proposals.selectors.reviewing import freeze_refusal
from apps.proposals.services.drafting import impact_write
from apps.proposals.services.locking import NEXT_STEP, STANDSTILL, lasts, locked
from apps.proposals.states import PROPOSAL, ImpactOccasion, ProposalState
from apps.voting.models import Ballot
from apps.voting.services import ballot_prepare
from apps.voting.states import BallotState, Outcome

QUESTION = "Shall {code}, “{title}”, become a rule?"
CONCLUSIONS = {
    Outcome.CARRIED: ProposalState.ADOPTED,
    Outcome.NOT_CARRIED: ProposalState.DEFEATED,
    Outcome.NO_QUORUM: ProposalState.NO_QUORUM,
}


@transaction.atomic
def text_freeze(*, actor: Actor, proposal: Proposal) -> Freeze:
    """Freeze the reviewed text with what it would change today.

    Raises `ReviewRuns`, `ReviewBlocks`, `ReviewUnanswered` where too few gave a verdict, and
    `RuleRefused` where a rule that came since leaves nothing for the text to do. The digest
    of text, register and impact is what the ballot is about.
    """
    proposal = locked(proposal.pk)
    if not can_freeze(actor, proposal):
        raise refusal(actor, _("The author or a clerk freezes the text."))
    PROPOSAL.move(proposal, ProposalState.FROZEN)
    revision = text_of(proposal)
    if refused := freeze_refusal(proposal):
        raise refused
    draft = draft_of(revision.document)
    _must_be_enactable(draft, now())
    _must_add(draft, proposal.follows)
    found = impact_write(revision, ImpactOccasion.FROZEN)
    hashes = {
        "text_hash": revision.text_hash,
        "snapshot_hash": found.snapshot,
        "impact_hash": found.digest,
    }
    freeze = Freeze.objects.create(
        proposal=proposal,
        revision=revision,
        impact=found,
        digest=hash_of(hashes),
        frozen_at=now(),
        **hashes,
    )
    lasts(proposal, NEXT_STEP)
    proposal.save()
    record(TextFrozen(subject=proposal.pk, digest=freeze.digest, **hashes), actor=actor)
    return freeze


@transaction.atomic
def ballot_call(*, actor: Actor, proposal: Proposal) -> Ballot:
    """Call the three chambers to vote on the frozen text, once the notice of ballots is over."""
    proposal = locked(proposal.pk)
    if not can_conduct(actor):
        raise refusal(actor, _("A clerk calls the ballot."))
    PROPOSAL.move(proposal, ProposalState.BALLOTING)
    draft = _frozen(proposal.freeze)
    ballot = ballot_prepare(
        actor=actor,
        question=QUESTION.format(code=proposal.code, title=proposal.title),
        text_hash=proposal.freeze.digest,
        subject=proposal.pk,
        jurisdictions=draft.jurisdictions,
    )
    _must_be_enactable(draft, ballot.closes_at)
    proposal.ballot = ballot
    lasts(proposal)
    proposal.save()
    act = BallotCalled(subject=proposal.pk, ballot=ballot.pk, digest=proposal.freeze.digest)
    record(act, actor=actor)
    return ballot


@transaction.atomic
def proposal_conclude(*, actor: Actor, ballot: Ballot) -> Proposal:
    """Draw the consequence of a counted ballot; called twice it does nothing the second time.

    What was adopted enters the rule register in this very transaction, after its standstill.
    Raises `TextChanged` where the text is not the one voted on.
    """
    proposal = locked(Proposal.objects.get(ballot=ballot).pk)
    counted = Ballot.objects.get(pk=ballot.pk)
    if proposal.state != ProposalState.BALLOTING or counted.state != BallotState.TALLIED:
        return proposal
    PROPOSAL.move(proposal, CONCLUSIONS[Outcome(counted.outcome)])
    version = None
    if proposal.state == ProposalState.ADOPTED:
        version = proposal.enacted = _enact(actor, proposal)
    proposal.concluded_at = now()
    proposal.save()
    record(
        ProposalConcluded(
            subject=proposal.pk,
            ballot=ballot.pk,
            outcome=proposal.state,
            rule=version.rule_id if version else None,
            effective_at=version.effective_at if version else None,
        ),
        actor=actor,
    )
    return proposal


def _enact(actor: Actor, proposal: Proposal) -> RuleVersion:
    return rule_enact(
        actor=actor,
        draft=_after_standstill(_frozen(proposal.freeze), now()),
        kind=StatuteKind(proposal.kind),
        origin_ref=proposal.code,
        rule=proposal.follows,
    )


def _frozen(freeze: Freeze) -> RuleDraft:
    """Return the frozen text; raise `TextChanged` where it does not give the frozen hash."""
    if hash_of(freeze.revision.document) != freeze.text_hash:
        raise errors.TextChanged
    return draft_of(freeze.revision.document)


def _after_standstill(draft: RuleDraft, adopted_at: dt.datetime) -> RuleDraft:
    _rule, over_at = window(STANDSTILL, adopted_at)
    return replace(draft, effective_at=max(over_at, draft.effective_at or over_at))


def _must_be_enactable(draft: RuleDraft, adopted_at: dt.datetime) -> None:
    """Refuse a text that would have faults once adopted, as one that ends before it begins."""
    if faults := draft_faults(_after_standstill(draft, adopted_at)):
        raise RuleRefused(faults)


def _must_add(draft: RuleDraft, follows: Rule | None) -> None:
    """Refuse a text that a rule in force or to come already says as strongly."""
    if faults := draft_coverage(_after_standstill(draft, now()), follows=follows):
        raise RuleRefused(faults)
