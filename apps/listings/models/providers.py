"""Who makes models, who says to be them, and where models are offered."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from apps.core.ids import uuid7
from apps.listings.states import CLAIMS, ClaimState


class Provider(models.Model):
    """A name under which models are published; unclaimed until a company proves it is its own."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=200)
    slug = models.SlugField(max_length=120, unique=True)
    country = models.CharField(max_length=2, blank=True)
    website = models.URLField(max_length=300, blank=True)
    owner_group = models.ForeignKey(
        "institutions.OwnerGroup", models.PROTECT, null=True, related_name="providers"
    )
    claimed_by = models.ForeignKey(
        "institutions.Organisation", models.PROTECT, null=True, related_name="providers"
    )
    claimed_at = models.DateTimeField(null=True)
    entered_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="listings_claim_is_dated",
                condition=Q(claimed_by=None, claimed_at=None)
                | Q(claimed_by__isnull=False, claimed_at__isnull=False),
            )
        ]
        indexes = [
            models.Index(fields=["name", "id"], name="listings_provider_by_name"),
            models.Index(fields=["claimed_by", "id"], name="listings_provider_claimed"),
        ]

    def __str__(self) -> str:
        return self.name


class ProviderClaim(models.Model):
    """An organisation says that a provider is itself."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    provider = models.ForeignKey(Provider, models.PROTECT, related_name="claims")
    organisation = models.ForeignKey(
        "institutions.Organisation", models.PROTECT, related_name="provider_claims"
    )
    state = models.CharField(max_length=12, choices=ClaimState, default=ClaimState.OPENED)
    proof_address = models.EmailField(blank=True)
    proof_digest = models.CharField(max_length=64, blank=True)
    proof_until_at = models.DateTimeField(null=True)
    statement = models.TextField(blank=True)
    reason = models.TextField(blank=True)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            CLAIMS.constraint("listings_claim_state"),
            models.UniqueConstraint(
                fields=["provider", "organisation"],
                name="listings_one_open_claim_each",
                condition=Q(state=ClaimState.OPENED),
            ),
            models.UniqueConstraint(
                fields=["provider"],
                name="listings_one_confirmed_claim",
                condition=Q(state=ClaimState.CONFIRMED),
            ),
        ]
        indexes = [models.Index(fields=["state", "opened_at", "id"], name="listings_claims_open")]

    def __str__(self) -> str:
        return f"{self.organisation_id} claims {self.provider_id}"


class Marketplace(models.Model):
    """A place that offers models and asks this portal whether it may."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(
        "institutions.Organisation", models.PROTECT, related_name="marketplaces"
    )
    name = models.CharField(max_length=200)
    slug = models.SlugField(max_length=120, unique=True)
    website = models.URLField(max_length=300, blank=True)
    entered_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["organisation", "id"], name="listings_marketplaces_of")]

    def __str__(self) -> str:
        return self.name


class Accession(models.Model):
    """Which kinds of rules bind a marketplace, in which territory, until when."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    marketplace = models.ForeignKey(Marketplace, models.PROTECT, related_name="accessions")
    rule_kinds = ArrayField(models.CharField(max_length=12))
    jurisdictions = ArrayField(models.CharField(max_length=8), default=list)
    basis = models.TextField()
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="listings_accession_period",
                condition=Q(until_at=None) | Q(until_at__gt=F("from_at")),
            ),
            models.CheckConstraint(
                name="listings_accession_binds", condition=Q(rule_kinds__len__gte=1)
            ),
        ]
        indexes = [models.Index(fields=["marketplace", "from_at"], name="listings_accessions_of")]

    def __str__(self) -> str:
        return f"{self.marketplace_id} accedes"
