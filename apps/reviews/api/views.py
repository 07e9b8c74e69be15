"""The API of review rounds."""

import uuid

from drf_spectacular.utils import extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.core.pagination import keyset_page
from apps.institutions.api import ScopedPermission, idempotent
from apps.institutions.auth import actor_of
from apps.institutions.scopes import Scope
from apps.reviews.api import serializers as shapes
from apps.reviews.selectors import assignment_for, assignments_of, round_by_id, rounds
from apps.reviews.services import (
    assignment_accept,
    assignment_decline,
    reviewer_ask,
    round_end,
    verdict_give,
)


class Rounds(APIView):
    """The rounds."""

    permission_classes = [AllowAny]

    @extend_schema(
        operation_id="reviews_list",
        tags=["reviews"],
        parameters=[shapes.RoundsQuery],
        responses=shapes.RoundsSerializer,
    )
    def get(self, request: Request) -> Response:
        """Return review rounds, the newest first; without a question the open ones."""
        query = shapes.RoundsQuery(data=request.query_params)
        query.is_valid(raise_exception=True)
        asked = query.validated_data
        page = keyset_page(
            rounds(asked["state"]),
            order=["-opened_at", "-id"],
            after=asked["after"],
            size=asked["limit"],
        )
        return Response(shapes.RoundsSerializer({"reviews": page.rows, "after": page.after}).data)


class OneRound(APIView):
    """One round."""

    permission_classes = [AllowAny]

    @extend_schema(
        operation_id="review_read", tags=["reviews"], responses=shapes.OneRoundSerializer
    )
    def get(self, request: Request, review_round: uuid.UUID) -> Response:
        """Return a round with everybody asked, and the verdicts with their reasons."""
        return shown(request, review_round)


class Conducting(APIView):
    """What a clerk or a reviewer does."""

    permission_classes = [ScopedPermission]
    write_scope = Scope.REVIEWS_WRITE


class Assignments(Conducting):
    """Asking people."""

    @extend_schema(
        operation_id="reviewer_ask",
        tags=["reviews"],
        request=shapes.AskWrite,
        responses={201: shapes.OneRoundSerializer},
    )
    @idempotent
    def post(self, request: Request, review_round: uuid.UUID) -> Response:
        """Ask a person whom the matter does not concern; for a clerk."""
        asked = shapes.AskWrite(data=request.data)
        asked.is_valid(raise_exception=True)
        reviewer_ask(
            actor=actor_of(request), review_round=round_by_id(review_round), **asked.validated_data
        )
        return shown(request, review_round, status=201)


class Close(Conducting):
    """The end of a round."""

    @extend_schema(
        operation_id="review_close",
        tags=["reviews"],
        request=None,
        responses=shapes.OneRoundSerializer,
    )
    @idempotent
    def post(self, request: Request, review_round: uuid.UUID) -> Response:
        """End a round that has verdicts and is owed none; for a clerk."""
        round_end(actor=actor_of(request), review_round=round_by_id(review_round))
        return shown(request, review_round)


class Acceptance(Conducting):
    """A reviewer says yes."""

    @extend_schema(
        operation_id="assignment_accept",
        tags=["reviews"],
        request=None,
        responses=shapes.OneRoundSerializer,
    )
    @idempotent
    def post(self, request: Request, assignment: uuid.UUID) -> Response:
        """Say that you will give a verdict."""
        actor = actor_of(request)
        found = assignment_accept(actor=actor, assignment=assignment_for(actor, assignment))
        return shown(request, found.round_id)


class Refusal(Conducting):
    """A reviewer says no."""

    @extend_schema(
        operation_id="assignment_decline",
        tags=["reviews"],
        request=shapes.RefusalWrite,
        responses=shapes.OneRoundSerializer,
    )
    @idempotent
    def post(self, request: Request, assignment: uuid.UUID) -> Response:
        """Decline to give a verdict, with a public reason."""
        asked, actor = shapes.RefusalWrite(data=request.data), actor_of(request)
        asked.is_valid(raise_exception=True)
        own = assignment_for(actor, assignment)
        assignment_decline(actor=actor, assignment=own, **asked.validated_data)
        return shown(request, own.round_id)


class Verdicts(Conducting):
    """A reviewer answers."""

    @extend_schema(
        operation_id="verdict_give",
        tags=["reviews"],
        request=shapes.VerdictWrite,
        responses={201: shapes.OneRoundSerializer},
    )
    @idempotent
    def post(self, request: Request, assignment: uuid.UUID) -> Response:
        """Give your verdict with its reasons; it is public, and not taken back."""
        asked, actor = shapes.VerdictWrite(data=request.data), actor_of(request)
        asked.is_valid(raise_exception=True)
        own = assignment_for(actor, assignment)
        verdict_give(actor=actor, assignment=own, **asked.validated_data)
        return shown(request, own.round_id, status=201)


def shown(request: Request, review_round: uuid.UUID, *, status: int = 200) -> Response:
    """Answer with a round as it stands."""
    found = round_by_id(review_round)
    context = {"assignments": assignments_of(found), "person": actor_of(request).person}
    return Response(shapes.OneRoundSerializer(found, context=context).data, status=status)
