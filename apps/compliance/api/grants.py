"""Sandboxes and exemptions over HTTP: anyone reads them, a regulator grants them."""

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.permissions import SAFE_METHODS, AllowAny, BasePermission
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.compliance.api.serializers import (
    ExemptionSerializer,
    ExemptionWrite,
    SandboxSerializer,
    SandboxWrite,
)
from apps.compliance.selectors.grants import (
    exemption_by_code,
    exemptions,
    sandbox_by_code,
    sandboxes,
)
from apps.compliance.services import (
    ExemptionDraft,
    SandboxDraft,
    exemption_end,
    exemption_grant,
    sandbox_end,
    sandbox_grant,
)
from apps.institutions.api import ScopedPermission, idempotent
from apps.institutions.auth import actor_of
from apps.institutions.scopes import Scope
from apps.listings.selectors.resolving import version_resolve
from apps.policy.selectors import rule_by_code


class PageQuery(serializers.Serializer):
    """Where the next page begins."""

    after = serializers.CharField(max_length=500, default="", allow_blank=True)


class SandboxPage(serializers.Serializer):
    """Sandboxes, newest first."""

    sandboxes = SandboxSerializer(many=True)
    after = serializers.CharField(allow_blank=True)


class ExemptionPage(serializers.Serializer):
    """Exemptions, newest first."""

    exemptions = ExemptionSerializer(many=True)
    after = serializers.CharField(allow_blank=True)


class Granting(APIView):
    """Anyone reads; who writes is known, and a token needs the scope of rules."""

    write_scope = Scope.RULES_WRITE

    def get_permissions(self) -> list[BasePermission]:
        """Return who may enter; what they may do there, the service decides."""
        return [AllowAny() if self.request.method in SAFE_METHODS else ScopedPermission()]


class Sandboxes(Granting):
    """Supervised trials."""

    @extend_schema(
        operation_id="sandboxes_list",
        tags=["grants"],
        parameters=[PageQuery],
        responses=SandboxPage,
    )
    def get(self, request: Request) -> Response:
        """Return all sandboxes, newest first."""
        page = sandboxes(after=_after(request))
        return Response(SandboxPage({"sandboxes": page.rows, "after": page.after}).data)

    @extend_schema(
        operation_id="sandboxes_grant",
        tags=["grants"],
        request=SandboxWrite,
        responses={201: SandboxSerializer},
    )
    @idempotent
    def post(self, request: Request) -> Response:
        """Open a trial in the places of the regulator's mandate."""
        sent = SandboxWrite(data=request.data)
        sent.is_valid(raise_exception=True)
        draft = SandboxDraft(**sent.validated_data)
        sandbox = sandbox_grant(actor=actor_of(request), draft=draft)
        return Response(SandboxSerializer(sandbox).data, status=status.HTTP_201_CREATED)


class SandboxEnd(Granting):
    """Closing a trial before its time."""

    @extend_schema(
        operation_id="sandboxes_end", tags=["grants"], request=None, responses=SandboxSerializer
    )
    @idempotent
    def post(self, request: Request, code: str) -> Response:
        """Close a trial; the exemptions that rest on it end with it."""
        sandbox = sandbox_end(actor=actor_of(request), sandbox=sandbox_by_code(code))
        return Response(SandboxSerializer(sandbox).data)


class Exemptions(Granting):
    """Exemptions of listings from rules."""

    @extend_schema(
        operation_id="exemptions_list",
        tags=["grants"],
        parameters=[PageQuery],
        responses=ExemptionPage,
    )
    def get(self, request: Request) -> Response:
        """Return all exemptions, newest first."""
        page = exemptions(after=_after(request))
        return Response(ExemptionPage({"exemptions": page.rows, "after": page.after}).data)

    @extend_schema(
        operation_id="exemptions_grant",
        tags=["grants"],
        request=ExemptionWrite,
        responses={201: ExemptionSerializer},
    )
    @idempotent
    def post(self, request: Request) -> Response:
        """Exempt a listing from a rule for a time."""
        sent = ExemptionWrite(data=request.data)
        sent.is_valid(raise_exception=True)
        told = dict(sent.validated_data)
        code = told.pop("sandbox", "")
        draft = ExemptionDraft(
            rule=rule_by_code(told.pop("rule")),
            listing=version_resolve(told.pop("listing")).listing,
            sandbox=sandbox_by_code(code) if code else None,
            **told,
        )
        exemption = exemption_grant(actor=actor_of(request), draft=draft)
        return Response(ExemptionSerializer(exemption).data, status=status.HTTP_201_CREATED)


class ExemptionEnd(Granting):
    """Taking an exemption back."""

    @extend_schema(
        operation_id="exemptions_end", tags=["grants"], request=None, responses=ExemptionSerializer
    )
    @idempotent
    def post(self, request: Request, code: str) -> Response:
        """Take an exemption back before its time."""
        exemption = exemption_end(actor=actor_of(request), exemption=exemption_by_code(code))
        return Response(ExemptionSerializer(exemption).data)


def _after(request: Request) -> str:
    query = PageQuery(data=request.query_params)
    query.is_valid(raise_exception=True)
    return query.validated_data["after"]
