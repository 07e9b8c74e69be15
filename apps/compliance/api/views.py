"""Decisions, and standings by listing and as a feed."""

import uuid

from django.utils.http import quote_etag
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import status
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.compliance.api.catalogues import (
    CatalogueSerializer,
    CatalogueWrite,
    catalogue_answered,
    catalogue_told,
    lines_of,
    moment_of,
    questions_of,
)
from apps.compliance.api.permissions import MayAskDecisions
from apps.compliance.api.questions import question_of
from apps.compliance.api.serializers import (
    DecisionQuery,
    DecisionSerializer,
    FeedQuery,
    ListingStandingsSerializer,
    StandingsFeedSerializer,
)
from apps.compliance.api.telling import decision_told
from apps.compliance.selectors.deciding import answer, prepare
from apps.compliance.selectors.feeds import of_listing, standings_after
from apps.compliance.selectors.standings import standings_of
from apps.compliance.services import QUESTIONS, Line
from apps.core.actor import Actor
from apps.institutions.api import ActorThrottle
from apps.institutions.auth import actor_of
from apps.journal.selectors import position
from apps.listings.selectors.resolving import version_resolve

NOT_MODIFIED = OpenApiResponse(description="The answer is still the one you have.")


class Decisions(APIView):
    """May this model be offered for this use in this jurisdiction?"""

    permission_classes = [AllowAny, MayAskDecisions]

    @extend_schema(
        operation_id="decisions_read",
        tags=["decisions"],
        parameters=[DecisionQuery],
        responses={200: DecisionSerializer, 304: NOT_MODIFIED},
    )
    def get(self, request: Request) -> Response:
        """Answer one question, with reasons and citations.

        An unknown model is no error: `registered` is false, and the outcome is the portal's
        default. The answer has an `ETag`: sent back in `If-None-Match`, it is answered by 304
        while the facts, the rules, the grants and the day are the same.
        """
        actor = actor_of(request)
        prepared = prepare(question_of(request.query_params, actor.organisation))
        decision = answer(prepared)
        line = Line.of(prepared.question, decision)
        QUESTIONS.note(_asker(actor), decision.decided_at, [line])
        etag = quote_etag(prepared.etag)
        headers = {"ETag": etag, "Cache-Control": "private, max-age=0"}
        if etag in request.headers.get("If-None-Match", ""):
            return Response(status=status.HTTP_304_NOT_MODIFIED, headers=headers)
        return Response(decision_told(decision), headers=headers)

    @extend_schema(
        operation_id="decisions_ask",
        tags=["decisions"],
        request=CatalogueWrite,
        responses=CatalogueSerializer,
    )
    def post(self, request: Request) -> Response:
        """Answer up to a thousand questions, each as if it were asked alone.

        A marketplace can send its whole catalogue, by any reference. Each item is `matched`, a
        `copy` of weights that are known by another name, `suspended`, `unregistered`, or
        `refused` with the problem that it would be answered alone; the others are answered. Each
        item counts as one question of the asker's rate.
        """
        actor = actor_of(request)
        questions = questions_of(request.data, actor.organisation)
        ActorThrottle().count_more(request, len(questions) - 1)
        answers = catalogue_answered(questions)
        if lines := lines_of(questions, answers):
            QUESTIONS.note(_asker(actor), moment_of(answers), lines)
        return Response(catalogue_told(answers), headers={"Cache-Control": "no-store"})


def _asker(actor: Actor) -> uuid.UUID | None:
    """Return whose log a question belongs to."""
    return actor.organisation or actor.person


class ListingStandingsView(APIView):
    """What holds for one listing now."""

    permission_classes = [AllowAny]

    @extend_schema(
        operation_id="listing_standings_read",
        tags=["standings"],
        responses=ListingStandingsSerializer,
    )
    def get(self, request: Request, code: str) -> Response:
        """Return the badge and its exceptions, with their findings."""
        listing = version_resolve(code).listing
        return Response(ListingStandingsSerializer(of_listing(listing, standings_of(listing))).data)


class StandingsFeed(APIView):
    """Changes of standings in order; a reader that keeps `after` misses nothing."""

    permission_classes = [AllowAny]

    @extend_schema(
        operation_id="standings_list",
        tags=["standings"],
        parameters=[FeedQuery],
        responses=StandingsFeedSerializer,
    )
    def get(self, request: Request) -> Response:
        """Return the changes after a position of the journal, oldest first."""
        query = FeedQuery(data=request.query_params)
        query.is_valid(raise_exception=True)
        after, limit = query.validated_data["after"], query.validated_data["limit"]
        newest = position()
        changes = standings_after(after, limit=limit)
        feed = {
            "changes": changes,
            "after": changes[-1].seq if changes else after,
            "position": newest,
        }
        return Response(StandingsFeedSerializer(feed).data)
