"""The API about people, organisations, tokens and the charter."""

import uuid
from typing import cast

from drf_spectacular.utils import extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.core.errors import NotFound
from apps.core.pagination import keyset_page
from apps.institutions.api import serializers as shapes
from apps.institutions.api.scoping import ScopedPermission
from apps.institutions.auth import actor_of
from apps.institutions.errors import TokenUnknown
from apps.institutions.models import ApiToken, User
from apps.institutions.scopes import Scope
from apps.institutions.selectors import (
    charter,
    memberships_of,
    organisation_by_code,
    organisations_public,
    readiness,
    tokens_of,
)
from apps.institutions.selectors.people import offices_of
from apps.institutions.services import token_issue, token_revoke


class Me(APIView):
    """The asker."""

    permission_classes = [ScopedPermission]
    read_scope = Scope.INSTITUTIONS_READ

    @extend_schema(operation_id="me_read", tags=["institutions"], responses=shapes.MeSerializer)
    def get(self, request: Request) -> Response:
        """Return whom the portal takes you for, and what you belong to."""
        actor, user = actor_of(request), cast("User", request.user)
        token = request.auth if isinstance(request.auth, ApiToken) else None
        facts = {
            "id": user.pk,
            "name": user.name,
            "language": user.language,
            "kind": actor.kind,
            "second_factor": actor.second_factor,
            "scopes": sorted(actor.scopes),
            "organisation": token.organisation.code if token and token.organisation else None,
            "memberships": memberships_of(user.pk),
            "offices": sorted({row.office for row in offices_of(user.pk)}),
        }
        return Response(shapes.MeSerializer(facts).data)


class Tokens(APIView):
    """Your tokens. They are issued and revoked in a session; no token makes another."""

    permission_classes = [ScopedPermission]
    read_scope = None
    write_scope = None

    @extend_schema(
        operation_id="tokens_list", tags=["institutions"], responses=shapes.TokensSerializer
    )
    def get(self, request: Request) -> Response:
        """Return your newest tokens, at most two hundred, without their secrets."""
        mine = tokens_of(cast("User", request.user).pk).order_by("-issued_at", "-pk")[:200]
        return Response(shapes.TokensSerializer({"tokens": mine}).data)

    @extend_schema(
        operation_id="token_issue",
        tags=["institutions"],
        request=shapes.NewToken,
        responses={201: shapes.IssuedTokenSerializer},
    )
    def post(self, request: Request) -> Response:
        """Issue a token; its secret is in this answer and nowhere else."""
        asked = shapes.NewToken(data=request.data)
        asked.is_valid(raise_exception=True)
        wanted = asked.validated_data
        code = wanted["organisation"]
        issued = token_issue(
            actor=actor_of(request),
            name=wanted["name"],
            scopes=wanted["scopes"],
            days=wanted["days"],
            organisation=organisation_by_code(code) if code else None,
        )
        return Response(shapes.IssuedTokenSerializer(issued).data, status=201)


class OneToken(APIView):
    """One of your tokens."""

    permission_classes = [ScopedPermission]
    write_scope = None

    @extend_schema(operation_id="token_revoke", tags=["institutions"], responses={204: None})
    def delete(self, request: Request, token: uuid.UUID) -> Response:
        """Revoke it; what it did stands."""
        found = tokens_of(cast("User", request.user).pk).filter(pk=token).first()
        if found is None:
            raise TokenUnknown
        token_revoke(actor=actor_of(request), token=found)
        return Response(status=204)


class Organisations(APIView):
    """The public register of organisations."""

    permission_classes = [AllowAny]

    @extend_schema(
        operation_id="organisations_list",
        tags=["institutions"],
        parameters=[shapes.OrganisationsQuery],
        responses=shapes.OrganisationsSerializer,
    )
    def get(self, request: Request) -> Response:
        """Return the confirmed organisations, by name."""
        query = shapes.OrganisationsQuery(data=request.query_params)
        query.is_valid(raise_exception=True)
        asked = query.validated_data
        rows = organisations_public()
        if sector := asked.get("sector"):
            rows = rows.filter(sector=sector)
        page = keyset_page(rows, order=["name", "id"], after=asked["after"], size=asked["limit"])
        shown = {"organisations": page.rows, "after": page.after}
        return Response(shapes.OrganisationsSerializer(shown).data)


class TheCharter(APIView):
    """Who operates the portal, who pays, who appoints each chamber."""

    permission_classes = [AllowAny]

    @extend_schema(
        operation_id="charter_read", tags=["institutions"], responses=shapes.CharterSerializer
    )
    def get(self, request: Request) -> Response:
        """Return the charter in force, with the chambers as they are seated now."""
        found = charter()
        if found is None:
            raise NotFound
        return Response(shapes.CharterSerializer(found).data)


class Readiness(APIView):
    """Which procedures can lawfully run today."""

    permission_classes = [AllowAny]

    @extend_schema(
        operation_id="readiness_read", tags=["institutions"], responses=shapes.ReadinessSerializer
    )
    def get(self, request: Request) -> Response:
        """Return every procedure, what it lacks, and who can mend that."""
        return Response(shapes.ReadinessSerializer({"procedures": readiness()}).data)
