"""Notices that text and expression part."""

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.permissions import SAFE_METHODS, AllowAny, BasePermission
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.core.pagination import keyset_page
from apps.institutions.api import ScopedPermission, idempotent
from apps.institutions.auth import actor_of
from apps.institutions.scopes import Scope
from apps.policy.api.drafts import WORDS
from apps.policy.api.stays import RuleStaySerializer
from apps.policy.models import Divergence
from apps.policy.selectors import divergence_by_code, divergences_of, version_by_number
from apps.policy.services import divergence_answer, divergence_file
from apps.policy.states import DivergenceState


class DivergenceSerializer(serializers.ModelSerializer):
    """One notice, and its answer once there is one."""

    rule = serializers.CharField(source="version.rule.code")
    version = serializers.IntegerField(source="version.number")
    state = serializers.ChoiceField(choices=DivergenceState.values)
    stays = RuleStaySerializer(many=True, help_text="What chairs of chambers signed, newest first.")

    class Meta:
        model = Divergence
        fields = [
            *("code", "rule", "version", "clause_number", "statement", "listing_code", "state"),
            *("answer", "filed_at", "answered_at", "stays"),
        ]
        read_only_fields = fields


class DivergencesQuery(serializers.Serializer):
    """Which stretch of them."""

    after = serializers.CharField(max_length=400, default="", allow_blank=True)
    limit = serializers.IntegerField(min_value=1, max_value=200, default=50)


class DivergencesSerializer(serializers.Serializer):
    """One page of notices, newest first."""

    divergences = DivergenceSerializer(many=True)
    after = serializers.CharField(allow_blank=True, help_text="Give this as `after` to go on.")


class NewDivergence(serializers.Serializer):
    """How they part, and in which clause."""

    statement = serializers.CharField(max_length=WORDS)
    clause_number = serializers.IntegerField(
        min_value=1, max_value=10_000, default=None, allow_null=True, help_text="None: the whole."
    )


class NewDivergenceAnswer(serializers.Serializer):
    """Whether they part, and why."""

    parts = serializers.BooleanField()
    answer = serializers.CharField(max_length=WORDS)


class Divergences(APIView):
    """Notices on one version of a rule."""

    write_scope = Scope.PROPOSALS_WRITE

    def get_permissions(self) -> list[BasePermission]:
        """Let anyone read, and whoever is signed in write."""
        return [AllowAny() if self.request.method in SAFE_METHODS else ScopedPermission()]

    @extend_schema(
        operation_id="divergences_list",
        tags=["rules"],
        parameters=[DivergencesQuery],
        responses=DivergencesSerializer,
        auth=[],
    )
    def get(self, request: Request, code: str, number: int) -> Response:
        """Return the notices on a version, newest first."""
        query = DivergencesQuery(data=request.query_params)
        query.is_valid(raise_exception=True)
        rows = divergences_of(version_by_number(code, number)).select_related("version__rule")
        page = keyset_page(
            rows,
            order=["-filed_at", "-id"],
            after=query.validated_data["after"],
            size=query.validated_data["limit"],
        )
        told = {"divergences": page.rows, "after": page.after}
        return Response(DivergencesSerializer(told).data)

    @extend_schema(
        operation_id="divergence_file",
        tags=["rules"],
        request=NewDivergence,
        responses={201: DivergenceSerializer},
    )
    @idempotent
    def post(self, request: Request, code: str, number: int) -> Response:
        """Say that what runs is not what the text says."""
        asked = NewDivergence(data=request.data)
        asked.is_valid(raise_exception=True)
        said = asked.validated_data
        divergence = divergence_file(
            actor=actor_of(request),
            version=version_by_number(code, number),
            statement=said["statement"],
            clause_number=said["clause_number"],
        )
        return Response(DivergenceSerializer(divergence).data, status=201)


class DivergenceAnswer(APIView):
    """The answer to one notice."""

    permission_classes = [ScopedPermission]
    write_scope = Scope.RULES_WRITE

    @extend_schema(
        operation_id="divergence_answer",
        tags=["rules"],
        request=NewDivergenceAnswer,
        responses=DivergenceSerializer,
    )
    @idempotent
    def post(self, request: Request, code: str) -> Response:
        """Say with reasons whether text and expression part."""
        asked = NewDivergenceAnswer(data=request.data)
        asked.is_valid(raise_exception=True)
        answered = divergence_answer(
            actor=actor_of(request),
            divergence=divergence_by_code(code),
            parts=asked.validated_data["parts"],
            answer=asked.validated_data["answer"],
        )
        return Response(DivergenceSerializer(answered).data)
