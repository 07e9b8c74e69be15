"""What the register answers, as JSON."""

from rest_framework import serializers

from apps.core.pagination import LARGEST
from apps.listings.models import (
    Dispute,
    Evaluation,
    ImportFault,
    ImportRun,
    LineageEdge,
    Listing,
    ListingVersion,
    Marketplace,
    Offer,
    Provider,
    ProviderClaim,
)
from apps.listings.selectors import SORTS
from apps.listings.states import Access


class Stretch(serializers.Serializer):
    """Which stretch of a list."""

    after = serializers.CharField(max_length=400, required=False, default="", allow_blank=True)
    limit = serializers.IntegerField(min_value=1, max_value=LARGEST, default=50)


class RegisterQuery(Stretch):
    """What to look for in the register."""

    q = serializers.CharField(max_length=200, required=False, default="", allow_blank=True)
    family = serializers.CharField(max_length=40, required=False, default="", allow_blank=True)
    task = serializers.CharField(max_length=60, required=False, default="", allow_blank=True)
    country = serializers.CharField(max_length=2, required=False, default="", allow_blank=True)
    access = serializers.ChoiceField(
        choices=Access.choices, required=False, default="", allow_blank=True
    )
    provider = serializers.CharField(max_length=120, required=False, default="", allow_blank=True)
    sort = serializers.ChoiceField(choices=list(SORTS), required=False, default="")


class ProviderSerializer(serializers.ModelSerializer):
    """One provider."""

    claimed_by: serializers.SlugRelatedField = serializers.SlugRelatedField(
        "code", read_only=True, allow_null=True
    )

    class Meta:
        model = Provider
        fields = ["code", "name", "slug", "country", "website", "claimed_by"]
        read_only_fields = fields


class ListingVersionSerializer(serializers.ModelSerializer):
    """One version with what is declared of it; an unknown fact is null or empty."""

    licence = serializers.CharField(source="licence_id", allow_null=True)

    class Meta:
        model = ListingVersion
        fields = [
            "id",
            "number",
            "licence",
            "licence_text",
            "licence_link",
            "weight_digest",
            "revision",
            "task",
            "modalities_in",
            "modalities_out",
            "params_b",
            "training_flops_log10",
            "downloads",
            "languages",
            "tags",
            "statements",
            "access",
            "released_date",
            "has_model_card",
            "human_oversight",
            "card_url",
            "published_at",
            "declared_at",
        ]
        read_only_fields = fields


class ListingSerializer(serializers.ModelSerializer):
    """One listing with its current version."""

    provider = ProviderSerializer(read_only=True)
    version = ListingVersionSerializer(source="current", read_only=True)

    class Meta:
        model = Listing
        fields = [
            "code",
            "name",
            "source",
            "external_id",
            "state",
            "provider",
            "version",
            "listed_at",
            "changed_at",
        ]
        read_only_fields = fields


class RegisterSerializer(serializers.Serializer):
    """One page of the register."""

    listings = ListingSerializer(many=True)
    after = serializers.CharField(allow_blank=True, help_text="Give this as `after` to go on.")


class EdgeSerializer(serializers.ModelSerializer):
    """One thing that a version was made from."""

    parent: serializers.SlugRelatedField = serializers.SlugRelatedField(  # type: ignore[assignment]  # the edge's own word
        "code", read_only=True, allow_null=True
    )

    class Meta:
        model = LineageEdge
        fields = ["id", "parent", "parent_name", "kind", "relation", "declared_by", "evidence"]
        fields += ["state", "valid_from"]
        read_only_fields = fields


class EvaluationSerializer(serializers.ModelSerializer):
    """One result of a test."""

    class Meta:
        model = Evaluation
        fields = ["kind", "score", "dataset", "measured_date", "source"]
        read_only_fields = fields


class OneListingSerializer(ListingSerializer):
    """One listing with its versions, parents and results."""

    versions = ListingVersionSerializer(many=True)
    parents = EdgeSerializer(many=True)
    evaluations = EvaluationSerializer(many=True)

    class Meta(ListingSerializer.Meta):
        fields = [*ListingSerializer.Meta.fields, "versions", "parents", "evaluations"]
        read_only_fields = fields


class ProvidersQuery(Stretch):
    """Which providers."""

    q = serializers.CharField(max_length=200, required=False, default="", allow_blank=True)


class ProvidersSerializer(serializers.Serializer):
    """One page of providers, by name."""

    providers = ProviderSerializer(many=True)
    after = serializers.CharField(allow_blank=True)


class ClaimSerializer(serializers.ModelSerializer):
    """One claim to a provider's name."""

    provider: serializers.SlugRelatedField = serializers.SlugRelatedField("slug", read_only=True)
    organisation: serializers.SlugRelatedField = serializers.SlugRelatedField(
        "code", read_only=True
    )

    class Meta:
        model = ProviderClaim
        fields = ["id", "provider", "organisation", "state", "reason", "opened_at", "closed_at"]
        read_only_fields = fields


class ClaimsSerializer(serializers.Serializer):
    """One page of claims."""

    claims = ClaimSerializer(many=True)
    after = serializers.CharField(allow_blank=True)


class DisputeSerializer(serializers.ModelSerializer):
    """One dispute of a fact or an edge; who raised it is not told."""

    class Meta:
        model = Dispute
        fields = ["id", "code", "edge", "fact", "statement", "evidence", "state", "answer"]
        fields += ["opened_at", "closed_at"]
        read_only_fields = fields


class DisputesSerializer(serializers.Serializer):
    """One page of disputes, newest first."""

    disputes = DisputeSerializer(many=True)
    after = serializers.CharField(allow_blank=True)


class MarketplaceSerializer(serializers.ModelSerializer):
    """One marketplace."""

    organisation: serializers.SlugRelatedField = serializers.SlugRelatedField(
        "code", read_only=True
    )

    class Meta:
        model = Marketplace
        fields = ["id", "slug", "name", "website", "organisation", "entered_at"]
        read_only_fields = fields


class OfferSerializer(serializers.ModelSerializer):
    """One offer of a marketplace."""

    listing: serializers.SlugRelatedField = serializers.SlugRelatedField("code", read_only=True)

    class Meta:
        model = Offer
        fields = ["id", "sku", "listing", "offered_at", "ended_at"]
        read_only_fields = fields


class OffersSerializer(serializers.Serializer):
    """One page of a marketplace's offers, by number."""

    offers = OfferSerializer(many=True)
    after = serializers.CharField(allow_blank=True)


class RunSerializer(serializers.ModelSerializer):
    """One import and how far it is."""

    class Meta:
        model = ImportRun
        fields = ["id", "file_name", "state", "seen", "listed", "changed", "unchanged"]
        fields += ["refused", "error", "created_at", "finished_at"]
        read_only_fields = fields


class RowFaultSerializer(serializers.ModelSerializer):
    """One thing wrong with one row."""

    class Meta:
        model = ImportFault
        fields = ["line", "external_id", "field", "reason", "remedy"]
        read_only_fields = fields


class OneRunSerializer(RunSerializer):
    """One import with a stretch of its faults."""

    faults = RowFaultSerializer(many=True)
    after = serializers.CharField(allow_blank=True)

    class Meta(RunSerializer.Meta):
        fields = [*RunSerializer.Meta.fields, "faults", "after"]
        read_only_fields = fields


class ImportsQuery(Stretch):
    """Which organisation's imports."""

    organisation = serializers.CharField(
        max_length=20, required=False, default="", allow_blank=True, help_text="Its code."
    )


class RunsSerializer(serializers.Serializer):
    """One page of an organisation's imports, newest first."""

    imports = RunSerializer(many=True)
    after = serializers.CharField(allow_blank=True)
