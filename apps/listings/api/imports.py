"""Imports: rows are sent in the body, and their progress is asked for."""

import uuid
from functools import partial

from django.db import transaction
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.core.api.parsers import BodyParser
from apps.core.errors import Invalid
from apps.core.pagination import keyset_page
from apps.institutions.api import ScopedPermission, idempotent
from apps.institutions.auth import actor_of
from apps.institutions.scopes import Scope
from apps.listings.api import inputs
from apps.listings.api import serializers as shapes
from apps.listings.api.asking import organisation_meant
from apps.listings.errors import ImportTooLarge
from apps.listings.selectors import faults_of, run_of, runs_of
from apps.listings.services import import_open
from apps.listings.services.imports import LARGEST
from apps.listings.tasks import import_go


class Rows(BodyParser):
    """Takes a body up to the size of one import."""

    largest = LARGEST

    def too_large(self) -> Exception:
        """Return the refusal of what is larger."""
        return ImportTooLarge(field="body")


class JsonLines(Rows):
    """JSON lines."""

    media_type = "application/x-ndjson"


class Table(Rows):
    """A table of comma separated values."""

    media_type = "text/csv"


class Card(Rows):
    """A model card."""

    media_type = "text/markdown"


class Imports(APIView):
    """Imports of your organisation."""

    permission_classes = [ScopedPermission]
    parser_classes = [JsonLines, Table, Card]
    read_scope = Scope.LISTINGS_READ
    write_scope = Scope.IMPORTS_WRITE

    @extend_schema(
        operation_id="imports_list",
        tags=["listings"],
        parameters=[shapes.ImportsQuery],
        responses=shapes.RunsSerializer,
    )
    def get(self, request: Request) -> Response:
        """Return your organisation's imports, newest first."""
        query = shapes.ImportsQuery(data=request.query_params)
        query.is_valid(raise_exception=True)
        asked = query.validated_data
        page = keyset_page(
            runs_of(actor_of(request), organisation_meant(request, asked["organisation"])),
            order=["-created_at", "-id"],
            after=asked["after"],
            size=asked["limit"],
        )
        return Response(shapes.RunsSerializer({"imports": page.rows, "after": page.after}).data)

    @extend_schema(
        operation_id="import_open",
        tags=["listings"],
        parameters=[inputs.NewImport],
        request={parser.media_type: OpenApiTypes.STR for parser in (JsonLines, Table, Card)},
        responses={202: shapes.RunSerializer},
    )
    @idempotent
    def post(self, request: Request) -> Response:
        """Send rows to be imported, at most 20 MB; the answer says where to ask how far it is.

        Rows that stand already write nothing, so the same body can be sent again without harm.
        """
        query = inputs.NewImport(data=request.query_params)
        query.is_valid(raise_exception=True)
        asked = query.validated_data
        body = request.data.get("body") if isinstance(request.data, dict) else None
        if not body:
            raise Invalid("The body is empty.", field="body")
        run = import_open(
            actor=actor_of(request),
            organisation=organisation_meant(request, asked["organisation"]),
            file_name=asked["file_name"],
            body=body,
            card_id=asked["card_id"],
        )
        transaction.on_commit(partial(import_go.delay, str(run.pk)))
        run.refresh_from_db()
        answer = Response(shapes.RunSerializer(run).data, status=202)
        answer.headers["Location"] = f"/api/v1/imports/{run.pk}"
        return answer


class OneImport(APIView):
    """One import."""

    permission_classes = [ScopedPermission]
    read_scope = Scope.LISTINGS_READ

    @extend_schema(
        operation_id="import_read",
        tags=["listings"],
        parameters=[shapes.Stretch],
        responses=shapes.OneRunSerializer,
    )
    def get(self, request: Request, run: uuid.UUID) -> Response:
        """Return how far an import is, and what is wrong with the rows it could not use."""
        query = shapes.Stretch(data=request.query_params)
        query.is_valid(raise_exception=True)
        asked = query.validated_data
        found = run_of(actor_of(request), run)
        page = keyset_page(
            faults_of(found), order=["line", "id"], after=asked["after"], size=asked["limit"]
        )
        faults = shapes.RowFaultSerializer(page.rows, many=True).data
        told = shapes.RunSerializer(found).data
        return Response(told | {"faults": faults, "after": page.after})
