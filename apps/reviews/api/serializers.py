"""Review rounds as JSON."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from apps.core.pagination import LARGEST
from apps.reviews.models import Assignment, ReviewRound, Verdict
from apps.reviews.states import RoundState, VerdictKind


class RoundsQuery(serializers.Serializer):
    """Which rounds, and which stretch of them."""

    state = serializers.ChoiceField(choices=RoundState.choices, default=RoundState.OPEN)
    after = serializers.CharField(max_length=400, required=False, default="", allow_blank=True)
    limit = serializers.IntegerField(min_value=1, max_value=LARGEST, default=50)


class RoundSerializer(serializers.ModelSerializer):
    """One round."""

    due_at = serializers.DateTimeField(source="clock.due_at", allow_null=True)

    class Meta:
        model = ReviewRound
        fields = [
            *("id", "subject", "question", "text_hash", "state", "opened_at", "due_at"),
            "closed_at",
        ]
        read_only_fields = fields


class RoundHeadSerializer(RoundSerializer):
    """One round in a list."""

    asked = serializers.IntegerField(help_text="Reviewers asked who did not decline.")
    answered = serializers.IntegerField(help_text="Verdicts given.")

    class Meta(RoundSerializer.Meta):
        fields = [*RoundSerializer.Meta.fields, "asked", "answered"]
        read_only_fields = fields


class RoundsSerializer(serializers.Serializer):
    """One page of rounds, the newest first."""

    reviews = RoundHeadSerializer(many=True)
    after = serializers.CharField(allow_blank=True, help_text="Give this as `after` to go on.")


class VerdictSerializer(serializers.ModelSerializer):
    """What a reviewer found."""

    class Meta:
        model = Verdict
        fields = ["kind", "reasons", "given_at"]
        read_only_fields = fields


class AssignmentSerializer(serializers.ModelSerializer):
    """One reviewer asked."""

    reviewer = serializers.CharField(source="reviewer.name")
    due_at = serializers.DateTimeField(source="clock.due_at", allow_null=True)
    verdict = VerdictSerializer(default=None, allow_null=True)
    yours = serializers.SerializerMethodField(help_text="Whether you are the reviewer.")

    class Meta:
        model = Assignment
        fields = ["id", "reviewer", "state", "asked_at", "due_at", "refusal", "verdict", "yours"]
        read_only_fields = fields

    def get_yours(self, assignment: Assignment) -> bool:
        """Whether the reader was asked; who reads stands in the context."""
        return bool(assignment.reviewer_id == self.context["person"])


class OneRoundSerializer(RoundSerializer):
    """One round with everybody asked, given beside it in the context."""

    assignments = serializers.SerializerMethodField()

    class Meta(RoundSerializer.Meta):
        fields = [*RoundSerializer.Meta.fields, "assignments"]
        read_only_fields = fields

    @extend_schema_field(AssignmentSerializer(many=True))
    def get_assignments(self, review_round: ReviewRound) -> Any:
        """Return who was asked, in the order of asking."""
        rows = self.context["assignments"]
        return AssignmentSerializer(rows, many=True, context=self.context).data


class AskWrite(serializers.Serializer):
    """Whom to ask."""

    reviewer = serializers.CharField(
        max_length=254, help_text="The address of an account, or a seat, as `samaj-3`."
    )


class RefusalWrite(serializers.Serializer):
    """Why no verdict will be given."""

    reason = serializers.CharField(max_length=500)


class VerdictWrite(serializers.Serializer):
    """What a reviewer finds, and why."""

    kind = serializers.ChoiceField(choices=VerdictKind.choices)
    reasons = serializers.CharField(max_length=20_000)
