"""How concentrated the register is."""

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.listings.selectors.concentration import Layer, concentration_layers


class ShareSerializer(serializers.Serializer):
    """One of the four largest owners."""

    name = serializers.CharField()
    amount = serializers.IntegerField()
    percent = serializers.FloatField()


class LayerSerializer(serializers.Serializer):
    """The measures of one layer; null where fewer than five owners take part."""

    layer = serializers.ChoiceField(choices=Layer.choices)
    participants = serializers.IntegerField(source="measured.participants")
    total = serializers.IntegerField(source="measured.total")
    hhi = serializers.IntegerField(
        source="measured.hhi",
        allow_null=True,
        help_text="Herfindahl-Hirschman index: the sum of squared percentage shares, to 10,000.",
    )
    cr1 = serializers.IntegerField(
        source="measured.cr1", allow_null=True, help_text="Percent of the largest owner."
    )
    cr4 = serializers.IntegerField(
        source="measured.cr4", allow_null=True, help_text="Percent of the four largest owners."
    )
    effective = serializers.FloatField(
        source="measured.effective",
        allow_null=True,
        help_text="How many owners of equal size would give the same index.",
    )
    largest = ShareSerializer(many=True)


class ConcentrationSerializer(serializers.Serializer):
    """All layers."""

    layers = LayerSerializer(many=True)


class ConcentrationView(APIView):
    """How concentrated the register is."""

    permission_classes = [AllowAny]

    @extend_schema(
        operation_id="concentration_read",
        tags=["figures"],
        responses=ConcentrationSerializer,
        auth=[],
    )
    def get(self, request: Request) -> Response:
        """Return the measures by owner: the group where one is on record, else the provider."""
        return Response(ConcentrationSerializer({"layers": concentration_layers()}).data)
