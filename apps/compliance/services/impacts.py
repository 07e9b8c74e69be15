"""Keep what a rule version was to change: when it entered the register, and when it began."""

from django.db import transaction

from apps.compliance.models import RuleImpact
from apps.compliance.selectors.impact import foretold
from apps.compliance.states import Occasion
from apps.policy.models import RuleVersion


@transaction.atomic
def impact_keep(*, version: RuleVersion, occasion: Occasion) -> RuleImpact:
    """Work out what a version changes over all listings on offer, once for each occasion."""
    for known in RuleImpact.objects.filter(version=version, occasion=occasion):
        return known
    found = foretold(version)
    return RuleImpact.objects.create(
        version=version,
        occasion=occasion,
        text_hash=version.text_hash,
        listings=found.listings,
        fires=list(found.fires),
        document=found.plain(),
        digest=found.digest,
        computed_at=found.computed_at,
    )
