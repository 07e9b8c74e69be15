"""A text is written, rewritten and submitted with its impact."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.compliance.selectors.impact import Impact as Found
from apps.compliance.selectors.impact import counted, impact
from apps.core.actor import Actor
from apps.core.clock import now
from apps.core.codes import next_code
from apps.institutions.permissions import refusal
from apps.journal.services import record
from apps.policy.errors import KindFixed, RuleRefused
from apps.policy.models import Rule
from apps.policy.services import (
    RuleDraft,
    adoption_faults,
    agreement_faults,
    document_of,
    draft_of,
    hash_of,
)
from apps.policy.states import StatuteKind
from apps.proposals import errors
from apps.proposals.acts import ProposalStarted, ProposalSubmitted, RevisionAdded
from apps.proposals.models import Impact, Proposal, Revision
from apps.proposals.permissions import can_propose, is_author
from apps.proposals.selectors.proposals import text_of
from apps.proposals.services.locking import CONSULTATION, NEXT_STEP, lasts, locked
from apps.proposals.services.rounds import round_end
from apps.proposals.states import PROPOSAL, REVISABLE, ImpactOccasion, ProposalState

PROPOSED = (StatuteKind.POLICY, StatuteKind.CODE)
LONGEST_NOTE = 500


@transaction.atomic
def proposal_start(
    *,
    actor: Actor,
    kind: StatuteKind,
    draft: RuleDraft,
    follows: Rule | None = None,
    origin_ref: str = "",
    justification: str = "",
) -> Proposal:
    """Begin a proposal with its first text, seen by its author alone; faults are told at submit.

    `origin_ref` is the reference code of what gave rise to it, such as a case; `justification`
    says why the rule is needed.
    """
    if actor.person is None or not can_propose(actor):
        raise refusal(actor, _("A person in good standing proposes."))
    if kind not in PROPOSED:
        raise errors.KindNotProposed(field="kind")
    if follows and follows.kind != kind:
        raise KindFixed
    proposal = Proposal.objects.create(
        code=next_code("P", "proposals_proposal_code"),
        kind=kind,
        title=draft.title.strip(),
        author_id=actor.person,
        follows=follows,
        origin_ref=origin_ref,
        started_at=now(),
    )
    _write(proposal, draft, number=1, justification=justification)
    record(ProposalStarted(subject=proposal.pk, code=proposal.code), actor=actor)
    return proposal


@transaction.atomic
def revision_add(
    *,
    actor: Actor,
    proposal: Proposal,
    draft: RuleDraft,
    note: str = "",
    justification: str | None = None,
) -> Revision:
    """Write another text. What is public has no faults and brings its impact.

    A text that reviewers already have before them goes back to a whole consultation. The same
    text again is no news. Without a `justification` the one before stays.
    """
    proposal = locked(proposal.pk)
    if not is_author(actor, proposal):
        raise refusal(actor, _("The author revises the text."))
    if proposal.state not in REVISABLE:
        raise errors.TextSettled
    latest = text_of(proposal)
    why = latest.justification if justification is None else justification.strip()
    if hash_of(document_of(draft)) == latest.text_hash and why == latest.justification:
        return latest
    if proposal.state != ProposalState.DRAFT:
        _check(proposal, draft)
    revision = _write(
        proposal, draft, number=latest.number + 1, note=note[:LONGEST_NOTE], justification=why
    )
    if proposal.state != ProposalState.DRAFT:
        impact_write(revision, ImpactOccasion.REVISED)
    if proposal.state == ProposalState.REVIEW:
        _back_to_consultation(actor, proposal)
    proposal.title = draft.title.strip()
    proposal.save()
    act = RevisionAdded(subject=proposal.pk, number=revision.number, text_hash=revision.text_hash)
    record(act, actor=actor)
    return revision


@transaction.atomic
def proposal_submit(*, actor: Actor, proposal: Proposal) -> Proposal:
    """Make a draft public, with its impact over all current listings.

    Raises `RuleRefused` with every fault of the text, `SummaryMissing` where it is not explained.
    """
    proposal = locked(proposal.pk)
    if not is_author(actor, proposal):
        raise refusal(actor, _("The author submits the proposal."))
    PROPOSAL.move(proposal, ProposalState.SUBMITTED)
    revision = text_of(proposal)
    _check(proposal, draft_of(revision.document))
    found = impact_write(revision, ImpactOccasion.SUBMITTED)
    proposal.submitted_at = now()
    lasts(proposal, NEXT_STEP)
    proposal.save()
    record(
        ProposalSubmitted(
            subject=proposal.pk,
            code=proposal.code,
            text_hash=revision.text_hash,
            impact_hash=found.digest,
        ),
        actor=actor,
    )
    return proposal


def impact_write(revision: Revision, occasion: ImpactOccasion) -> Impact:
    """Work out what a text would change now, and keep it."""
    found = impact(draft_of(revision.document), follows=revision.proposal.follows)
    return impact_keep(revision, occasion, found)


def impact_keep(revision: Revision, occasion: ImpactOccasion, found: Found) -> Impact:
    """Keep what was worked out for a text."""
    return Impact.objects.create(
        revision=revision,
        occasion=occasion,
        listings=found.listings,
        enforced=counted(found.enforced),
        would_be=counted(found.would_be),
        changed=list(found.changed),
        document=found.document,
        ruleset=found.ruleset,
        snapshot=found.snapshot,
        digest=found.digest,
        computed_at=found.computed_at,
    )


def _back_to_consultation(actor: Actor, proposal: Proposal) -> None:
    PROPOSAL.move(proposal, ProposalState.CONSULTATION)
    round_end(actor, proposal)
    proposal.round = None
    lasts(proposal, CONSULTATION)
    proposal.consulted_at = now()


def _check(proposal: Proposal, draft: RuleDraft) -> None:
    if faults := adoption_faults(draft, follows=proposal.follows):
        raise RuleRefused(faults)
    if not draft.summary.strip():
        raise errors.SummaryMissing(field="summary")
    if faults := agreement_faults(draft, follows=proposal.follows):
        raise RuleRefused(faults)


def _write(
    proposal: Proposal, draft: RuleDraft, *, number: int, note: str = "", justification: str = ""
) -> Revision:
    document = document_of(draft)
    return Revision.objects.create(
        proposal=proposal,
        number=number,
        document=document,
        text_hash=hash_of(document),
        note=note.strip(),
        justification=justification.strip(),
        written_at=now(),
    )
