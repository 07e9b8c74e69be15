"""Rules, uses and facts as JSON."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from apps.core.pagination import LARGEST
from apps.policy.engine import Outcome
from apps.policy.engine.vocabulary import Fact
from apps.policy.models import (
    Clause,
    Rule,
    RuleCondition,
    RuleDuty,
    RuleExample,
    RuleParameter,
    RuleVersion,
    Use,
)
from apps.policy.selectors import said
from apps.policy.states import RuleState, StatuteKind

OUTCOMES = [(outcome.slug, outcome.slug) for outcome in Outcome]


class OutcomeField(serializers.ChoiceField):
    """An outcome by its slug."""

    def __init__(self, **options: Any) -> None:
        super().__init__(choices=OUTCOMES, **options)

    def to_representation(self, value: Any) -> str:
        """Return the slug."""
        return Outcome(value).slug

    def to_internal_value(self, data: Any) -> Any:
        """Return the outcome."""
        return Outcome.of(super().to_internal_value(data))


class ClauseSerializer(serializers.ModelSerializer):
    """One sentence and the part of the expression it says."""

    class Meta:
        model = Clause
        fields = ["number", "text", "expression"]


class ConditionSerializer(serializers.ModelSerializer):
    """What must be shown or done."""

    class Meta:
        model = RuleCondition
        fields = ["code", "text"]


class DutySerializer(serializers.ModelSerializer):
    """What someone owes."""

    class Meta:
        model = RuleDuty
        fields = ["addressee", "code", "text", "due_amount", "due_unit", "amount", "currency"]


class ParameterSerializer(serializers.ModelSerializer):
    """A value that the expression reads."""

    class Meta:
        model = RuleParameter
        fields = ["name", "value", "unit"]


class ExampleSerializer(serializers.ModelSerializer):
    """Facts, and whether the rule fires for them, as its author says."""

    listing = serializers.DictField()
    req = serializers.DictField()

    class Meta:
        model = RuleExample
        fields = ["number", "listing", "req", "fires", "note"]


class VersionSerializer(serializers.ModelSerializer):
    """One version of a rule, whole."""

    outcome = OutcomeField()
    clauses = ClauseSerializer(many=True)
    conditions = ConditionSerializer(many=True)
    duties = DutySerializer(many=True)
    parameters = ParameterSerializer(many=True)
    examples = ExampleSerializer(many=True)
    paraphrase = serializers.SerializerMethodField()

    class Meta:
        model = RuleVersion
        fields = [
            *("id", "number", "state", "title", "summary", "expression", "outcome", "mode"),
            *("allowed_jurisdictions", "liability_tag", "jurisdictions", "uses", "effective_at"),
            *("sunset_at", "ended_at", "legal_basis", "citation", "gazette_reference"),
            *("origin_ref", "text_hash", "clauses", "conditions", "duties", "parameters"),
            *("examples", "paraphrase", "why_knowledge", "why_means", "why_suits", "why_cost"),
        ]
        read_only_fields = fields

    @extend_schema_field(
        serializers.CharField(help_text="The expression in plain words, made from it alone.")
    )
    def get_paraphrase(self, version: RuleVersion) -> str:
        """Return what the expression says."""
        found = said(version.expression, version.parameters.all())
        return found.sentence if found else ""


class RuleSerializer(serializers.ModelSerializer):
    """One rule with all its versions, the newest first."""

    versions = VersionSerializer(many=True)

    class Meta:
        model = Rule
        fields = ["code", "number", "kind", "title", "authority", "versions"]
        read_only_fields = fields


class RuleHeadSerializer(serializers.ModelSerializer):
    """What a rule is called."""

    class Meta:
        model = Rule
        fields = ["code", "number", "kind", "title", "authority"]
        read_only_fields = fields


class GazetteSerializer(VersionSerializer):
    """One version with its rule."""

    rule = RuleHeadSerializer()

    class Meta(VersionSerializer.Meta):
        fields = ["rule", *VersionSerializer.Meta.fields]
        read_only_fields = fields


class RulesQuery(serializers.Serializer):
    """Which versions, and which stretch of them."""

    state = serializers.ChoiceField(choices=RuleState.choices, required=False)
    kind = serializers.ChoiceField(choices=StatuteKind.choices, required=False)
    use = serializers.SlugField(max_length=40, required=False)
    jurisdiction = serializers.CharField(max_length=8, required=False)
    after = serializers.CharField(max_length=400, required=False, default="", allow_blank=True)
    limit = serializers.IntegerField(min_value=1, max_value=LARGEST, default=50)


class RulesSerializer(serializers.Serializer):
    """One page of versions, the latest beginning first."""

    ruleset = serializers.IntegerField(help_text="Number of the latest change of the rules.")
    rules = GazetteSerializer(many=True)
    after = serializers.CharField(allow_blank=True, help_text="Give this as `after` to go on.")


class UseSerializer(serializers.ModelSerializer):
    """One use."""

    class Meta:
        model = Use
        fields = ["slug", "name_en", "name_hi", "description", "valid_from", "valid_until"]
        read_only_fields = fields


class UsesSerializer(serializers.Serializer):
    """The list of uses."""

    uses = UseSerializer(many=True)


class FactSerializer(serializers.Serializer):
    """One thing a rule can ask."""

    name = serializers.CharField()
    read_as = serializers.CharField()
    type = serializers.CharField()
    optional = serializers.BooleanField(help_text="Whether it may be missing: guard it by has().")
    unit = serializers.CharField(allow_blank=True)
    called = serializers.CharField(help_text="What a paraphrase calls it.")
    meaning = serializers.CharField()
    example = serializers.CharField()
    origin = serializers.CharField(help_text="Where the fact comes from.")
    provenance_read_as = serializers.CharField(
        allow_null=True, help_text="How its provenance is read, where it has one."
    )
    values = serializers.ListField(
        child=serializers.CharField(), help_text="The only values it can have; empty for any."
    )


class VocabularySerializer(serializers.Serializer):
    """All facts of listings and of requests."""

    version = serializers.IntegerField()
    listing = FactSerializer(many=True)
    request = FactSerializer(many=True)


def fact_shown(root: str, fact: Fact) -> dict[str, Any]:
    """Return a fact as the API and the vocabulary page show it."""
    return {
        "name": fact.name,
        "read_as": f"{root}.{fact.name}",
        "type": str(fact.type),
        "optional": fact.optional,
        "unit": fact.unit,
        "called": fact.label,
        "meaning": fact.meaning,
        "example": fact.example,
        "origin": fact.source,
        "provenance_read_as": f"{root}.{fact.name}_provenance" if fact.provenance else None,
        "values": sorted(fact.values),
    }
