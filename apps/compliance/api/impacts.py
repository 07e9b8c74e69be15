"""What a rule version was to change, and what it touches."""

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.compliance.models import RuleImpact
from apps.compliance.selectors.foretold import foretold_of
from apps.compliance.states import Occasion
from apps.policy.selectors import version_by_number


class RuleImpactSerializer(serializers.ModelSerializer):
    """One impact as it was worked out, bound to the text by its hash."""

    occasion = serializers.ChoiceField(choices=Occasion.values)

    class Meta:
        model = RuleImpact
        fields = ["occasion", "text_hash", "listings", "document", "digest", "computed_at"]
        read_only_fields = fields


class ForetoldSerializer(serializers.Serializer):
    """What was foretold, held against what the version touches, or at its end had touched."""

    foretold = serializers.IntegerField(help_text="Listings it was to touch.")
    touches = serializers.IntegerField()
    both = serializers.IntegerField(help_text="Listings it touches and was to touch.")
    appeared = serializers.IntegerField()
    vanished = serializers.IntegerField()


class ImpactsSerializer(serializers.Serializer):
    """All that is kept of one version; `compared` is null before anything is."""

    rule = serializers.CharField()
    version = serializers.IntegerField()
    impacts = RuleImpactSerializer(many=True)
    compared = ForetoldSerializer(allow_null=True)


class RuleImpacts(APIView):
    """What one version of a rule was to change when it entered and when it began."""

    permission_classes = [AllowAny]

    @extend_schema(operation_id="rule_impacts_read", tags=["rules"], responses=ImpactsSerializer)
    def get(self, request: Request, code: str, number: int) -> Response:
        """Return the impacts with their breakdowns, and how they turned out."""
        version = version_by_number(code, number)
        found = {
            "rule": version.rule.code,
            "version": version.number,
            "impacts": RuleImpact.objects.filter(version=version)
            .defer("fires")
            .order_by("computed_at", "id"),
            "compared": foretold_of(version),
        }
        return Response(ImpactsSerializer(found).data)
