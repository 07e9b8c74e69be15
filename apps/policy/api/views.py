"""Reading rules, uses and the vocabulary; entering a rule."""

from drf_spectacular.utils import extend_schema
from rest_framework.permissions import SAFE_METHODS, AllowAny, BasePermission
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.core.pagination import keyset_page
from apps.institutions.api import ScopedPermission, idempotent
from apps.institutions.auth import actor_of
from apps.institutions.scopes import Scope
from apps.policy.api import drafts as inputs
from apps.policy.api import serializers as shapes
from apps.policy.selectors import (
    gazette_found,
    rule_by_code,
    ruleset_version,
    uses,
    version_by_number,
    vocabulary,
)
from apps.policy.services import rule_enter


class Rules(APIView):
    """The gazette, and the entry of new rules."""

    write_scope = Scope.RULES_WRITE

    def get_permissions(self) -> list[BasePermission]:
        """Let anyone read, and only those in who may write."""
        reading = self.request.method in SAFE_METHODS
        return [AllowAny()] if reading else [ScopedPermission()]

    @extend_schema(
        operation_id="rules_list",
        tags=["rules"],
        parameters=[shapes.RulesQuery],
        responses=shapes.RulesSerializer,
        auth=[],
    )
    def get(self, request: Request) -> Response:
        """Return versions of rules with their texts, the latest beginning first."""
        query = shapes.RulesQuery(data=request.query_params)
        query.is_valid(raise_exception=True)
        asked = query.validated_data
        after, limit = asked.pop("after"), asked.pop("limit")
        page = keyset_page(
            gazette_found(**asked), order=["-effective_at", "-id"], after=after, size=limit
        )
        shown = {"ruleset": ruleset_version(), "rules": page.rows, "after": page.after}
        return Response(shapes.RulesSerializer(shown).data)

    @extend_schema(
        operation_id="rule_enter",
        tags=["rules"],
        request=inputs.NewRule,
        responses={201: shapes.GazetteSerializer},
    )
    @idempotent
    def post(self, request: Request) -> Response:
        """Enter a statutory instrument; a draft with faults is refused with each one's place."""
        asked = inputs.NewRule(data=request.data)
        asked.is_valid(raise_exception=True)
        followed = asked.validated_data["rule"]
        version = rule_enter(
            actor=actor_of(request),
            draft=asked.draft(),
            rule=rule_by_code(followed) if followed else None,
        )
        whole = version_by_number(version.rule.code, version.number)
        return Response(shapes.GazetteSerializer(whole).data, status=201)


class OneRule(APIView):
    """One rule."""

    permission_classes = [AllowAny]

    @extend_schema(
        operation_id="rule_read", tags=["rules"], responses=shapes.RuleSerializer, auth=[]
    )
    def get(self, request: Request, code: str) -> Response:
        """Return a rule with all its versions."""
        return Response(shapes.RuleSerializer(rule_by_code(code)).data)


class Uses(APIView):
    """The list of uses."""

    permission_classes = [AllowAny]

    @extend_schema(
        operation_id="uses_list", tags=["rules"], responses=shapes.UsesSerializer, auth=[]
    )
    def get(self, request: Request) -> Response:
        """Return the uses valid today."""
        return Response(shapes.UsesSerializer({"uses": uses()}).data)


class TheVocabulary(APIView):
    """What a rule can ask."""

    permission_classes = [AllowAny]

    @extend_schema(
        operation_id="vocabulary_read",
        tags=["rules"],
        responses=shapes.VocabularySerializer,
        auth=[],
    )
    def get(self, request: Request) -> Response:
        """Return every fact with its type, unit, meaning, origin and an example."""
        known = vocabulary()
        shown = {
            "version": known.version,
            "listing": [shapes.fact_shown("listing", fact) for fact in known.listing.values()],
            "request": [shapes.fact_shown("req", fact) for fact in known.request.values()],
        }
        return Response(shapes.VocabularySerializer(shown).data)
