"""Casework as JSON."""

from rest_framework import serializers

from apps.cases.models import Case, Decision
from apps.cases.selectors.reports import ReportStatus
from apps.cases.states import Harm, Ongoing, Stance, Voice
from apps.policy.engine import Outcome


class PageQuery(serializers.Serializer):
    """Where the next page begins."""

    after = serializers.CharField(max_length=500, default="", allow_blank=True)


class ReportWrite(serializers.Serializer):
    """A report of misuse."""

    thing = serializers.CharField(max_length=300, default="", allow_blank=True)
    listing = serializers.CharField(max_length=20, default="", allow_blank=True)
    story = serializers.CharField(max_length=5000)
    harms = serializers.ListField(child=serializers.ChoiceField(Harm.choices), allow_empty=False)
    seen_where = serializers.CharField(max_length=2000, default="", allow_blank=True)
    ongoing = serializers.ChoiceField(Ongoing.choices, default=Ongoing.UNKNOWN)
    language = serializers.CharField(max_length=12, default="en")
    jurisdiction = serializers.CharField(max_length=8, default="", allow_blank=True)
    voice = serializers.ChoiceField(Voice.choices, default=Voice.ANONYMOUS)
    contact = serializers.CharField(max_length=300, default="", allow_blank=True)
    good_faith = serializers.BooleanField()


class Received(serializers.Serializer):
    """The receipt: it stands here and nowhere else."""

    receipt = serializers.CharField()


class CaseDecisionSerializer(serializers.ModelSerializer):
    """A statement of reasons."""

    outcome = serializers.SerializerMethodField()
    rule = serializers.CharField(source="rule_version.rule.code", default=None, allow_null=True)
    rule_version = serializers.IntegerField(
        source="rule_version.number", default=None, allow_null=True
    )
    measure = serializers.CharField(source="measure.code", default=None, allow_null=True)

    class Meta:
        model = Decision
        fields = [
            "code",
            "kind",
            "outcome",
            "uses",
            "jurisdictions",
            "until_at",
            "ground",
            "rule",
            "rule_version",
            "rule_text_snapshot",
            "rule_text_hash",
            "facts",
            "reasons",
            "milder",
            "automation",
            "measure",
            "issued_at",
            "appeal_until_at",
        ]

    def get_outcome(self, decision: Decision) -> str:
        """Return the outcome's slug."""
        return Outcome(decision.outcome).slug


class CaseSerializer(serializers.ModelSerializer):
    """A public case, in a list."""

    listing = serializers.CharField(source="listing.code", default=None, allow_null=True)
    provider = serializers.CharField(source="provider.slug", default=None, allow_null=True)

    class Meta:
        model = Case
        fields = [
            "code",
            "title",
            "origin",
            "state",
            "listing",
            "provider",
            "segment",
            "severity",
            "jurisdictions",
            "opened_at",
        ]


class ResponseSerializer(serializers.Serializer):
    """What the company answered for everyone."""

    organisation = serializers.CharField(source="organisation.code")
    stance = serializers.ChoiceField(Stance.choices)
    statement = serializers.CharField()
    given_at = serializers.DateTimeField()


class CaseFull(CaseSerializer):
    """A public case with both sides and its decisions."""

    questions = serializers.CharField()
    allegation = serializers.CharField(source="allegation.text")
    response = ResponseSerializer(source="allegation.response", default=None, allow_null=True)
    decisions = CaseDecisionSerializer(many=True)

    class Meta(CaseSerializer.Meta):
        fields = [
            *CaseSerializer.Meta.fields,
            "questions",
            "allegation",
            "response",
            "decisions",
        ]


class CasePage(serializers.Serializer):
    """Cases, newest first."""

    cases = CaseSerializer(many=True)
    after = serializers.CharField(allow_blank=True)


class StatusSerializer(serializers.Serializer):
    """Where a report is; nothing that it said."""

    state = serializers.CharField()
    received_date = serializers.DateField()
    case = serializers.SerializerMethodField()
    can_appeal = serializers.BooleanField()
    decisions = CaseDecisionSerializer(many=True)

    def get_case(self, status: ReportStatus) -> str | None:
        """Return the code of the report's case."""
        return status.case.code if status.case else None


class ResponseWrite(serializers.Serializer):
    """A company's answer."""

    stance = serializers.ChoiceField(Stance.choices)
    statement = serializers.CharField(max_length=5000)
    confidential = serializers.CharField(max_length=5000, default="", allow_blank=True)


class AppealWrite(serializers.Serializer):
    """What is wrong with the decision."""

    text = serializers.CharField(max_length=5000)


class EvidenceWrite(serializers.Serializer):
    """One file."""

    file = serializers.FileField(allow_empty_file=True)


class AppealRead(serializers.Serializer):
    """An appeal as filed."""

    decision = serializers.CharField(source="decision.code")
    side = serializers.CharField()
    state = serializers.CharField()
    filed_at = serializers.DateTimeField()
