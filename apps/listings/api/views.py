"""Listings and providers: read by anyone, changed by who keeps them."""

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from apps.core.errors import Invalid
from apps.core.pagination import keyset_page
from apps.institutions.api import idempotent
from apps.institutions.auth import actor_of
from apps.listings.api import inputs
from apps.listings.api import serializers as shapes
from apps.listings.api.asking import OpenToRead, organisation_meant
from apps.listings.models import Listing
from apps.listings.selectors import (
    RegisterFilter,
    evaluations_of,
    listing_by_code,
    parents_of,
    provider_by_slug,
    providers,
    register_page,
    versions_of,
)
from apps.listings.services import (
    listing_change,
    listing_relist,
    listing_withdraw,
    row_publish,
)


def shown(listing: Listing) -> dict:
    """Return one listing with its versions, parents and results."""
    told = shapes.ListingSerializer(listing).data
    current = listing.current
    parents = parents_of(current)[:200] if current else []
    results = evaluations_of(current)[:200] if current else []
    return told | {
        "versions": shapes.ListingVersionSerializer(versions_of(listing)[:200], many=True).data,
        "parents": shapes.EdgeSerializer(parents, many=True).data,
        "evaluations": shapes.EvaluationSerializer(results, many=True).data,
    }


def mapping(request: Request) -> dict:
    """Return the body as a mapping of its own; anything else is refused."""
    if not isinstance(request.data, dict):
        raise Invalid("A JSON object is needed.")
    return dict(request.data)


class Register(OpenToRead):
    """The register of listings."""

    @extend_schema(
        operation_id="listings_list",
        tags=["listings"],
        parameters=[shapes.RegisterQuery],
        responses=shapes.RegisterSerializer,
        auth=[],
    )
    def get(self, request: Request) -> Response:
        """Return the listings that fit, by likeness where words are given, else by name."""
        query = shapes.RegisterQuery(data=request.query_params)
        query.is_valid(raise_exception=True)
        asked = query.validated_data
        wanted = RegisterFilter(
            text=asked["q"],
            family=asked["family"],
            task=asked["task"],
            country=asked["country"].upper(),
            access=asked["access"],
            provider=asked["provider"],
        )
        page = register_page(wanted, sort=asked["sort"], after=asked["after"], size=asked["limit"])
        return Response(
            shapes.RegisterSerializer({"listings": page.rows, "after": page.after}).data
        )

    @extend_schema(
        operation_id="listing_enter",
        tags=["listings"],
        request=inputs.ListingShape,
        responses={201: shapes.OneListingSerializer},
    )
    @idempotent
    def post(self, request: Request) -> Response:
        """Enter a listing for your organisation; one that is known is changed.

        Another licence or other weights begin a new version; an unchanged listing stays as it is.
        """
        row = mapping(request)
        organisation = organisation_meant(request, str(row.pop("organisation", "")))
        version = row_publish(actor=actor_of(request), organisation=organisation, row=row)
        answer = Response(shown(listing_by_code(version.listing.code)), status=201)
        answer.headers["Location"] = f"/api/v1/listings/{version.listing.code}"
        return answer


class OneListing(OpenToRead):
    """One listing."""

    @extend_schema(
        operation_id="listing_read",
        tags=["listings"],
        responses=shapes.OneListingSerializer,
        auth=[],
    )
    def get(self, request: Request, code: str) -> Response:
        """Return one listing with its versions, what it was made from, and its results."""
        return Response(shown(listing_by_code(code)))

    @extend_schema(
        operation_id="listing_change",
        tags=["listings"],
        request=inputs.ListingFacts,
        responses=shapes.OneListingSerializer,
    )
    @idempotent
    def patch(self, request: Request, code: str) -> Response:
        """Tell some fields anew; another licence or other weights begin a new version."""
        listing = listing_by_code(code)
        changes = mapping(request)
        listing_change(actor=actor_of(request), listing_id=listing.pk, changes=changes)
        return Response(shown(listing_by_code(code)))


class Withdrawal(OpenToRead):
    """Taking a listing from offer, and putting it back."""

    @extend_schema(
        operation_id="listing_withdraw",
        tags=["listings"],
        request=inputs.Reason,
        responses=shapes.OneListingSerializer,
    )
    @idempotent
    def post(self, request: Request, code: str) -> Response:
        """Take a listing from offer; its versions and history stay."""
        asked = inputs.Reason(data=request.data)
        asked.is_valid(raise_exception=True)
        listing_withdraw(
            actor=actor_of(request),
            listing_id=listing_by_code(code).pk,
            reason=asked.validated_data["reason"],
        )
        return Response(shown(listing_by_code(code)))

    @extend_schema(
        operation_id="listing_relist", tags=["listings"], responses=shapes.OneListingSerializer
    )
    def delete(self, request: Request, code: str) -> Response:
        """Put a withdrawn listing on offer again."""
        listing_relist(actor=actor_of(request), listing_id=listing_by_code(code).pk)
        return Response(shown(listing_by_code(code)))


class Providers(OpenToRead):
    """The providers."""

    @extend_schema(
        operation_id="providers_list",
        tags=["listings"],
        parameters=[shapes.ProvidersQuery],
        responses=shapes.ProvidersSerializer,
        auth=[],
    )
    def get(self, request: Request) -> Response:
        """Return providers by name."""
        query = shapes.ProvidersQuery(data=request.query_params)
        query.is_valid(raise_exception=True)
        asked = query.validated_data
        rows = providers(asked["q"])
        page = keyset_page(rows, order=["name", "id"], after=asked["after"], size=asked["limit"])
        return Response(
            shapes.ProvidersSerializer({"providers": page.rows, "after": page.after}).data
        )


class OneProvider(OpenToRead):
    """One provider."""

    @extend_schema(
        operation_id="provider_read",
        tags=["listings"],
        responses=shapes.ProviderSerializer,
        auth=[],
    )
    def get(self, request: Request, slug: str) -> Response:
        """Return one provider, and which organisation has proved to be it."""
        return Response(shapes.ProviderSerializer(provider_by_slug(slug)).data)
