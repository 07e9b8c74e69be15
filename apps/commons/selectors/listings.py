"""One listing and one provider, as their pages show them."""

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from apps.compliance.models import Duty, Facts
from apps.core.codes import parse
from apps.core.errors import NotFound
from apps.licensing.models import LicenceRestriction
from apps.listings.errors import ListingUnknown
from apps.listings.models import Evaluation, Listing, ListingVersion, Provider
from apps.policy.models import Use

EVALUATIONS = 50
VERSIONS = 50


class ProviderUnknown(NotFound):
    """No provider bears this name."""

    code = "provider-unknown"
    title = _("There is no provider of this name.")
    remedy = _("Search the register for it.")


@dataclass(frozen=True, slots=True)
class LicenceView:
    """What a version's licence forbids, and the uses ruled out with those of its ancestors."""

    restrictions: list[LicenceRestriction]
    uses: list[Use]


def listing_by_code(code: str) -> Listing:
    """Return one listing with what its page opens with; raise `ListingUnknown`."""
    rows = Listing.objects.select_related("provider__claimed_by", "current__licence")
    found = rows.filter(code=parse(code)).first()
    if found is None:
        raise ListingUnknown(field="code")
    return found


def versions_of(listing: Listing) -> list[ListingVersion]:
    """Return the newest versions first."""
    rows = listing.versions.select_related("licence").order_by("-number")
    return list(rows[:VERSIONS])


def evaluations_of(version: ListingVersion | None) -> list[Evaluation]:
    """Return the results on record of a version, newest first."""
    rows = Evaluation.objects.filter(version=version, ended_at=None)
    return list(rows.order_by("-measured_date", "kind", "id")[:EVALUATIONS])


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


def duties_of(listing: Listing) -> list[Duty]:
    """Return what is owed because of a listing now, the nearest due first."""
    rows = Duty.objects.filter(listing=listing, until_at=None)
    return list(rows.select_related("rule_duty__version__rule").order_by("due_at", "id")[:50])


def provider_by_slug(slug: str) -> Provider:
    """Return one provider; raise `ProviderUnknown`."""
    found = Provider.objects.select_related("claimed_by", "owner_group").filter(slug=slug).first()
    if found is None:
        raise ProviderUnknown(field="slug")
    return found
