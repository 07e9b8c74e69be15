"""What a version's licence says, and what came down to it."""

import datetime as dt
from dataclasses import dataclass

from apps.compliance.models import Facts
from apps.licensing.models import LicenceRestriction
from apps.listings.models import ListingVersion
from apps.policy.models import Use


@dataclass(frozen=True, slots=True)
class LicenceView:
    """What a version's licence forbids, and the uses ruled out with those of its ancestors."""

    restrictions: list[LicenceRestriction]
    uses: list[Use]


def licence_view(version: ListingVersion | None, day: dt.date) -> LicenceView:
    """Return what the licence says and which uses fall away, inherited ones included."""
    if version is None:
        return LicenceView([], [])
    restrictions = LicenceRestriction.objects.none()
    if version.licence:
        standing = version.licence.restrictions.exclude(ended_date__lte=day)
        restrictions = standing.select_related("restriction").order_by("restriction_id")
    facts = Facts.objects.filter(version=version, until_at=None).first()
    forbidden = facts.use_restrictions if facts else []
    return LicenceView(list(restrictions), list(Use.objects.filter(slug__in=forbidden)))
