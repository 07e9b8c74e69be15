"""A past decision made again, from what its answer named."""

import datetime as dt

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.compliance.api.permissions import MayAskDecisions
from apps.compliance.api.serializers import LARGEST_SEQ, DecisionSerializer
from apps.compliance.api.telling import decision_told
from apps.compliance.scenarios import EVERYWHERE, GENERAL
from apps.compliance.selectors.answers import Question
from apps.compliance.selectors.replaying import decide_again
from apps.core.api.queries import QuerySerializer
from apps.core.clock import now


class PastQuery(QuerySerializer):
    """What was asked, and what the answer named."""

    decided_at = serializers.DateTimeField()
    facts_version = serializers.IntegerField(min_value=1, max_value=LARGEST_SEQ)
    ruleset_version = serializers.IntegerField(min_value=0, max_value=LARGEST_SEQ)
    use = serializers.CharField(max_length=40, default=GENERAL)
    jurisdiction = serializers.CharField(max_length=8, default=EVERYWHERE)
    commercial = serializers.BooleanField(default=True)
    trace = serializers.BooleanField(default=False)

    def validate_decided_at(self, moment: dt.datetime) -> dt.datetime:
        """Refuse what is still to come."""
        if moment > now():
            raise serializers.ValidationError(_("Nothing was decided then yet."))
        return moment.astimezone(dt.UTC)


class PastDecision(APIView):
    """What was decided, from the versions that it rested on."""

    permission_classes = [AllowAny, MayAskDecisions]

    @extend_schema(
        operation_id="decisions_again",
        tags=["decisions"],
        parameters=[PastQuery],
        responses=DecisionSerializer,
    )
    def get(self, request: Request) -> Response:
        """Return a past answer again, word for word, with its trace where that is asked for.

        `decided_at`, `facts_version` and `ruleset_version` are those of the answer.
        """
        asked = PastQuery().run_validation(request.query_params)
        named = ("decided_at", "facts_version", "ruleset_version")
        versions = {name: asked.pop(name) for name in named}
        return Response(decision_told(decide_again(Question(model="", **asked), **versions)))
