"""Stays of a rule by two chairs of different chambers."""

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.institutions.api import ScopedPermission, idempotent
from apps.institutions.auth import actor_of
from apps.institutions.scopes import Scope
from apps.institutions.sectors import Sector
from apps.policy.api.drafts import WORDS
from apps.policy.models import RuleStay
from apps.policy.selectors import divergence_by_code, stay_by_code
from apps.policy.services import stay_ask, stay_countersign, stay_end
from apps.policy.states import RuleStayState


class RuleStaySerializer(serializers.ModelSerializer):
    """Who asked for a stay, who countersigned it, and until when the rule only advises."""

    state = serializers.ChoiceField(choices=RuleStayState.values)
    runs = serializers.BooleanField(help_text="Whether the rule only advises because of it now.")
    asked_for = serializers.ChoiceField(choices=Sector.choices, source="asked_for.sector")
    countersigned_for = serializers.ChoiceField(
        choices=Sector.choices, source="countersigned_for.sector", default=None, allow_null=True
    )

    class Meta:
        model = RuleStay
        fields = [
            *("state", "runs", "reasons", "asked_for", "asked_at", "countersigned_for"),
            *("countersigned_at", "until_at", "ended_at"),
        ]
        read_only_fields = fields


class NewStay(serializers.Serializer):
    """What speaks for letting the rule wait; public word for word."""

    reasons = serializers.CharField(max_length=WORDS)


class _Signed(APIView):
    permission_classes = [ScopedPermission]
    write_scope = Scope.RULES_WRITE


class StayAsking(_Signed):
    """What one chair asks for."""

    @extend_schema(
        operation_id="rule_stay_ask",
        tags=["rules"],
        request=NewStay,
        responses={201: RuleStaySerializer},
    )
    @idempotent
    def post(self, request: Request, code: str) -> Response:
        """Ask, as the chair of a chamber, that the rule of a notice be stayed."""
        asked = NewStay(data=request.data)
        asked.is_valid(raise_exception=True)
        stay = stay_ask(
            actor=actor_of(request),
            divergence=divergence_by_code(code),
            reasons=asked.validated_data["reasons"],
        )
        return Response(RuleStaySerializer(stay).data, status=201)


class StayCountersigning(_Signed):
    """What the chair of another chamber signs."""

    @extend_schema(
        operation_id="rule_stay_countersign",
        tags=["rules"],
        request=None,
        responses=RuleStaySerializer,
    )
    @idempotent
    def post(self, request: Request, code: str) -> Response:
        """Stay the rule: from now on it advises, and binds nobody, until a day at most."""
        stay = stay_countersign(actor=actor_of(request), stay=stay_by_code(code))
        return Response(RuleStaySerializer(stay).data)


class StayEnding(_Signed):
    """The end of a stay before its day."""

    @extend_schema(
        operation_id="rule_stay_end",
        tags=["rules"],
        request=None,
        responses=RuleStaySerializer,
    )
    @idempotent
    def post(self, request: Request, code: str) -> Response:
        """Withdraw what was asked for, or lift the stay: the rule binds again at once."""
        stay = stay_end(actor=actor_of(request), stay=stay_by_code(code))
        return Response(RuleStaySerializer(stay).data)
