"""Marketplaces and their offers."""

import uuid
from collections.abc import Iterable

from django.db.models import Q, QuerySet

from apps.core.clock import now
from apps.core.errors import NotFound
from apps.institutions.models import Organisation
from apps.listings.models import Accession, LineageEdge, Listing, Marketplace, Offer


def marketplace_by_slug(slug: str) -> Marketplace:
    """Return a marketplace; raise `NotFound`."""
    found = Marketplace.objects.select_related("organisation").filter(slug=slug).first()
    if found is None:
        raise NotFound(field="marketplace")
    return found


def marketplaces_by_slug(slugs: Iterable[str]) -> dict[str, uuid.UUID]:
    """Return the ids of those marketplaces that there are."""
    return dict(Marketplace.objects.filter(slug__in=slugs).values_list("slug", "id"))


def marketplaces_of(organisation: Organisation) -> QuerySet[Marketplace]:
    """Return an organisation's marketplaces, by name."""
    return organisation.marketplaces.order_by("name", "id")


def offers_of(marketplace: Marketplace) -> QuerySet[Offer]:
    """Return what a marketplace offers now, by its own numbers."""
    return marketplace.offers.filter(ended_at=None).select_related("listing").order_by("sku", "id")


def edge_of(listing: Listing, edge_id: uuid.UUID) -> LineageEdge:
    """Return one standing edge of a listing; raise `NotFound`."""
    edges = LineageEdge.objects.filter(child__listing=listing, valid_until=None)
    found = edges.filter(pk=edge_id).first()
    if found is None:
        raise NotFound(field="edge")
    return found


def accession_of(marketplace: Marketplace) -> Accession | None:
    """Return what binds a marketplace now; nothing where it has not acceded, or no longer."""
    moment = now()
    runs = Q(until_at=None) | Q(until_at__gt=moment)
    found = marketplace.accessions.filter(runs, from_at__lte=moment)
    return found.order_by("-from_at", "-id").first()
