"""Bundles over HTTP: the newest, by digest, what changed since, and the key that signs them."""

from collections.abc import Iterator
from pathlib import Path

from django.http import (
    HttpResponse,
    HttpResponseBase,
    HttpResponseNotModified,
    StreamingHttpResponse,
)
from django.utils.http import quote_etag
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.compliance.api.permissions import MayAskDecisions
from apps.compliance.services.bundles import (
    Bundle,
    bundle_delta,
    bundle_latest,
    bundle_named,
    public_key,
)
from apps.core.api.queries import QuerySerializer
from apps.core.errors import NotFound

GZIP = "application/gzip"
BLOCK = 1 << 20
WHOLE = {(200, GZIP): OpenApiTypes.BINARY}
NOT_MODIFIED = OpenApiResponse(description="The bundle is the one you have.")


class SinceQuery(QuerySerializer):
    """Which bundle the asker has."""

    since = serializers.RegexField(
        "^[0-9a-f]{64}$",
        required=False,
        default="",
        allow_blank=True,
        help_text="The digest of a former bundle: what changed since is sent, where that is less.",
    )


class KeySerializer(serializers.Serializer):
    """One key that signs bundles."""

    id = serializers.CharField()
    algorithm = serializers.CharField()
    public = serializers.CharField(help_text="32 bytes in base64.")


class KeysSerializer(serializers.Serializer):
    """The keys that sign bundles now."""

    keys = KeySerializer(many=True)


class Anything(BaseContentNegotiation):
    """A file is sent as it is, whatever is accepted."""

    def select_parser(self, request, parsers):  # type: ignore[no-untyped-def]
        """Return the first; nothing is sent here."""
        return parsers[0]

    def select_renderer(self, request, renderers, format_suffix=None):  # type: ignore[no-untyped-def]
        """Return the first, for refusals."""
        return renderers[0], renderers[0].media_type


class LatestBundle(APIView):
    """The newest bundle."""

    permission_classes = [AllowAny, MayAskDecisions]
    content_negotiation_class = Anything

    @extend_schema(
        operation_id="bundles_latest",
        tags=["bundles"],
        parameters=[SinceQuery],
        responses={**WHOLE, 304: NOT_MODIFIED},
    )
    def get(self, request: Request) -> HttpResponseBase:
        """Return all that is needed to decide offline, signed; or what changed since.

        The first line of the file is `{"key", "signature", "manifest"}`, where the signature is
        Ed25519 over the UTF-8 bytes of the manifest. The rows follow, by listing and version, and
        the manifest names their digest. The lines of a difference begin with `-` or `+`.
        """
        since = SinceQuery().run_validation(request.query_params)["since"]
        held = bundle_latest()
        if since == held.digest or quote_etag(held.digest) in request.headers.get(
            "If-None-Match", ""
        ):
            return _dressed(HttpResponseNotModified(), held)
        delta = bundle_delta(since, held) if since else None
        if delta is not None:
            return _dressed(HttpResponse(delta, content_type=GZIP), held)
        return _whole(held)


class OneBundle(APIView):
    """One bundle, while it is kept."""

    permission_classes = [AllowAny, MayAskDecisions]
    content_negotiation_class = Anything

    @extend_schema(operation_id="bundles_read", tags=["bundles"], responses=WHOLE)
    def get(self, request: Request, digest: str) -> HttpResponseBase:
        """Return the bundle of a digest; the last few are kept."""
        held = bundle_named(digest)
        if held is None:
            raise NotFound(field="digest")
        return _whole(held)


class BundleKeys(APIView):
    """The public keys."""

    permission_classes = [AllowAny]

    @extend_schema(operation_id="bundles_keys", tags=["bundles"], responses=KeysSerializer)
    def get(self, request: Request) -> Response:
        """Return the keys by which bundles are verified; compare them with what you were told."""
        name, public = public_key()
        keys = [{"id": name, "algorithm": "Ed25519", "public": public}]
        return Response(KeysSerializer({"keys": keys}).data)


def _whole(held: Bundle) -> HttpResponseBase:
    answer = StreamingHttpResponse(_blocks(held.path), content_type=GZIP)
    answer.headers["Content-Length"] = str(held.path.stat().st_size)
    answer.headers["Content-Disposition"] = f'inline; filename="sangam-{held.digest[:12]}.gz"'
    return _dressed(answer, held)


def _blocks(path: Path) -> Iterator[bytes]:
    """Give a file in blocks; it is opened when the first is sent."""
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            yield block


def _dressed(response: HttpResponseBase, held: Bundle) -> HttpResponseBase:
    response.headers["ETag"] = quote_etag(held.digest)
    response.headers["Cache-Control"] = "no-cache"
    # It is packed already.
    response.headers["Content-Encoding"] = "identity"
    return response
