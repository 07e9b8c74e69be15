"""Decisions, standings and grants as JSON."""

from typing import Any

from rest_framework import serializers

from apps.compliance.models import Exemption, Finding, Sandbox, Standing
from apps.compliance.scenarios import EVERYWHERE, GENERAL
from apps.core.api.queries import QuerySerializer
from apps.policy.engine import Outcome

OUTCOMES = [outcome.slug for outcome in Outcome]
LARGEST_SEQ = 2**63 - 1


class OutcomeField(serializers.ChoiceField):
    """An outcome by its slug."""

    def __init__(self, **options: Any) -> None:
        super().__init__(choices=OUTCOMES, **options)

    def to_representation(self, value: Any) -> str:
        """Return the slug."""
        return Outcome(value).slug


class DecisionQuery(QuerySerializer):
    """What is asked."""

    model = serializers.CharField(
        max_length=500,
        help_text="A listing's id or code, `source:external-id`, a hub's own id, a weight digest, "
        "or a marketplace's own number.",
    )
    use = serializers.CharField(
        max_length=40, default=GENERAL, help_text="A slug of the list of uses; general for any."
    )
    jurisdiction = serializers.CharField(
        max_length=8,
        default=EVERYWHERE,
        help_text="An ISO 3166-1 code, a group such as EU, or * for everywhere.",
    )
    version = serializers.IntegerField(
        min_value=1, max_value=2**31 - 1, required=False, help_text="The current one by default."
    )
    commercial = serializers.BooleanField(default=True)
    digest = serializers.RegexField(
        r"^\s*([sS][hH][aA]256:)?[0-9a-fA-F]{64}\s*$",
        default="",
        allow_blank=True,
        help_text="SHA-256 of the weights at hand, for a name that is not registered.",
    )
    trace = serializers.BooleanField(
        default=False, help_text="Whether to say what each part of the fired rules answered."
    )
    marketplace = serializers.SlugField(
        max_length=120, required=False, help_text="Whose own number `model` may be."
    )


class ClauseFiredSerializer(serializers.Serializer):
    """One clause that holds."""

    number = serializers.IntegerField()
    text = serializers.CharField()

    def to_representation(self, clause: tuple[int, str]) -> dict[str, Any]:
        """Return number and text."""
        return {"number": clause[0], "text": clause[1]}


class ReasonSerializer(serializers.Serializer):
    """One rule that fired, or one measure that runs."""

    outcome = OutcomeField()
    mode = serializers.CharField()
    rule = serializers.CharField(allow_blank=True)
    version = serializers.IntegerField(allow_null=True)
    clauses = ClauseFiredSerializer(many=True)
    citation = serializers.CharField(allow_blank=True)
    legal_basis = serializers.CharField(allow_blank=True)
    link = serializers.CharField(allow_blank=True)
    measure = serializers.CharField(allow_blank=True)
    reference = serializers.CharField(allow_blank=True)
    text = serializers.CharField(allow_blank=True)


class DemandSerializer(serializers.Serializer):
    """One condition or duty."""

    rule = serializers.CharField()
    code = serializers.CharField()
    text = serializers.CharField()
    addressee = serializers.CharField(allow_blank=True)


class UsedExemptionSerializer(serializers.Serializer):
    """An exemption without which the answer would be another."""

    code = serializers.CharField()
    rule = serializers.CharField()
    until_at = serializers.DateTimeField()


class ProvenanceSerializer(serializers.Serializer):
    """Which facts someone else vouches for; all others the provider declared."""

    attested = serializers.ListField(child=serializers.CharField())
    decided = serializers.ListField(child=serializers.CharField())


class StepSerializer(serializers.Serializer):
    """One part of a rule: null where a missing fact left it open; the steps have this form too."""

    text = serializers.CharField()
    line = serializers.IntegerField()
    column = serializers.IntegerField()
    value = serializers.BooleanField(allow_null=True)
    reads = serializers.DictField(child=serializers.JSONField(allow_null=True))
    steps = serializers.ListField(child=serializers.DictField())


class TraceSerializer(serializers.Serializer):
    """What each part of one rule answered, in the first of the places where it fired."""

    rule = serializers.CharField()
    version = serializers.IntegerField()
    jurisdiction = serializers.CharField()
    step = StepSerializer()


class DecisionSerializer(serializers.Serializer):
    """The answer, with everything it rests on."""

    outcome = OutcomeField()
    would_be = OutcomeField(help_text="Were rules in advise and warn mode enforced.")
    may_be_offered = serializers.BooleanField()
    registered = serializers.BooleanField()
    listing = serializers.CharField(allow_blank=True)
    version = serializers.IntegerField(allow_null=True)
    use = serializers.CharField()
    jurisdiction = serializers.CharField()
    commercial = serializers.BooleanField()
    conditions = DemandSerializer(many=True)
    duties = DemandSerializer(many=True)
    allowed_jurisdictions = serializers.ListField(
        child=serializers.CharField(), allow_null=True, help_text="null: all that was asked for."
    )
    reasons = ReasonSerializer(many=True)
    contest = serializers.CharField(
        allow_blank=True,
        help_text="Where the company contests that a rule catches it; empty where none does.",
    )
    exemptions = UsedExemptionSerializer(many=True)
    provenance = ProvenanceSerializer()
    facts_version = serializers.IntegerField(allow_null=True)
    ruleset_version = serializers.IntegerField()
    trace = TraceSerializer(many=True, required=False, help_text="Where it was asked for.")
    decided_at = serializers.DateTimeField()


class FindingSerializer(serializers.Serializer):
    """One reason of a standing."""

    rule = serializers.SerializerMethodField()
    version = serializers.SerializerMethodField()
    measure = serializers.SerializerMethodField()
    clauses = serializers.ListField(child=serializers.IntegerField(), source="clause_numbers")
    outcome = OutcomeField()
    mode = serializers.CharField()

    def get_rule(self, finding: Finding) -> str:
        """Return the rule's code."""
        return finding.rule_version.rule.code if finding.rule_version else ""

    def get_version(self, finding: Finding) -> int | None:
        """Return the number of the rule's version."""
        return finding.rule_version.number if finding.rule_version else None

    def get_measure(self, finding: Finding) -> str:
        """Return the measure's code."""
        return finding.measure.code if finding.measure else ""


class StandingSerializer(serializers.Serializer):
    """One outcome for some uses in some places; both empty for the badge."""

    uses = serializers.ListField(child=serializers.CharField())
    jurisdictions = serializers.ListField(child=serializers.CharField())
    outcome = OutcomeField()
    would_be = serializers.SerializerMethodField()
    since_at = serializers.DateTimeField(help_text="Since when for these reasons.")
    outcome_since_at = serializers.DateTimeField(help_text="Since when with this outcome.")
    ruleset_version = serializers.IntegerField()
    findings = FindingSerializer(many=True, source="findings.all")

    def get_would_be(self, standing: Standing) -> str:
        """Return the outcome were all rules enforced."""
        joined = standing.outcome if standing.would_be is None else standing.would_be
        return Outcome(joined).slug


class ListingStandingsSerializer(serializers.Serializer):
    """What holds for one listing now."""

    listing = serializers.CharField()
    version = serializers.IntegerField(allow_null=True)
    standings = StandingSerializer(many=True)


class FeedQuery(serializers.Serializer):
    """Where to go on reading."""

    after = serializers.IntegerField(min_value=0, max_value=LARGEST_SEQ, default=0)
    limit = serializers.IntegerField(min_value=1, max_value=20, default=5)


class StandingsChangeSerializer(serializers.Serializer):
    """One act by which standings changed, and what holds for its listings now."""

    seq = serializers.IntegerField()
    reason = serializers.CharField()
    cause = serializers.IntegerField(allow_null=True)
    ruleset_version = serializers.IntegerField()
    recorded_at = serializers.DateTimeField()
    listings = ListingStandingsSerializer(many=True)


class StandingsFeedSerializer(serializers.Serializer):
    """One stretch of the feed."""

    changes = StandingsChangeSerializer(many=True)
    after = serializers.IntegerField(help_text="Give this as `after` to go on.")
    position = serializers.IntegerField(help_text="Place of the newest act of the journal.")


class SandboxWrite(serializers.Serializer):
    """A trial to open."""

    name = serializers.CharField(max_length=200)
    jurisdictions = serializers.ListField(
        child=serializers.CharField(max_length=8), min_length=1, max_length=250
    )
    uses = serializers.ListField(
        child=serializers.CharField(max_length=40), max_length=100, default=list
    )
    cohort_cap = serializers.IntegerField(min_value=1, max_value=100_000)
    exit_plan = serializers.CharField(max_length=5000)
    legal_basis = serializers.CharField(max_length=500)
    until_at = serializers.DateTimeField()


class SandboxSerializer(serializers.ModelSerializer):
    """A trial as it stands."""

    class Meta:
        model = Sandbox
        fields = [
            *("code", "name", "jurisdictions", "uses", "cohort_cap", "exit_plan", "legal_basis"),
            *("since_at", "until_at", "ended_at"),
        ]


class ExemptionWrite(serializers.Serializer):
    """An exemption to grant."""

    rule = serializers.CharField(max_length=20, help_text="The rule's code.")
    listing = serializers.CharField(max_length=500, help_text="As `model` of a decision.")
    sandbox = serializers.CharField(max_length=20, required=False, help_text="A sandbox's code.")
    jurisdictions = serializers.ListField(
        child=serializers.CharField(max_length=8), max_length=250, default=list
    )
    uses = serializers.ListField(
        child=serializers.CharField(max_length=40), max_length=100, default=list
    )
    reason = serializers.CharField(max_length=5000)
    until_at = serializers.DateTimeField()


class ExemptionSerializer(serializers.ModelSerializer):
    """An exemption as it stands."""

    rule = serializers.CharField(source="rule.code")
    listing = serializers.CharField(source="listing.code")
    sandbox = serializers.CharField(source="sandbox.code", allow_null=True, default=None)

    class Meta:
        model = Exemption
        fields = [
            *("code", "rule", "listing", "sandbox", "uses", "jurisdictions", "reason"),
            *("since_at", "until_at", "ended_at"),
        ]
