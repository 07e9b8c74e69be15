"""What the register is told over HTTP.

A listing itself is read by the strict readers, which name every field at fault; the shapes here of
a listing and of its parts only describe it in the schema.
"""

from rest_framework import serializers

from apps.listings.readers.own import ACCESS, KINDS, RELATIONS
from apps.policy.states import StatuteKind

OWN = "Its code; a token's own organisation is meant where it is left out."


class ParentShape(serializers.Serializer):
    """Something that the model was made from."""

    name = serializers.CharField(max_length=300)
    kind = serializers.ChoiceField(choices=KINDS, required=False)
    relation = serializers.ChoiceField(choices=RELATIONS, required=False)
    evidence = serializers.CharField(max_length=500, required=False)


class EvaluationShape(serializers.Serializer):
    """One result of a test."""

    kind = serializers.CharField(max_length=60)
    score = serializers.FloatField()
    dataset = serializers.CharField(max_length=200, required=False)
    measured_date = serializers.DateField(required=False)
    source = serializers.CharField(max_length=300, required=False)  # type: ignore[assignment]  # the fact's own name


class ListingFacts(serializers.Serializer):
    """What can be told of a listing, and told anew."""

    name = serializers.CharField(max_length=200, required=False)
    licence_text = serializers.CharField(max_length=300, required=False)
    licence_link = serializers.CharField(max_length=500, required=False)
    weight_digest = serializers.CharField(max_length=80, required=False)
    revision = serializers.CharField(max_length=100, required=False)
    task = serializers.CharField(max_length=60, required=False)
    modalities_in = serializers.ListField(child=serializers.CharField(), required=False)
    modalities_out = serializers.ListField(child=serializers.CharField(), required=False)
    params_b = serializers.FloatField(required=False, min_value=0)
    training_flops_log10 = serializers.FloatField(required=False, min_value=0)
    downloads = serializers.IntegerField(required=False, min_value=0)
    languages = serializers.ListField(child=serializers.CharField(), required=False)
    tags = serializers.ListField(child=serializers.CharField(), required=False)
    statements = serializers.ListField(child=serializers.CharField(), required=False)
    access = serializers.ChoiceField(choices=ACCESS, required=False)
    released_date = serializers.DateField(required=False)
    has_model_card = serializers.BooleanField(required=False)
    human_oversight = serializers.BooleanField(required=False)
    card_url = serializers.URLField(max_length=500, required=False)
    parents = ParentShape(many=True, required=False)
    evaluations = EvaluationShape(many=True, required=False)


class ListingShape(ListingFacts):
    """A listing in the portal's own shape."""

    organisation = serializers.CharField(max_length=20, required=False, help_text=OWN)
    external_id = serializers.CharField(max_length=300)
    name = serializers.CharField(max_length=200)
    provider = serializers.CharField(max_length=200)
    provider_country = serializers.CharField(max_length=2, required=False)
    provider_website = serializers.URLField(max_length=300, required=False)
    source = serializers.CharField(max_length=60, required=False)  # type: ignore[assignment]  # the fact's own name


class Reason(serializers.Serializer):
    """Why something is done."""

    reason = serializers.CharField(max_length=1000)


class NewClaim(serializers.Serializer):
    """A claim to a provider's name."""

    organisation = serializers.CharField(
        max_length=20, required=False, default="", allow_blank=True, help_text=OWN
    )
    address = serializers.EmailField(
        required=False,
        default="",
        allow_blank=True,
        help_text="At the provider's own domain: a code is sent there.",
    )
    statement = serializers.CharField(max_length=2000, required=False, default="", allow_blank=True)


class Proof(serializers.Serializer):
    """The code that was sent to the provider's domain."""

    code = serializers.CharField(max_length=100)


class ClaimDecision(serializers.Serializer):
    """Whether a regulator confirms a claim; a refusal needs its reason."""

    confirm = serializers.BooleanField()
    reason = serializers.CharField(max_length=1000, required=False, default="", allow_blank=True)


class NewDispute(serializers.Serializer):
    """What is said to be wrong: a fact by its name, or an edge by its id."""

    fact = serializers.CharField(max_length=40, required=False, default="", allow_blank=True)
    edge = serializers.UUIDField(required=False, default=None, allow_null=True)
    statement = serializers.CharField(max_length=2000)
    evidence = serializers.URLField(max_length=500, required=False, default="", allow_blank=True)


class DisputeDecision(serializers.Serializer):
    """How a dispute is decided, with reasons."""

    upheld = serializers.BooleanField()
    answer = serializers.CharField(max_length=4000)


class NewMarketplace(serializers.Serializer):
    """A marketplace of an organisation."""

    organisation = serializers.CharField(
        max_length=20, required=False, default="", allow_blank=True, help_text=OWN
    )
    name = serializers.CharField(max_length=200)
    website = serializers.URLField(max_length=300, required=False, default="", allow_blank=True)


class NewAccession(serializers.Serializer):
    """Which kinds of rules shall bind a marketplace, where and until when."""

    rule_kinds = serializers.ListField(
        child=serializers.ChoiceField(choices=StatuteKind.choices), min_length=1, max_length=3
    )
    jurisdictions = serializers.ListField(
        child=serializers.CharField(max_length=8), required=False, default=list, max_length=300
    )
    basis = serializers.CharField(max_length=1000)
    until_at = serializers.DateTimeField(required=False, default=None, allow_null=True)


class NewOffer(serializers.Serializer):
    """An offer of a listing under the marketplace's own number."""

    listing = serializers.CharField(max_length=20, help_text="Its code.")
    sku = serializers.CharField(max_length=120)


class NewImport(serializers.Serializer):
    """What comes with the rows of an import."""

    organisation = serializers.CharField(
        max_length=20, required=False, default="", allow_blank=True, help_text=OWN
    )
    file_name = serializers.CharField(
        max_length=200,
        required=False,
        default="rows.jsonl",
        help_text="Its ending says how it is read: .jsonl, .csv or .md.",
    )
    card_id = serializers.CharField(
        max_length=300,
        required=False,
        default="",
        allow_blank=True,
        help_text="owner/name of a single model card.",
    )
