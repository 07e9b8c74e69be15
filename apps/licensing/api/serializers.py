"""Licences as JSON."""

from rest_framework import serializers

from apps.core.pagination import LARGEST
from apps.licensing.models import Licence, LicenceRestriction


class LicencesQuery(serializers.Serializer):
    """Which stretch of the register."""

    family = serializers.CharField(max_length=40, required=False, default="", allow_blank=True)
    after = serializers.CharField(max_length=400, required=False, default="", allow_blank=True)
    limit = serializers.IntegerField(min_value=1, max_value=LARGEST, default=50)


class RestrictionSerializer(serializers.ModelSerializer):
    """One kind of use that the licence forbids."""

    code = serializers.CharField(source="restriction_id")
    summary = serializers.CharField(source="restriction.summary")

    class Meta:
        model = LicenceRestriction
        fields = ["code", "summary", "place"]
        read_only_fields = fields


class LicenceSerializer(serializers.ModelSerializer):
    """One licence in one version, in our own words; no legal advice."""

    restrictions = RestrictionSerializer(many=True, read_only=True)
    terms = serializers.SerializerMethodField()

    class Meta:
        model = Licence
        fields = [
            "id",
            "name",
            "family",
            "spdx_id",
            "scancode_ref",
            "hf_id",
            "category",
            "flow_mode",
            "confidence",
            "source",
            "note",
            "name_prefix",
            "monthly_users_below",
            "yearly_revenue_usd_below",
            "excluded_territory",
            "ambiguous",
            "effective_date",
            "ended_date",
            "restrictions",
            "terms",
        ]
        read_only_fields = fields

    def get_terms(self, licence: Licence) -> list[str]:
        """Name the terms that the licence carries."""
        return [row.term_id for row in licence.terms.all()]


class OneLicenceSerializer(LicenceSerializer):
    """One licence with the published uses that it forbids today."""

    uses_forbidden = serializers.ListField(child=serializers.CharField(), read_only=True)

    class Meta(LicenceSerializer.Meta):
        fields = [*LicenceSerializer.Meta.fields, "uses_forbidden"]
        read_only_fields = fields


class LicencesSerializer(serializers.Serializer):
    """One page of licences, by id."""

    licences = LicenceSerializer(many=True)
    after = serializers.CharField(allow_blank=True, help_text="Give this as `after` to go on.")
