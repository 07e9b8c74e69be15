"""One's own log of questions, and counts of everyone's, over HTTP."""

import datetime as dt
import uuid
from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.compliance.api.permissions import MayAskDecisions
from apps.compliance.api.serializers import OUTCOMES, OutcomeField
from apps.compliance.models import AskedCount, AskedQuestion
from apps.compliance.selectors.asked import (
    COLUMNS,
    AskedFilter,
    asked_counts,
    latest_told,
    questions_page,
)
from apps.core.api.queries import QuerySerializer
from apps.core.errors import NotPermitted
from apps.core.pagination import LARGEST, keyset_page
from apps.institutions.api import ScopedPermission
from apps.institutions.auth import actor_of
from apps.institutions.scopes import Scope
from apps.policy.engine import Outcome

FIRST, LAST = dt.date(2000, 1, 1), dt.date(2200, 1, 1)
SPAN = dt.timedelta(days=30)


class DayField(serializers.DateField):
    """A day on which anything can have been asked."""

    def to_internal_value(self, value: Any) -> dt.date:
        """Return the day; refuse one that is far away."""
        day = super().to_internal_value(value)
        if not FIRST <= day <= LAST:
            raise serializers.ValidationError(_("Give a day of our time."))
        return day


class LogQuery(QuerySerializer):
    """Which of one's own questions."""

    outcome = serializers.ChoiceField(choices=OUTCOMES, required=False)
    listing = serializers.CharField(max_length=20, default="", help_text="A listing's code.")
    day = DayField(required=False, help_text="A day of UTC.")
    after = serializers.CharField(max_length=400, default="", allow_blank=True)
    limit = serializers.IntegerField(min_value=1, max_value=LARGEST, default=50)


class AskedQuestionSerializer(serializers.ModelSerializer):
    """A question as it was asked, and what it was answered."""

    outcome = OutcomeField()

    class Meta:
        model = AskedQuestion
        fields = COLUMNS


class AskedPage(serializers.Serializer):
    """A stretch of the log, the newest first."""

    questions = AskedQuestionSerializer(many=True)
    after = serializers.CharField(allow_blank=True)


class AskedLogView(APIView):
    """What you have asked."""

    permission_classes = [ScopedPermission]
    read_scope = Scope.DECISIONS_READ

    @extend_schema(
        operation_id="decisions_log",
        tags=["decisions"],
        parameters=[LogQuery],
        responses=AskedPage,
    )
    def get(self, request: Request) -> Response:
        """Return what was asked with tokens of your organisation, or with your own, newest first.

        A question appears within a second. Up to a second may be lost where a server is killed.
        """
        actor = actor_of(request)
        asker: uuid.UUID | None = actor.organisation or actor.person
        if asker is None:
            raise NotPermitted
        asked = LogQuery().run_validation(request.query_params)
        slug = asked.get("outcome")
        wanted = AskedFilter(
            outcome=Outcome.of(slug) if slug else None,
            listing=asked["listing"],
            day=asked.get("day"),
        )
        page = questions_page(asker, wanted, after=asked["after"], size=asked["limit"])
        return Response(AskedPage({"questions": page.rows, "after": page.after}).data)


class CountsQuery(QuerySerializer):
    """Which days are counted."""

    since = DayField(required=False, help_text="A day of UTC; by default 30 days before `until`.")
    until = DayField(required=False, help_text="By default the last day that has ended.")
    after = serializers.CharField(max_length=400, default="", allow_blank=True)
    limit = serializers.IntegerField(min_value=1, max_value=LARGEST, default=LARGEST)


class AskedCountSerializer(serializers.ModelSerializer):
    """How many questions of one kind were asked on a day."""

    day = serializers.DateField(source="day_date")
    outcome = OutcomeField()

    class Meta:
        model = AskedCount
        fields = ["day", "outcome", "use", "jurisdiction", "questions"]


class CountsPage(serializers.Serializer):
    """What everyone asked, the newest day first."""

    counts = AskedCountSerializer(many=True)
    after = serializers.CharField(allow_blank=True)


class AskedCounts(APIView):
    """What everyone asked, counted."""

    permission_classes = [AllowAny, MayAskDecisions]

    @extend_schema(
        operation_id="decisions_counts",
        tags=["decisions"],
        parameters=[CountsQuery],
        responses=CountsPage,
    )
    def get(self, request: Request) -> Response:
        """Return how many questions each day, outcome, use and place had; nobody is named.

        Only days that have ended are counted, and counts below ten are left out.
        """
        asked = CountsQuery().run_validation(request.query_params)
        until = asked.get("until") or latest_told()
        since = asked.get("since") or until - SPAN
        page = keyset_page(
            asked_counts(since, until),
            order=("-day_date", "id"),
            after=asked["after"],
            size=asked["limit"],
        )
        return Response(CountsPage({"counts": page.rows, "after": page.after}).data)
