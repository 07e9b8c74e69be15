"""What an adopted rule changes as it begins, held against what the chambers were shown."""

import datetime as dt
from dataclasses import replace

from django.db import transaction
from django.db.models import Q

from apps.compliance.selectors.impact import foretold
from apps.core.actor import SYSTEM, Actor
from apps.core.clock import Now
from apps.journal.services import record
from apps.policy.engine import Mode
from apps.policy.models import RuleVersion
from apps.policy.services import draft_of, rule_enact
from apps.policy.states import RuleMode, RuleState, StatuteKind
from apps.proposals.acts import ImpactRecomputed
from apps.proposals.models import Commencement, ImpactTolerance, Proposal
from apps.proposals.services.drafting import impact_keep
from apps.proposals.services.locking import locked
from apps.proposals.states import ImpactOccasion, ProposalState


@transaction.atomic
def commencement_record(*, actor: Actor, proposal: Proposal, version: RuleVersion) -> Commencement:
    """Work the impact out again over the listings of now, and hold it against the frozen one.

    Beyond the tolerance the rule starts in warn: the same text in that mode takes its place, until
    the chambers adopt it again. Called twice it does nothing the second time.
    """
    proposal = locked(proposal.pk)
    for known in Commencement.objects.filter(proposal=proposal):
        return known
    freeze = proposal.freeze
    found = impact_keep(freeze.revision, ImpactOccasion.COMMENCED, foretold(version))
    shown, now = set(freeze.impact.changed), set(found.changed)
    tolerance = _tolerance(version.effective_at.date())
    commencement = Commencement.objects.create(
        proposal=proposal,
        impact=found,
        tolerance=tolerance,
        appeared=sorted(now - shown),
        vanished=sorted(shown - now),
        allowed=tolerance.allows(len(shown)),
        began_at=version.effective_at,
    )
    record(
        ImpactRecomputed(
            subject=proposal.pk,
            rule=version.rule_id,
            impact_hash=found.digest,
            frozen_hash=freeze.impact_hash,
            appeared=len(commencement.appeared),
            vanished=len(commencement.vanished),
            allowed=commencement.allowed,
            beyond=commencement.beyond,
        ),
        actor=actor,
    )
    if commencement.beyond and version.mode == RuleMode.ENFORCE:
        _warn_first(proposal, version)
    return commencement


def commencements_turn() -> int:
    """Work out what adopted rules change whose time has come, before they begin; return how many.

    So one that begins in warn is never enforced. Safe to call from several processes at once.
    """
    due = Proposal.objects.filter(
        state=ProposalState.ADOPTED,
        enacted__state=RuleState.SCHEDULED,
        enacted__effective_at__lte=Now(),
        commencement__isnull=True,
    )
    found = list(due.select_related("enacted__rule").order_by("enacted__effective_at", "id"))
    for proposal in found:
        if proposal.enacted is not None:
            commencement_record(actor=SYSTEM, proposal=proposal, version=proposal.enacted)
    return len(found)


def _warn_first(proposal: Proposal, version: RuleVersion) -> None:
    """Put the adopted text in the place of the rule in a mode that changes nothing yet."""
    draft = draft_of(proposal.freeze.revision.document)
    rule_enact(
        actor=SYSTEM,
        draft=replace(draft, mode=Mode.WARN, effective_at=None),
        kind=StatuteKind(proposal.kind),
        origin_ref=proposal.code,
        rule=version.rule,
    )


def _tolerance(day: dt.date) -> ImpactTolerance:
    valid = Q(valid_until_date=None) | Q(valid_until_date__gt=day)
    return ImpactTolerance.objects.filter(valid, valid_from_date__lte=day).latest("valid_from_date")
