"""One listing with what belongs to it, and one provider with its listings."""

import uuid
from typing import Any

from django.db import connection
from django.db.models import Count, F, Q, QuerySet

from apps.core import codes
from apps.core.actor import Actor
from apps.core.errors import NotFound
from apps.institutions.models import Organisation
from apps.listings.errors import ListingUnknown
from apps.listings.models import (
    Dispute,
    EarlierFacts,
    Evaluation,
    Follow,
    LineageEdge,
    Listing,
    ListingVersion,
    Provider,
    ProviderClaim,
)
from apps.listings.states import ClaimState, DisputeState, ListingState

# Upwards from some versions: each edge once, however the graph turns, to a depth.
ANCESTRY = """
with recursive above (id, child_id, parent_id, depth) as (
    select e.id, e.child_id, e.parent_id, 1 from listings_lineageedge e
        where e.child_id = any(%(versions)s) and e.valid_until is null
    union
    select e.id, e.child_id, e.parent_id, above.depth + 1 from above
        join listings_listing l on l.id = above.parent_id
        join listings_lineageedge e on e.child_id = l.current_id
        where e.valid_until is null and above.depth < %(deepest)s)
select id, min(depth) from above group by id order by min(depth), id limit %(most)s
"""


def listing_by_code(code: str) -> Listing:
    """Return a listing with its provider, current version and licence; raise `ListingUnknown`."""
    rows = Listing.objects.select_related("provider__claimed_by", "brought_by", "current__licence")
    found = rows.filter(code=codes.parse(code)).first()
    if found is None:
        raise ListingUnknown(field="code")
    return found


def versions_of(listing: Listing) -> QuerySet[ListingVersion]:
    """Return a listing's versions, newest first."""
    return listing.versions.select_related("licence").order_by("-number")


def earlier_facts_of(version: ListingVersion) -> QuerySet[EarlierFacts]:
    """Return what was declared of a version before, newest first."""
    return version.earlier.order_by("-since_at", "-id")


def evaluations_of(version: ListingVersion) -> QuerySet[Evaluation]:
    """Return the results that are told of a version now."""
    return version.evaluations.filter(ended_at=None).order_by("kind", "dataset", "id")


def parents_of(version: ListingVersion) -> QuerySet[LineageEdge]:
    """Return what a version was made from, by what is told now."""
    edges = version.parents.filter(valid_until=None).select_related("parent__provider")
    return edges.order_by("kind", "parent_name", "id")


def children_of(listing: Listing) -> QuerySet[LineageEdge]:
    """Return what was made from a listing; newest first."""
    edges = listing.children.filter(
        valid_until=None,
        child__listing__state=ListingState.LISTED,
        child__listing__current=F("child"),
    )
    return edges.select_related("child__listing__provider").order_by("-id")


def ancestry_of(
    version: ListingVersion, *, deepest: int = 12, most: int = 500
) -> list[tuple[LineageEdge, int]]:
    """Return all edges above a version with their depth, nearest first; circles end by depth."""
    with connection.cursor() as cursor:
        cursor.execute(ANCESTRY, {"versions": [version.pk], "deepest": deepest, "most": most})
        depths: dict[uuid.UUID, int] = dict(cursor.fetchall())
    rows = LineageEdge.objects.select_related(
        "child__listing__provider", "child__licence", "parent__provider", "parent__current__licence"
    )
    edges = {edge.pk: edge for edge in rows.filter(pk__in=depths)}
    return [(edges[pk], depth) for pk, depth in depths.items()]


def disputes_of(listing: Listing) -> QuerySet[Dispute]:
    """Return a listing's disputes, newest first."""
    rows = listing.disputes.select_related("edge", "version")
    return rows.order_by("-opened_at", "-id")


def disputes_open() -> QuerySet[Dispute]:
    """Return the disputes that wait for a decision, oldest first."""
    rows = Dispute.objects.filter(state=DisputeState.OPENED).select_related("listing", "edge")
    return rows.order_by("opened_at", "id")


def follows(actor: Actor, listing: Listing) -> bool:
    """Whether the actor follows a listing."""
    return actor.known and Follow.objects.filter(user=actor.person, listing=listing).exists()


def listings_followed(person: uuid.UUID) -> list[str]:
    """Return the codes of the listings that someone follows, the first followed first."""
    rows = Follow.objects.filter(user=person).order_by("since_at", "id")
    return list(rows.values_list("listing__code", flat=True))


def disputes_kept(person: uuid.UUID) -> list[dict[str, Any]]:
    """Return the disputes that someone raised, the first raised first, as plain values."""
    rows = Dispute.objects.filter(raised_by=person).order_by("opened_at", "id")
    words = ("code", "fact", "statement", "evidence", "state", "answer", "opened_at", "closed_at")
    return list(rows.values(*words, about=F("listing__code")))


def provider_by_slug(slug: str) -> Provider:
    """Return a provider; raise `NotFound`."""
    rows = Provider.objects.select_related("claimed_by", "owner_group")
    found = rows.filter(slug=slug).first()
    if found is None:
        raise NotFound(field="provider")
    return found


def providers(text: str = "") -> QuerySet[Provider]:
    """Return providers with how many listings each has on offer."""
    rows = Provider.objects.select_related("claimed_by").annotate(
        count=Count("listings", filter=Q(listings__state=ListingState.LISTED))
    )
    return rows.filter(name__icontains=text.strip()) if text.strip() else rows


def listings_kept_by(organisation: Organisation) -> QuerySet[Listing]:
    """Return the listings that an organisation keeps: its claimed providers', or brought by it."""
    own = Q(provider__claimed_by=organisation)
    brought = Q(brought_by=organisation, provider__claimed_by=None)
    return Listing.objects.filter(own | brought).select_related("provider", "current__licence")


def claims_of(organisation: Organisation) -> QuerySet[ProviderClaim]:
    """Return an organisation's claims, newest first."""
    rows = organisation.provider_claims.select_related("provider")
    return rows.order_by("-opened_at", "-id")


def claims_open() -> QuerySet[ProviderClaim]:
    """Return the claims that wait for proof or a regulator, oldest first."""
    rows = ProviderClaim.objects.filter(state=ClaimState.OPENED)
    return rows.select_related("provider", "organisation").order_by("opened_at", "id")
