"""What a version was made from."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from apps.core.ids import uuid7
from apps.listings.models.listings import Listing, ListingVersion
from apps.listings.states import EDGES, DeclaredBy, EdgeKind, EdgeState


class LineageEdge(models.Model):
    """One version was made from a model; a parent that is not listed is kept by its name."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    child = models.ForeignKey(ListingVersion, models.PROTECT, related_name="parents")
    parent = models.ForeignKey(Listing, models.PROTECT, null=True, related_name="children")
    parent_name = models.CharField(max_length=300)
    kind = models.CharField(max_length=10, choices=EdgeKind)
    relation = models.CharField(max_length=20, blank=True)
    declared_by = models.CharField(max_length=10, choices=DeclaredBy)
    evidence = models.CharField(max_length=500, blank=True)
    state = models.CharField(max_length=10, choices=EdgeState, default=EdgeState.DECLARED)
    valid_from = models.DateTimeField()
    valid_until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            EDGES.constraint("listings_edge_state"),
            models.CheckConstraint(
                name="listings_edge_kind", condition=Q(kind__in=EdgeKind.values)
            ),
            models.CheckConstraint(
                name="listings_edge_period",
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")),
            ),
            models.UniqueConstraint(
                "child",
                Lower("parent_name"),
                "kind",
                name="listings_one_edge_each",
                condition=Q(valid_until=None),
            ),
        ]
        indexes = [
            models.Index(fields=["parent", "child"], name="listings_children"),
            models.Index(
                Lower("parent_name"),
                name="listings_orphans",
                condition=Q(parent=None, valid_until=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.child_id} made from {self.parent_name}"
