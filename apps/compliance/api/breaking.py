"""What changes for one's own questions on a day to come, over HTTP."""

import datetime as dt
import uuid
from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.compliance.api.asked import DayField
from apps.compliance.api.serializers import OutcomeField, ReasonSerializer
from apps.compliance.selectors.breaking import (
    LOOKED_AHEAD,
    Changes,
    Turn,
    changes_on,
    day_ahead,
    today,
    turns_ahead,
)
from apps.core.api.queries import QuerySerializer
from apps.core.errors import NotPermitted
from apps.institutions.api import ScopedPermission
from apps.institutions.auth import actor_of
from apps.institutions.scopes import Scope


class ChangesQuery(QuerySerializer):
    """For which day."""

    on = DayField(
        required=False,
        help_text="A day of UTC within a year; by default the next on which time changes anything.",
    )

    def validate_on(self, day: dt.date) -> dt.date:
        """Refuse what is past, or too far away to be foretold."""
        if not today() <= day <= today() + LOOKED_AHEAD:
            raise serializers.ValidationError(_("Give a day from today to a year ahead."))
        return day


class ForetoldAnswerSerializer(serializers.Serializer):
    """One of the two answers to a question."""

    outcome = OutcomeField()
    would_be = OutcomeField()
    may_be_offered = serializers.BooleanField()


class AnswerChangeSerializer(serializers.Serializer):
    """A question whose answer changes, with the reasons that only one of the answers has."""

    model = serializers.CharField(source="question.model")
    listing = serializers.CharField(source="after.listing", allow_blank=True)
    version = serializers.IntegerField(source="after.version", allow_null=True)
    use = serializers.CharField(source="question.use")
    jurisdiction = serializers.CharField(source="question.jurisdiction")
    commercial = serializers.BooleanField(source="question.commercial")
    times = serializers.IntegerField(help_text="How often it was asked in the last 31 days.")
    firm = serializers.BooleanField(help_text="Whether more than `would_be` changes.")
    before = ForetoldAnswerSerializer()
    after = ForetoldAnswerSerializer()
    begins = ReasonSerializer(many=True)
    ends = ReasonSerializer(many=True)


class TurnSerializer(serializers.Serializer):
    """Something that time alone brings."""

    day = serializers.DateField()
    begins = serializers.BooleanField()
    code = serializers.CharField(help_text="Of a rule, an exemption or a measure.")
    version = serializers.IntegerField(source="number", allow_null=True)
    aged = serializers.BooleanField(help_text="Whether it is the age of a test.")


class AnswerChangesSerializer(serializers.Serializer):
    """What changes until the end of a day."""

    on = serializers.DateField()
    asked = serializers.IntegerField()
    distinct = serializers.IntegerField()
    cut = serializers.BooleanField(help_text="Whether there were more questions than were put.")
    changes = AnswerChangeSerializer(many=True)
    ahead = TurnSerializer(many=True)


class AnswerChanges(APIView):
    """What breaks."""

    permission_classes = [ScopedPermission]
    read_scope = Scope.DECISIONS_READ

    @extend_schema(
        operation_id="decisions_changes",
        tags=["decisions"],
        parameters=[ChangesQuery],
        responses=AnswerChangesSerializer,
    )
    def get(self, request: Request) -> Response:
        """Put your questions of the last 31 days as they will be answered at the end of a day.

        It tells those whose answer differs from today's, by which reasons, and how often they were
        asked. Up to 2,000 different questions are put, those asked most often first.
        """
        actor = actor_of(request)
        asker: uuid.UUID | None = actor.organisation or actor.person
        if asker is None:
            raise NotPermitted
        asked = ChangesQuery().run_validation(request.query_params)
        ahead = turns_ahead(asker)
        found = changes_on(asker, asked.get("on") or day_ahead(ahead))
        return Response(AnswerChangesSerializer(_told(found, ahead)).data)


def _told(found: Changes, ahead: list[Turn]) -> dict[str, Any]:
    names = ("on", "asked", "distinct", "cut", "changes")
    return {name: getattr(found, name) for name in names} | {"ahead": ahead}
