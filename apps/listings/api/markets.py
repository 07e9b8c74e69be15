"""Marketplaces and what they offer."""

import uuid

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.core.errors import NotFound
from apps.core.pagination import keyset_page
from apps.institutions.api import ScopedPermission, idempotent
from apps.institutions.auth import actor_of
from apps.institutions.scopes import Scope
from apps.listings.api import inputs
from apps.listings.api import serializers as shapes
from apps.listings.api.asking import OpenToRead, organisation_meant
from apps.listings.models import Offer
from apps.listings.selectors import listing_by_code, marketplace_by_slug, offers_of
from apps.listings.services import (
    AccessionDraft,
    marketplace_accede,
    marketplace_enter,
    offer_end,
    offer_make,
)
from apps.policy.states import StatuteKind


class Marketplaces(APIView):
    """Marketplaces."""

    permission_classes = [ScopedPermission]
    write_scope = Scope.LISTINGS_WRITE

    @extend_schema(
        operation_id="marketplace_enter",
        tags=["marketplaces"],
        request=inputs.NewMarketplace,
        responses={201: shapes.MarketplaceSerializer},
    )
    @idempotent
    def post(self, request: Request) -> Response:
        """Open a marketplace of your organisation."""
        asked = inputs.NewMarketplace(data=request.data)
        asked.is_valid(raise_exception=True)
        told = asked.validated_data
        market = marketplace_enter(
            actor=actor_of(request),
            organisation=organisation_meant(request, told["organisation"]),
            name=told["name"],
            website=told["website"],
        )
        return Response(shapes.MarketplaceSerializer(market).data, status=201)


class OneMarketplace(OpenToRead):
    """One marketplace."""

    @extend_schema(
        operation_id="marketplace_read",
        tags=["marketplaces"],
        responses=shapes.MarketplaceSerializer,
        auth=[],
    )
    def get(self, request: Request, slug: str) -> Response:
        """Return one marketplace."""
        return Response(shapes.MarketplaceSerializer(marketplace_by_slug(slug)).data)


class Accessions(APIView):
    """What binds one marketplace."""

    permission_classes = [ScopedPermission]
    write_scope = Scope.LISTINGS_WRITE

    @extend_schema(
        operation_id="marketplace_accede",
        tags=["marketplaces"],
        request=inputs.NewAccession,
        responses={204: None},
    )
    @idempotent
    def post(self, request: Request, slug: str) -> Response:
        """Bind a marketplace to kinds of rules; the accession that ran before ends with it."""
        asked = inputs.NewAccession(data=request.data)
        asked.is_valid(raise_exception=True)
        told = asked.validated_data
        draft = AccessionDraft(
            rule_kinds=[StatuteKind(kind) for kind in told["rule_kinds"]],
            jurisdictions=told["jurisdictions"],
            basis=told["basis"],
            until_at=told["until_at"],
        )
        marketplace_accede(
            actor=actor_of(request), marketplace=marketplace_by_slug(slug), draft=draft
        )
        return Response(status=204)


class Offers(OpenToRead):
    """What one marketplace offers."""

    @extend_schema(
        operation_id="offers_list",
        tags=["marketplaces"],
        parameters=[shapes.Stretch],
        responses=shapes.OffersSerializer,
        auth=[],
    )
    def get(self, request: Request, slug: str) -> Response:
        """Return a marketplace's offers, by its own numbers."""
        query = shapes.Stretch(data=request.query_params)
        query.is_valid(raise_exception=True)
        asked = query.validated_data
        page = keyset_page(
            offers_of(marketplace_by_slug(slug)),
            order=["sku", "id"],
            after=asked["after"],
            size=asked["limit"],
        )
        return Response(shapes.OffersSerializer({"offers": page.rows, "after": page.after}).data)

    @extend_schema(
        operation_id="offer_make",
        tags=["marketplaces"],
        request=inputs.NewOffer,
        responses={201: shapes.OfferSerializer},
    )
    @idempotent
    def post(self, request: Request, slug: str) -> Response:
        """Offer a listing under your own number."""
        asked = inputs.NewOffer(data=request.data)
        asked.is_valid(raise_exception=True)
        offer = offer_make(
            actor=actor_of(request),
            marketplace=marketplace_by_slug(slug),
            listing=listing_by_code(asked.validated_data["listing"]),
            sku=asked.validated_data["sku"],
        )
        return Response(shapes.OfferSerializer(offer).data, status=201)


class OneOffer(APIView):
    """One offer."""

    permission_classes = [ScopedPermission]
    write_scope = Scope.LISTINGS_WRITE

    @extend_schema(operation_id="offer_end", tags=["marketplaces"], responses={204: None})
    def delete(self, request: Request, offer: uuid.UUID) -> Response:
        """End an offer."""
        if not Offer.objects.filter(pk=offer).exists():
            raise NotFound
        offer_end(actor=actor_of(request), offer_id=offer)
        return Response(status=204)
