"""The API of ballots."""

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.core.pagination import keyset_page
from apps.institutions.api import ScopedPermission, idempotent
from apps.institutions.auth import actor_of
from apps.institutions.scopes import Scope
from apps.voting.api import serializers as shapes
from apps.voting.selectors import ballot_by_code, ballots_listed, recount_file, result
from apps.voting.services import recusal_declare, vote_cast


class Ballots(APIView):
    """All ballots."""

    permission_classes = [AllowAny]

    @extend_schema(
        operation_id="ballots_list",
        tags=["ballots"],
        parameters=[shapes.BallotsQuery],
        responses=shapes.BallotsSerializer,
    )
    def get(self, request: Request) -> Response:
        """Return ballots, the last to close first."""
        query = shapes.BallotsQuery(data=request.query_params)
        query.is_valid(raise_exception=True)
        asked, rows = query.validated_data, ballots_listed()
        if state := asked.get("state"):
            rows = rows.filter(state=state)
        order = ["-closes_at", "-id"]
        page = keyset_page(rows, order=order, after=asked["after"], size=asked["limit"])
        return Response(shapes.BallotsSerializer({"ballots": page.rows, "after": page.after}).data)


class OneBallot(APIView):
    """One ballot."""

    permission_classes = [AllowAny]

    @extend_schema(
        operation_id="ballot_read", tags=["ballots"], responses=shapes.OneBallotSerializer
    )
    def get(self, request: Request, code: str) -> Response:
        """Return a ballot with its chambers; before the count only how many seats voted."""
        found = ballot_by_code(code)
        beside = {"chambers": result(found).chambers}
        return Response(shapes.OneBallotSerializer(found, context=beside).data)


class Recount(APIView):
    """The published file of a counted ballot."""

    permission_classes = [AllowAny]

    @extend_schema(operation_id="ballot_recount", tags=["ballots"], responses=OpenApiTypes.OBJECT)
    def get(self, request: Request, code: str) -> Response:
        """Return the roll, every seat's vote and the figures, for `manage.py ballot_tally`."""
        found = ballot_by_code(code)
        headers = {"Content-Disposition": f'attachment; filename="{found.code}.json"'}
        return Response(recount_file(found), headers=headers)


class Votes(APIView):
    """The mark of your seat."""

    permission_classes = [ScopedPermission]
    write_scope = Scope.VOTES_WRITE

    @extend_schema(
        operation_id="vote_cast",
        tags=["ballots"],
        request=shapes.VoteWrite,
        responses={201: shapes.VoteSerializer},
    )
    @idempotent
    def post(self, request: Request, code: str) -> Response:
        """Vote with your seat; until the close a later vote replaces an earlier one."""
        asked = shapes.VoteWrite(data=request.data)
        asked.is_valid(raise_exception=True)
        vote = vote_cast(
            actor=actor_of(request),
            ballot=ballot_by_code(code),
            choice=asked.validated_data["choice"],
        )
        return Response(shapes.VoteSerializer(vote).data, status=201)


class Recusals(APIView):
    """Your seat's stepping aside."""

    permission_classes = [ScopedPermission]
    write_scope = Scope.VOTES_WRITE

    @extend_schema(
        operation_id="recusal_declare",
        tags=["ballots"],
        request=shapes.RecusalWrite,
        responses={201: shapes.RecusalSerializer},
    )
    @idempotent
    def post(self, request: Request, code: str) -> Response:
        """Step aside for a particular interest; it is not taken back."""
        asked = shapes.RecusalWrite(data=request.data)
        asked.is_valid(raise_exception=True)
        entry = recusal_declare(
            actor=actor_of(request), ballot=ballot_by_code(code), **asked.validated_data
        )
        return Response(shapes.RecusalSerializer(entry).data, status=201)
