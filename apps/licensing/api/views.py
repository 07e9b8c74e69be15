"""Reading the licence register."""

from drf_spectacular.utils import extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.core.clock import today
from apps.core.pagination import keyset_page
from apps.licensing.api import serializers as shapes
from apps.licensing.selectors import licence, licences, uses_forbidden


class Licences(APIView):
    """The licence register."""

    permission_classes = [AllowAny]

    @extend_schema(
        operation_id="licences_list",
        tags=["licences"],
        parameters=[shapes.LicencesQuery],
        responses=shapes.LicencesSerializer,
        auth=[],
    )
    def get(self, request: Request) -> Response:
        """Return licences with their restrictions and terms, by id."""
        query = shapes.LicencesQuery(data=request.query_params)
        query.is_valid(raise_exception=True)
        asked, rows = query.validated_data, licences()
        if asked["family"]:
            rows = rows.filter(family=asked["family"])
        page = keyset_page(rows, order=["id"], after=asked["after"], size=asked["limit"])
        shown = {"licences": page.rows, "after": page.after}
        return Response(shapes.LicencesSerializer(shown).data)


class OneLicence(APIView):
    """One licence of the register."""

    permission_classes = [AllowAny]

    @extend_schema(
        operation_id="licence_read",
        tags=["licences"],
        responses=shapes.OneLicenceSerializer,
        auth=[],
    )
    def get(self, request: Request, slug: str) -> Response:
        """Return one licence, and which published uses it forbids today."""
        found = licence(slug)
        shown = shapes.LicenceSerializer(found).data
        return Response(shown | {"uses_forbidden": uses_forbidden(found.id, today())})
