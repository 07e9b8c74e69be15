"""What a marketplace owes, and what it says of it, over HTTP."""

from django.db.models import Q, QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.compliance.api.serializers import OutcomeField
from apps.compliance.models import Finding
from apps.compliance.selectors.acknowledgements import lines_of, owed_by
from apps.compliance.services import Word, acknowledgements_give
from apps.compliance.states import AcknowledgementKind, AcknowledgementState, Demand
from apps.core.pagination import LARGEST
from apps.institutions.api import ScopedPermission, idempotent
from apps.institutions.auth import actor_of
from apps.institutions.scopes import Scope
from apps.institutions.selectors import memberships_of
from apps.listings.models import Marketplace


class OwedQuery(serializers.Serializer):
    """Which stretch of what is owed, and of which marketplace."""

    marketplace = serializers.SlugField(
        max_length=120, required=False, default="", help_text="One of your own; all without it."
    )
    after = serializers.CharField(max_length=400, required=False, default="", allow_blank=True)
    limit = serializers.IntegerField(min_value=1, max_value=LARGEST, default=50)


class GroundSerializer(serializers.Serializer):
    """One reason that is enforced on the listing now: a rule version, or a measure."""

    outcome = OutcomeField()
    rule = serializers.CharField(allow_blank=True)
    version = serializers.IntegerField(allow_null=True)
    measure = serializers.CharField(allow_blank=True)
    reference = serializers.CharField(allow_blank=True)

    def to_representation(self, finding: Finding) -> dict:
        """Return the rule or the measure, and nothing for the other."""
        version, measure = finding.rule_version, finding.measure
        return super().to_representation(
            {
                "outcome": finding.outcome,
                "rule": version.rule.code if version else "",
                "version": version.number if version else None,
                "measure": measure.code if measure else "",
                "reference": measure.reference if measure else "",
            }
        )


class AcknowledgementSerializer(serializers.Serializer):
    """What one marketplace owes for one listing since it last changed there."""

    id = serializers.UUIDField(source="row.pk")
    marketplace = serializers.CharField(source="row.marketplace.slug")
    listing = serializers.CharField(source="row.listing.code")
    name = serializers.CharField(source="row.listing.name")
    skus = serializers.ListField(child=serializers.CharField())
    demand = serializers.ChoiceField(choices=Demand.choices, source="row.demand")
    outcome = OutcomeField(
        source="row.outcome", help_text="The strictest for any use and place where it is bound."
    )
    grounds = GroundSerializer(many=True)
    state = serializers.ChoiceField(choices=AcknowledgementState.choices, source="row.state")
    since_at = serializers.DateTimeField(source="row.since_at")
    due_at = serializers.DateTimeField(source="row.due_at")
    overdue = serializers.BooleanField(help_text="Its time ran out before it was done.")
    seen_at = serializers.DateTimeField(source="row.seen_at", allow_null=True)
    done_at = serializers.DateTimeField(source="row.done_at", allow_null=True)
    deadline = serializers.CharField(source="row.deadline.title")
    legal_source = serializers.CharField(source="row.deadline.legal_source")


class AcknowledgementPage(serializers.Serializer):
    """What is owed, what is due first first."""

    acknowledgements = AcknowledgementSerializer(many=True)
    after = serializers.CharField(allow_blank=True)


class WordSerializer(serializers.Serializer):
    """What is said of one acknowledgement."""

    id = serializers.UUIDField()
    kind = serializers.ChoiceField(choices=AcknowledgementKind.choices)


class AcknowledgementWrite(serializers.Serializer):
    """What is said of up to a thousand."""

    acknowledgements = serializers.ListField(child=WordSerializer(), min_length=1, max_length=1000)


class AcknowledgementsSaid(serializers.Serializer):
    """The same ones, as they stand now."""

    acknowledgements = AcknowledgementSerializer(many=True)


class Acknowledgements(APIView):
    """What your marketplaces owe."""

    permission_classes = [ScopedPermission]
    read_scope = Scope.ACKNOWLEDGEMENTS_WRITE
    write_scope = Scope.ACKNOWLEDGEMENTS_WRITE

    @extend_schema(
        operation_id="acknowledgements_owed",
        tags=["acknowledgements"],
        parameters=[OwedQuery],
        responses=AcknowledgementPage,
    )
    def get(self, request: Request) -> Response:
        """Return what your marketplaces have still to apply or lift, what is due first first."""
        query = OwedQuery(data=request.query_params)
        query.is_valid(raise_exception=True)
        asked = query.validated_data
        page = owed_by(
            _own(request, asked["marketplace"]), after=asked["after"], size=asked["limit"]
        )
        told = {"acknowledgements": page.rows, "after": page.after}
        return Response(AcknowledgementPage(told).data)

    @extend_schema(
        operation_id="acknowledgements_give",
        tags=["acknowledgements"],
        request=AcknowledgementWrite,
        responses=AcknowledgementsSaid,
    )
    @idempotent
    def post(self, request: Request) -> Response:
        """Say what has been seen, applied or lifted; all of it is taken, or nothing.

        What is said twice changes nothing the second time.
        """
        sent = AcknowledgementWrite(data=request.data)
        sent.is_valid(raise_exception=True)
        words = [
            Word(word["id"], AcknowledgementKind(word["kind"]))
            for word in sent.validated_data["acknowledgements"]
        ]
        rows = acknowledgements_give(actor=actor_of(request), words=words)
        return Response(AcknowledgementsSaid({"acknowledgements": lines_of(rows)}).data)


def _own(request: Request, slug: str) -> QuerySet[Marketplace]:
    """Return the marketplaces for which the actor speaks: the token's, or all of a person's."""
    actor = actor_of(request)
    held = memberships_of(actor.person) if actor.person else []
    organisations = [row.organisation_id for row in held]
    mine = Q(organisation__in=organisations)
    if actor.organisation is not None:
        mine &= Q(organisation=actor.organisation)
    return Marketplace.objects.filter(mine, **({"slug": slug} if slug else {}))
