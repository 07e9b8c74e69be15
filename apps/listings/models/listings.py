"""A model on offer, its versions, and what is declared of them."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from apps.core.ids import uuid7
from apps.listings.models.providers import Provider
from apps.listings.states import LISTINGS, Access, ListingState


class Listing(models.Model):
    """One model of one provider; its identity is where it was read: (source, external id).

    `brought_by` is the organisation that entered it; a claimed provider's listings are its own.
    `digest` is that of the row it was last read from, so an unchanged row writes nothing.
    `words` and `search` serve the register's search and hold no fact of their own.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField(max_length=20, unique=True)
    provider = models.ForeignKey(Provider, models.PROTECT, related_name="listings")
    name = models.CharField(max_length=200)
    slug = models.SlugField(max_length=120)
    source = models.CharField(max_length=60)
    external_id = models.CharField(max_length=300)
    state = models.CharField(max_length=12, choices=ListingState, default=ListingState.LISTED)
    current = models.ForeignKey(
        "listings.ListingVersion", models.PROTECT, null=True, related_name="+"
    )
    brought_by = models.ForeignKey(
        "institutions.Organisation", models.PROTECT, null=True, related_name="listings"
    )
    digest = models.CharField(max_length=64)
    words = models.TextField(blank=True)
    search = models.GeneratedField(
        expression=SearchVector("words", config="simple"),
        output_field=SearchVectorField(),
        db_persist=True,
    )
    listed_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            LISTINGS.constraint("listings_listing_state"),
            models.UniqueConstraint(
                fields=["source", "external_id"], name="listings_one_per_source_and_id"
            ),
        ]
        indexes = [
            GinIndex(fields=["search"], name="listings_search"),
            GinIndex(OpClass("words", name="gin_trgm_ops"), name="listings_words"),
            models.Index(fields=["name", "id"], name="listings_by_name"),
            models.Index(fields=["-listed_at", "id"], name="listings_newest"),
            models.Index(fields=["-changed_at", "id"], name="listings_changed"),
            models.Index(fields=["provider", "name", "id"], name="listings_of_provider"),
            models.Index(fields=["brought_by", "name", "id"], name="listings_brought_by"),
            models.Index(Lower("name"), name="listings_name_key"),
            models.Index(Lower("external_id"), name="listings_external_key"),
        ]

    def __str__(self) -> str:
        return self.name


class DeclaredFacts(models.Model):
    """What is declared of a version beside its identity; an unknown fact is null or empty."""

    revision = models.CharField(max_length=100, blank=True)
    task = models.CharField(max_length=60, blank=True)
    modalities_in = ArrayField(models.CharField(max_length=40), default=list)
    modalities_out = ArrayField(models.CharField(max_length=40), default=list)
    params_b = models.FloatField(null=True)
    training_flops_log10 = models.FloatField(null=True)
    downloads = models.BigIntegerField(null=True)
    languages = ArrayField(models.CharField(max_length=40), default=list)
    tags = ArrayField(models.CharField(max_length=100), default=list)
    statements = ArrayField(models.CharField(max_length=40), default=list)
    access = models.CharField(max_length=10, choices=Access, blank=True)
    released_date = models.DateField(null=True)
    has_model_card = models.BooleanField(null=True)
    human_oversight = models.BooleanField(null=True)
    card_url = models.URLField(max_length=500, blank=True)

    class Meta:
        abstract = True


class ListingVersion(DeclaredFacts):
    """One version: its licence and its weights never change; both begin a new version.

    The other facts are the ones declared now; what was declared before stands in `EarlierFacts`.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    listing = models.ForeignKey(Listing, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    licence_text = models.CharField(max_length=300, blank=True)
    licence_link = models.CharField(max_length=500, blank=True)
    licence = models.ForeignKey(
        "licensing.Licence", models.PROTECT, null=True, related_name="versions"
    )
    weight_digest = models.CharField(max_length=80, blank=True)
    published_at = models.DateTimeField()
    declared_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["listing", "number"], name="listings_version_number"),
            models.CheckConstraint(
                name="listings_access", condition=Q(access__in=["", *Access.values])
            ),
            models.CheckConstraint(
                name="listings_counts_are_not_negative",
                condition=(Q(downloads=None) | Q(downloads__gte=0))
                & (Q(params_b=None) | Q(params_b__gte=0)),
            ),
        ]
        indexes = [
            models.Index(
                fields=["weight_digest"],
                name="listings_by_weights",
                condition=~Q(weight_digest=""),
            ),
            models.Index(
                fields=["revision"], name="listings_by_revision", condition=~Q(revision="")
            ),
            models.Index(fields=["licence", "id"], name="listings_by_licence"),
            models.Index(fields=["task", "id"], name="listings_by_task"),
        ]

    def __str__(self) -> str:
        return f"version {self.number} of {self.listing_id}"


class EarlierFacts(DeclaredFacts):
    """What was declared of a version for a time that is over: closed, never overwritten."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    version = models.ForeignKey(ListingVersion, models.PROTECT, related_name="earlier")
    since_at = models.DateTimeField()
    until_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["version", "since_at"], name="listings_earlier_facts")]
        constraints = [
            models.CheckConstraint(
                name="listings_earlier_period", condition=Q(until_at__gte=F("since_at"))
            )
        ]

    def __str__(self) -> str:
        return f"declared of {self.version_id} until {self.until_at}"


class Evaluation(models.Model):
    """A result of a test of one version, as someone reports it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    version = models.ForeignKey(ListingVersion, models.PROTECT, related_name="evaluations")
    kind = models.CharField(max_length=60)
    score = models.FloatField()
    dataset = models.CharField(max_length=200, blank=True)
    measured_date = models.DateField(null=True)
    source = models.CharField(max_length=300, blank=True)
    entered_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["version", "kind", "dataset", "source"],
                name="listings_one_result_each",
                condition=Q(ended_at=None),
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.score}"
