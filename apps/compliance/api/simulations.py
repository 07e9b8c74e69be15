"""What a draft would change, asked for and read when it is worked out."""

import uuid

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.compliance.models import Simulation
from apps.compliance.selectors.simulations import is_current, simulation_of
from apps.compliance.services import simulation_start
from apps.compliance.states import SimulationState
from apps.compliance.tasks import simulation_set_off
from apps.institutions.api import ScopedPermission, idempotent
from apps.institutions.auth import actor_of
from apps.institutions.scopes import Scope
from apps.policy.api.drafts import NewRule
from apps.policy.selectors import rule_by_code


class SimulationSerializer(serializers.ModelSerializer):
    """How far a simulation is, and its result once there is one."""

    rule = serializers.CharField(
        source="follows.code", default=None, allow_null=True, help_text="The rule it would follow."
    )
    state = serializers.ChoiceField(choices=SimulationState.values)
    percent = serializers.IntegerField()
    current = serializers.SerializerMethodField(
        help_text="Whether the facts, rules and grants that were asked still hold."
    )

    class Meta:
        model = Simulation
        fields = [
            *("id", "rule", "state", "percent", "scanned", "total", "current", "draft_hash"),
            *("document", "digest", "asked_at", "finished_at"),
        ]
        read_only_fields = fields

    def get_current(self, simulation: Simulation) -> bool:
        """Say whether what it was asked of still holds."""
        return is_current(simulation)


class Simulations(APIView):
    """Drafts to be asked of all listings on offer."""

    permission_classes = [ScopedPermission]
    write_scope = Scope.RULES_READ

    @extend_schema(
        operation_id="simulation_start",
        tags=["rules"],
        request=NewRule,
        responses={202: SimulationSerializer},
    )
    @idempotent
    def post(self, request: Request) -> Response:
        """Ask what a draft would change; the answer says where to look how far it is.

        The same draft on the same register is asked once. Another draft voids the one before it
        that is unfinished. Where the register is small it is done at once.
        """
        asked = NewRule(data=request.data)
        asked.is_valid(raise_exception=True)
        code = asked.validated_data["rule"]
        simulation = simulation_set_off(
            simulation_start(
                actor=actor_of(request),
                draft=asked.draft(),
                follows=rule_by_code(code) if code else None,
            )
        )
        answer = Response(SimulationSerializer(simulation).data, status=202)
        answer.headers["Location"] = f"/api/v1/simulations/{simulation.pk}"
        return answer


class OneSimulation(APIView):
    """One simulation, for who asked for it."""

    permission_classes = [ScopedPermission]
    read_scope = Scope.RULES_READ

    @extend_schema(operation_id="simulation_read", tags=["rules"], responses=SimulationSerializer)
    def get(self, request: Request, simulation: uuid.UUID) -> Response:
        """Return how far it is, and what the draft would change once that is worked out."""
        return Response(SimulationSerializer(simulation_of(actor_of(request), simulation)).data)
