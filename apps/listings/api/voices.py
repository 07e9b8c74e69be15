"""Claims, disputes and follows."""

import uuid

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.core.errors import Invalid, NotFound
from apps.core.pagination import keyset_page
from apps.institutions.api import ScopedPermission, idempotent
from apps.institutions.auth import actor_of
from apps.institutions.scopes import Scope
from apps.listings.api import inputs
from apps.listings.api import serializers as shapes
from apps.listings.api.asking import OpenToRead, organisation_meant
from apps.listings.models import Dispute, ProviderClaim
from apps.listings.selectors import (
    claims_open,
    disputes_of,
    edge_of,
    listing_by_code,
    provider_by_slug,
)
from apps.listings.services import (
    claim_confirm,
    claim_open,
    claim_prove,
    claim_refuse,
    claim_withdraw,
    dispute_decide,
    dispute_withdraw,
    edge_dispute,
    fact_dispute,
    follow_begin,
    follow_end,
)


class Claims(APIView):
    """Claims to one provider's name."""

    permission_classes = [ScopedPermission]
    write_scope = Scope.LISTINGS_WRITE

    @extend_schema(
        operation_id="claim_open",
        tags=["listings"],
        request=inputs.NewClaim,
        responses={201: shapes.ClaimSerializer},
    )
    @idempotent
    def post(self, request: Request, slug: str) -> Response:
        """Claim a provider; with an address at its own domain, a code is sent there."""
        asked = inputs.NewClaim(data=request.data)
        asked.is_valid(raise_exception=True)
        told = asked.validated_data
        claim = claim_open(
            actor=actor_of(request),
            organisation=organisation_meant(request, told["organisation"]),
            provider_id=provider_by_slug(slug).pk,
            address=told["address"],
            statement=told["statement"],
        )
        return Response(shapes.ClaimSerializer(claim).data, status=201)


class OneClaim(APIView):
    """One claim of your organisation."""

    permission_classes = [ScopedPermission]
    write_scope = Scope.LISTINGS_WRITE

    @extend_schema(
        operation_id="claim_prove",
        tags=["listings"],
        request=inputs.Proof,
        responses=shapes.ClaimSerializer,
    )
    @idempotent
    def post(self, request: Request, claim: uuid.UUID) -> Response:
        """Bring back the code that was sent to the provider's domain."""
        asked = inputs.Proof(data=request.data)
        asked.is_valid(raise_exception=True)
        found = claim_prove(
            actor=actor_of(request), claim_id=known_claim(claim), **asked.validated_data
        )
        return Response(shapes.ClaimSerializer(found).data)

    @extend_schema(operation_id="claim_withdraw", tags=["listings"], responses={204: None})
    def delete(self, request: Request, claim: uuid.UUID) -> Response:
        """Take back a claim."""
        claim_withdraw(actor=actor_of(request), claim_id=known_claim(claim))
        return Response(status=204)


class OpenClaims(APIView):
    """Claims that wait for proof or a regulator."""

    permission_classes = [ScopedPermission]
    read_scope = Scope.LISTINGS_READ

    @extend_schema(
        operation_id="claims_list",
        tags=["listings"],
        parameters=[shapes.Stretch],
        responses=shapes.ClaimsSerializer,
    )
    def get(self, request: Request) -> Response:
        """Return the open claims, oldest first."""
        query = shapes.Stretch(data=request.query_params)
        query.is_valid(raise_exception=True)
        asked = query.validated_data
        page = keyset_page(
            claims_open(), order=["opened_at", "id"], after=asked["after"], size=asked["limit"]
        )
        return Response(shapes.ClaimsSerializer({"claims": page.rows, "after": page.after}).data)


class ClaimVerdict(APIView):
    """A regulator's word on a claim."""

    permission_classes = [ScopedPermission]
    write_scope = Scope.LISTINGS_WRITE

    @extend_schema(
        operation_id="claim_decide",
        tags=["listings"],
        request=inputs.ClaimDecision,
        responses=shapes.ClaimSerializer,
    )
    @idempotent
    def post(self, request: Request, claim: uuid.UUID) -> Response:
        """Confirm a claim on your own knowledge, or refuse it with a reason."""
        asked = inputs.ClaimDecision(data=request.data)
        asked.is_valid(raise_exception=True)
        told, actor, found = asked.validated_data, actor_of(request), known_claim(claim)
        if told["confirm"]:
            decided = claim_confirm(actor=actor, claim_id=found)
        else:
            decided = claim_refuse(actor=actor, claim_id=found, reason=told["reason"])
        return Response(shapes.ClaimSerializer(decided).data)


class Disputes(OpenToRead):
    """Disputes of one listing."""

    @extend_schema(
        operation_id="disputes_list",
        tags=["listings"],
        parameters=[shapes.Stretch],
        responses=shapes.DisputesSerializer,
        auth=[],
    )
    def get(self, request: Request, code: str) -> Response:
        """Return a listing's disputes, newest first."""
        query = shapes.Stretch(data=request.query_params)
        query.is_valid(raise_exception=True)
        asked = query.validated_data
        page = keyset_page(
            disputes_of(listing_by_code(code)),
            order=["-opened_at", "-id"],
            after=asked["after"],
            size=asked["limit"],
        )
        return Response(
            shapes.DisputesSerializer({"disputes": page.rows, "after": page.after}).data
        )

    @extend_schema(
        operation_id="dispute_open",
        tags=["listings"],
        request=inputs.NewDispute,
        responses={201: shapes.DisputeSerializer},
    )
    @idempotent
    def post(self, request: Request, code: str) -> Response:
        """Say that a fact of the current version, or an edge, is wrong."""
        asked = inputs.NewDispute(data=request.data)
        asked.is_valid(raise_exception=True)
        dispute = self._open(request, code, asked.validated_data)
        return Response(shapes.DisputeSerializer(dispute).data, status=201)

    def _open(self, request: Request, code: str, told: dict) -> Dispute:
        listing, actor = listing_by_code(code), actor_of(request)
        words = {"statement": told["statement"], "evidence": told["evidence"]}
        if bool(told["fact"]) == bool(told["edge"]):
            raise Invalid("Name a fact or an edge, one of the two.", field="fact")
        if told["edge"]:
            return edge_dispute(actor=actor, edge_id=edge_of(listing, told["edge"]).pk, **words)
        if listing.current is None:
            raise NotFound
        return fact_dispute(actor=actor, version=listing.current, fact=told["fact"], **words)


class OneDispute(APIView):
    """One dispute."""

    permission_classes = [ScopedPermission]
    write_scope = Scope.LISTINGS_WRITE

    @extend_schema(
        operation_id="dispute_decide",
        tags=["listings"],
        request=inputs.DisputeDecision,
        responses=shapes.DisputeSerializer,
    )
    @idempotent
    def post(self, request: Request, dispute: uuid.UUID) -> Response:
        """Decide a dispute with reasons, as a regulator or clerk who did not open it."""
        asked = inputs.DisputeDecision(data=request.data)
        asked.is_valid(raise_exception=True)
        found = dispute_decide(
            actor=actor_of(request), dispute_id=known_dispute(dispute), **asked.validated_data
        )
        return Response(shapes.DisputeSerializer(found).data)

    @extend_schema(operation_id="dispute_withdraw", tags=["listings"], responses={204: None})
    def delete(self, request: Request, dispute: uuid.UUID) -> Response:
        """Take back a dispute that you opened."""
        dispute_withdraw(actor=actor_of(request), dispute_id=known_dispute(dispute))
        return Response(status=204)


class Following(APIView):
    """Following one listing."""

    permission_classes = [ScopedPermission]
    write_scope = Scope.LISTINGS_WRITE

    @extend_schema(
        operation_id="follow_begin", tags=["listings"], request=None, responses={204: None}
    )
    def put(self, request: Request, code: str) -> Response:
        """Follow a listing."""
        follow_begin(actor=actor_of(request), listing=listing_by_code(code))
        return Response(status=204)

    @extend_schema(operation_id="follow_end", tags=["listings"], responses={204: None})
    def delete(self, request: Request, code: str) -> Response:
        """Follow a listing no more."""
        follow_end(actor=actor_of(request), listing=listing_by_code(code))
        return Response(status=204)


def known_claim(claim: uuid.UUID) -> uuid.UUID:
    """Return the id of a claim that exists; raise `NotFound`."""
    if not ProviderClaim.objects.filter(pk=claim).exists():
        raise NotFound
    return claim


def known_dispute(dispute: uuid.UUID) -> uuid.UUID:
    """Return the id of a dispute that exists; raise `NotFound`."""
    if not Dispute.objects.filter(pk=dispute).exists():
        raise NotFound
    return dispute
