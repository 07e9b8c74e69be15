"""How concentrated the register is, at two layers: what is listed, and what it was made from."""

from collections.abc import Iterable

from django.db.models import Count
from django.db.models.functions import Coalesce

from apps.listings.concentration import Concentration, concentration
from apps.listings.models import LineageEdge, Listing
from apps.listings.states import EdgeKind, EdgeState, ListingState

MADE_FROM = (EdgeKind.WEIGHTS, EdgeKind.OUTPUTS, EdgeKind.COMPONENT, EdgeKind.UNSTATED)


def concentration_of_listings() -> Concentration:
    """Return the measures over listings on offer by owner: its group, else the provider itself."""
    rows = Listing.objects.filter(state=ListingState.LISTED).order_by()
    owner = Coalesce("provider__owner_group", "provider")
    return _measured(rows.values_list(owner).annotate(count=Count("pk")))


def concentration_of_bases() -> Concentration:
    """Return the measures over edges to a listed model, by the owner of that model."""
    rows = LineageEdge.objects.filter(
        parent__isnull=False, valid_until=None, kind__in=MADE_FROM
    ).exclude(state=EdgeState.REJECTED)
    owner = Coalesce("parent__provider__owner_group", "parent__provider")
    return _measured(rows.order_by().values_list(owner).annotate(count=Count("pk")))


def _measured(counted: Iterable[tuple]) -> Concentration:
    return concentration({str(owner): count for owner, count in counted})
