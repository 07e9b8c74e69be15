"""What would turn an answer, and how a model that is not listed yet would stand."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.compliance.api.permissions import MayAskDecisions
from apps.compliance.api.serializers import DecisionQuery, DecisionSerializer, OutcomeField
from apps.compliance.selectors.answers import Question
from apps.compliance.selectors.curing import ways_of
from apps.compliance.selectors.deciding import prepare
from apps.compliance.services import listing_try
from apps.core.errors import Invalid
from apps.institutions.api import ScopedPermission
from apps.institutions.auth import actor_of
from apps.institutions.scopes import Scope
from apps.listings.api.asking import organisation_meant
from apps.listings.api.inputs import ListingShape
from apps.listings.selectors.markets import marketplace_by_slug


class CureQuery(DecisionQuery):
    """A question, and whether rules that do not bind yet are counted."""

    would_be = serializers.BooleanField(
        default=False, help_text="Whether rules in advise and warn mode are counted too."
    )
    trace = None  # type: ignore[assignment]  # how a serializer leaves a field of its base out


class ChangeSerializer(serializers.Serializer):
    """One fact and the value it would take; null is a missing one.

    A new evaluation is called `evals.` with its kind.
    """

    fact = serializers.CharField()
    before = serializers.JSONField(allow_null=True)
    after = serializers.JSONField(allow_null=True)


class CureSerializer(serializers.Serializer):
    """Changes that together lead to a milder outcome."""

    outcome = OutcomeField()
    changes = ChangeSerializer(many=True)


class WaysOutSerializer(serializers.Serializer):
    """How a model stands, and the smallest changes that would turn that."""

    outcome = OutcomeField()
    least = OutcomeField(help_text="What measures hold it at: no fact leads below.")
    would_be = serializers.BooleanField()
    cures = CureSerializer(many=True)


class OutlookSerializer(serializers.Serializer):
    """One standing that a model would have, answered for its first use and place."""

    uses = serializers.ListField(child=serializers.CharField())
    jurisdictions = serializers.ListField(child=serializers.CharField(), source="places")
    decision = DecisionSerializer()
    ways = WaysOutSerializer()


class TrialSerializer(serializers.Serializer):
    """How a model would stand: for any use everywhere first, then what differs."""

    standings = OutlookSerializer(many=True)


QUERY = CureQuery()


class Cures(APIView):
    """The nearest ways out."""

    permission_classes = [AllowAny, MayAskDecisions]

    @extend_schema(
        operation_id="decision_cures_read",
        tags=["decisions"],
        parameters=[CureQuery],
        responses=WaysOutSerializer,
    )
    def get(self, request: Request) -> Response:
        """Return the fewest facts that would turn an answer, as far as a provider can change them.

        Each cure was judged by the rules themselves. At most three facts are changed together.
        """
        asked: dict[str, Any] = QUERY.run_validation(request.query_params)
        would_be, slug = asked.pop("would_be"), asked.pop("marketplace", "")
        question = Question(
            **asked,
            marketplace=marketplace_by_slug(slug).pk if slug else None,
            organisation=actor_of(request).organisation,
        )
        ways = ways_of(prepare(question), would_be=would_be)
        return Response(WaysOutSerializer(ways).data, headers={"Cache-Control": "no-store"})


class Trials(APIView):
    """A model tried out before it is listed."""

    permission_classes = [ScopedPermission]
    write_scope = Scope.LISTINGS_WRITE

    @extend_schema(
        operation_id="decision_trial",
        tags=["decisions"],
        request=ListingShape,
        responses=TrialSerializer,
    )
    def post(self, request: Request) -> Response:
        """Say how a listing would stand and what would turn that; nothing of it is kept.

        It is read and refused as `POST /api/v1/listings` would.
        """
        if not isinstance(request.data, dict):
            raise Invalid("A JSON object is needed.")
        row = dict(request.data)
        organisation = organisation_meant(request, str(row.pop("organisation", "")))
        tried = listing_try(actor=actor_of(request), organisation=organisation, row=row)
        return Response(TrialSerializer({"standings": tried}).data)
