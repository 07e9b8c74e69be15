"""Checking an expression, and ending a rule."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.institutions.api import ScopedPermission, idempotent
from apps.institutions.auth import actor_of
from apps.institutions.scopes import Scope
from apps.policy.api import drafts as inputs
from apps.policy.api import serializers as shapes
from apps.policy.engine import Mode
from apps.policy.selectors import rule_by_code, version_by_number
from apps.policy.services import (
    ParameterDraft,
    ScopeDraft,
    expression_check,
    rule_end,
    rule_roll_back,
)


class RuleCheck(APIView):
    """The check that an expression passes before it can be entered; it keeps nothing."""

    permission_classes = [AllowAny]

    @extend_schema(
        operation_id="rule_check",
        tags=["rules"],
        request=inputs.NewCheck,
        responses=inputs.CheckSerializer,
        auth=[],
    )
    def post(self, request: Request) -> Response:
        """Return every fault of an expression, with line, column and what to write instead."""
        asked = inputs.NewCheck(data=request.data)
        asked.is_valid(raise_exception=True)
        wanted = asked.validated_data
        check = expression_check(
            expression=wanted["expression"],
            parameters=[ParameterDraft(**row) for row in wanted["parameters"]],
            clauses=wanted["clauses"],
            scope=_scope(wanted["scope"]),
        )
        return Response(inputs.CheckSerializer(check).data)


def _scope(wanted: dict[str, Any] | None) -> ScopeDraft | None:
    """Return the scope that a check names; raise `RuleNotFound` for a rule that is none."""
    if wanted is None:
        return None
    code = wanted.pop("rule")
    rule = rule_by_code(code) if code else None
    return ScopeDraft(**(wanted | {"mode": Mode(wanted["mode"]), "follows": rule}))


class RuleEnding(APIView):
    """The end of a version."""

    permission_classes = [ScopedPermission]
    write_scope = Scope.RULES_WRITE

    @extend_schema(
        operation_id="rule_end",
        tags=["rules"],
        request=inputs.NewEnding,
        responses=shapes.GazetteSerializer,
    )
    @idempotent
    def post(self, request: Request, code: str, number: int) -> Response:
        """Repeal a version in force, or withdraw one that has not begun."""
        asked = inputs.NewEnding(data=request.data)
        asked.is_valid(raise_exception=True)
        rule_end(
            actor=actor_of(request),
            version=version_by_number(code, number),
            reason=asked.validated_data["reason"],
        )
        return Response(shapes.GazetteSerializer(version_by_number(code, number)).data)


class RuleRollback(APIView):
    """The taking back of a version that has begun."""

    permission_classes = [ScopedPermission]
    write_scope = Scope.RULES_WRITE

    @extend_schema(
        operation_id="rule_roll_back",
        tags=["rules"],
        request=inputs.NewEnding,
        responses=shapes.GazetteSerializer,
    )
    @idempotent
    def post(self, request: Request, code: str, number: int) -> Response:
        """End a version in force, and let the text before it run again as a new version.

        Returns what runs now; where nothing stood before it, the version that ended.
        """
        asked = inputs.NewEnding(data=request.data)
        asked.is_valid(raise_exception=True)
        stands = rule_roll_back(
            actor=actor_of(request),
            version=version_by_number(code, number),
            reason=asked.validated_data["reason"],
        )
        return Response(shapes.GazetteSerializer(version_by_number(code, stands.number)).data)
