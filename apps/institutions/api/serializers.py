"""People, organisations, tokens and the charter as JSON."""

from typing import Any

from rest_framework import serializers

from apps.core.pagination import LARGEST
from apps.institutions.models import ApiToken, Membership, Organisation
from apps.institutions.scopes import Scope
from apps.institutions.sectors import Sector


class OrganisationSerializer(serializers.ModelSerializer):
    """One organisation, as anyone may see it."""

    class Meta:
        model = Organisation
        fields = ["code", "name", "sector", "jurisdiction", "website", "state"]
        read_only_fields = fields


class OrganisationsQuery(serializers.Serializer):
    """Which stretch of the register, and of which sector."""

    sector = serializers.ChoiceField(choices=Sector.choices, required=False)
    after = serializers.CharField(max_length=400, required=False, default="", allow_blank=True)
    limit = serializers.IntegerField(min_value=1, max_value=LARGEST, default=50)


class OrganisationsSerializer(serializers.Serializer):
    """One page of organisations, by name."""

    organisations = OrganisationSerializer(many=True)
    after = serializers.CharField(allow_blank=True, help_text="Give this as `after` to go on.")


class MembershipSerializer(serializers.ModelSerializer):
    """One membership of the person who asks."""

    organisation = OrganisationSerializer(read_only=True)

    class Meta:
        model = Membership
        fields = ["organisation", "role", "since_at"]
        read_only_fields = fields


class MeSerializer(serializers.Serializer):
    """Who the portal takes the asker for."""

    id = serializers.UUIDField()
    name = serializers.CharField(allow_blank=True)
    language = serializers.CharField()
    kind = serializers.ChoiceField(choices=["person", "token"])
    second_factor = serializers.BooleanField()
    scopes = serializers.ListField(child=serializers.CharField(), help_text="Of the token only.")
    organisation = serializers.CharField(
        allow_null=True, help_text="Code of the organisation that the token speaks for."
    )
    memberships = MembershipSerializer(many=True)
    offices = serializers.ListField(child=serializers.CharField())


class TokenSerializer(serializers.ModelSerializer):
    """One token, without its secret."""

    organisation: serializers.SlugRelatedField = serializers.SlugRelatedField(
        "code", read_only=True, allow_null=True
    )

    class Meta:
        model = ApiToken
        fields = [
            "id",
            "name",
            "tail",
            "scopes",
            "organisation",
            "issued_at",
            "expires_at",
            "revoked_at",
        ]
        read_only_fields = fields


class TokensSerializer(serializers.Serializer):
    """A person's tokens, newest first."""

    tokens = TokenSerializer(many=True)


class NewToken(serializers.Serializer):
    """What a new token shall be good for."""

    name = serializers.CharField(max_length=80)
    scopes = serializers.ListField(
        child=serializers.ChoiceField(choices=[scope.value for scope in Scope]),
        min_length=1,
        max_length=len(Scope),
    )
    days = serializers.IntegerField(min_value=1, max_value=365, default=90)
    organisation = serializers.CharField(
        max_length=20, required=False, default="", allow_blank=True, help_text="Its code."
    )


class IssuedTokenSerializer(TokenSerializer):
    """A new token with its secret, this once."""

    secret = serializers.CharField()

    class Meta(TokenSerializer.Meta):
        fields = [*TokenSerializer.Meta.fields, "secret"]
        read_only_fields = fields

    def to_representation(self, issued: Any) -> dict[str, Any]:
        """Lay the secret beside the token's facts."""
        return TokenSerializer(issued.token).data | {"secret": issued.secret}


class SeatSerializer(serializers.Serializer):
    """One seat of a chamber."""

    number = serializers.IntegerField()
    held = serializers.BooleanField()
    holder = serializers.CharField(allow_blank=True)
    organisation = serializers.CharField(allow_blank=True)
    until_at = serializers.DateTimeField(allow_null=True)
    basis = serializers.CharField(allow_blank=True)


class ChamberSerializer(serializers.Serializer):
    """One chamber as it is seated now."""

    sector = serializers.ChoiceField(choices=Sector.choices)
    appointment = serializers.CharField()
    eligibility = serializers.CharField()
    seated = serializers.BooleanField()
    chair = serializers.CharField(allow_blank=True)
    seats = SeatSerializer(many=True)


class CharterSerializer(serializers.Serializer):
    """The charter in force."""

    number = serializers.IntegerField()
    operator = serializers.CharField()
    contact = serializers.CharField()
    funding = serializers.CharField()
    founding_terms = serializers.CharField()
    founding_from_date = serializers.DateField()
    founding_until_date = serializers.DateField()
    source = serializers.CharField()  # type: ignore[assignment]  # the charter's word
    in_force_at = serializers.DateTimeField()
    founding = serializers.BooleanField(help_text="Whether the founding terms run.")
    seated = serializers.BooleanField(help_text="Whether all three chambers are seated.")
    chambers = ChamberSerializer(many=True)


class LackSerializer(serializers.Serializer):
    """What is missing, and who can mend it."""

    what = serializers.CharField()
    mend = serializers.CharField()


class ProcedureSerializer(serializers.Serializer):
    """One procedure and whether it can lawfully run today."""

    slug = serializers.CharField()
    name = serializers.CharField()
    lawful = serializers.BooleanField()
    lacks = LackSerializer(many=True)


class ReadinessSerializer(serializers.Serializer):
    """Every procedure."""

    procedures = ProcedureSerializer(many=True)
