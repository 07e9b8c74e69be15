"""Where a listing is offered, who follows it, and who doubts what stands of it."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from apps.core.ids import uuid7
from apps.listings.models.lineage import LineageEdge
from apps.listings.models.listings import Listing, ListingVersion
from apps.listings.models.providers import Marketplace
from apps.listings.states import DISPUTES, DisputeState


class Offer(models.Model):
    """A marketplace offers a listing under its own number."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    marketplace = models.ForeignKey(Marketplace, models.PROTECT, related_name="offers")
    listing = models.ForeignKey(Listing, models.PROTECT, related_name="offers")
    sku = models.CharField(max_length=120)
    offered_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["marketplace", "sku"],
                name="listings_one_listing_per_sku",
                condition=Q(ended_at=None),
            )
        ]
        indexes = [
            models.Index(fields=["listing", "id"], name="listings_offers_of"),
            models.Index(fields=["marketplace", "sku", "id"], name="listings_offers_by_sku"),
        ]

    def __str__(self) -> str:
        return self.sku


class Dispute(models.Model):
    """Someone says that a fact or an edge of a listing is wrong: exactly one of the two."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField(max_length=20, unique=True)
    listing = models.ForeignKey(Listing, models.PROTECT, related_name="disputes")
    version = models.ForeignKey(ListingVersion, models.PROTECT, related_name="disputes")
    edge = models.ForeignKey(LineageEdge, models.PROTECT, null=True, related_name="disputes")
    fact = models.CharField(max_length=40, blank=True)
    statement = models.TextField()
    evidence = models.URLField(max_length=500, blank=True)
    raised_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="listing_disputes"
    )
    state = models.CharField(max_length=10, choices=DisputeState, default=DisputeState.OPENED)
    answer = models.TextField(blank=True)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            DISPUTES.constraint("listings_dispute_state"),
            models.CheckConstraint(
                name="listings_dispute_of_one_thing",
                condition=Q(edge=None) & ~Q(fact="") | Q(edge__isnull=False, fact=""),
            ),
            models.UniqueConstraint(
                fields=["edge"],
                name="listings_one_open_dispute_per_edge",
                condition=Q(state=DisputeState.OPENED),
            ),
        ]
        indexes = [
            models.Index(fields=["state", "opened_at", "id"], name="listings_disputes_open"),
            models.Index(fields=["listing", "-opened_at", "id"], name="listings_disputes_of"),
        ]

    def __str__(self) -> str:
        return self.code


class Follow(models.Model):
    """A person wants to hear of a listing. This is theirs alone, no governance, and no act."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="follows")
    listing = models.ForeignKey(Listing, models.PROTECT, related_name="follows")
    since_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "listing"], name="listings_follow_once")
        ]

    def __str__(self) -> str:
        return f"{self.user_id} follows {self.listing_id}"
