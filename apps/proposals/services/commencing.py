"""What an adopted rule changes as it begins, held against what the chambers were shown."""

import datetime as dt

from django.db import transaction
from django.db.models import Q

from apps.compliance.selectors.impact import impact_of
from apps.core.actor import Actor
from apps.journal.services import record
from apps.policy.models import RuleVersion
from apps.proposals.acts import ImpactRecomputed
from apps.proposals.models import Commencement, ImpactTolerance, Proposal
from apps.proposals.services.drafting import impact_keep
from apps.proposals.services.locking import locked
from apps.proposals.states import ImpactOccasion


@transaction.atomic
def commencement_record(*, actor: Actor, proposal: Proposal, version: RuleVersion) -> Commencement:
    """Work the impact out again over the listings of now, and hold it against the frozen one.

    Called twice it does nothing the second time. That it lies beyond the tolerance is told by the
    act, and changes nothing by itself.
    """
    proposal = locked(proposal.pk)
    for known in Commencement.objects.filter(proposal=proposal):
        return known
    freeze = proposal.freeze
    found = impact_keep(freeze.revision, ImpactOccasion.COMMENCED, impact_of(version))
    foretold, now = set(freeze.impact.changed), set(found.changed)
    tolerance = _tolerance(version.effective_at.date())
    commencement = Commencement.objects.create(
        proposal=proposal,
        impact=found,
        tolerance=tolerance,
        appeared=sorted(now - foretold),
        vanished=sorted(foretold - now),
        allowed=tolerance.allows(len(foretold)),
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
    return commencement


def _tolerance(day: dt.date) -> ImpactTolerance:
    valid = Q(valid_until_date=None) | Q(valid_until_date__gt=day)
    return ImpactTolerance.objects.filter(valid, valid_from_date__lte=day).latest("valid_from_date")
