"""The same write sent twice is done once: `Idempotency-Key`, kept in the write's transaction."""

import hashlib
import re
import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.conf import settings
from django.db import OperationalError, connection, transaction
from django.http import HttpResponse, HttpResponseBase
from django.http.request import RawPostDataException
from drf_spectacular.utils import OpenApiParameter, extend_schema
from psycopg.errors import LockNotAvailable
from rest_framework.exceptions import UnsupportedMediaType
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from apps.core.api.parsers import body_of
from apps.core.clock import now
from apps.core.ids import uuid7
from apps.institutions.auth import actor_of
from apps.institutions.errors import KeyInUse, KeyMalformed, KeyReused
from apps.institutions.models import ApiToken, IdempotencyKey

Handler = TypeVar("Handler", bound=Callable[..., HttpResponseBase])
SHAPE = re.compile(r"[\x21-\x7e]{1,120}")
REPLAYED = "Idempotent-Replayed"
HEADER = OpenApiParameter(
    "Idempotency-Key",
    str,
    OpenApiParameter.HEADER,
    description="1 to 120 visible ASCII characters of your choice. The same request with the same "
    "key is answered again with the first answer, and done once.",
)
# A second request waits here, on the unique index, until the first is committed or undone.
CLAIM = """
    insert into institutions_idempotencykey
        (id, owner, key, request_digest, body, content_type, location, made_at)
    values (%s, %s, %s, %s, '', '', '', %s) on conflict (owner, key) do nothing returning id
"""


def idempotent(handler: Handler) -> Handler:
    """Let a view's writing method honour `Idempotency-Key` for known actors.

    The answer is stored in the transaction of the write; a refused write stores nothing, so that
    it can be mended and sent again under its key.
    """

    @extend_schema(parameters=[HEADER])
    @wraps(handler)
    def answer(view: Any, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        key = request.headers.get("Idempotency-Key")
        actor = actor_of(request)
        if key is None or actor.person is None:
            return handler(view, request, *args, **kwargs)
        if not SHAPE.fullmatch(key):
            raise KeyMalformed(field="Idempotency-Key")
        owner = request.auth.pk if isinstance(request.auth, ApiToken) else actor.person
        digest = _digest(request)
        with transaction.atomic():
            claimed = _claim(owner, key, digest)
            if claimed is None:
                return _replay(owner, key, digest)
            response = handler(view, request, *args, **kwargs)
            if response.status_code >= 400:  # noqa: PLR2004 - where refusals begin
                transaction.set_rollback(True)
                return response
            _keep(claimed, response)
        return response

    return answer  # type: ignore[return-value]


def _digest(request: Request) -> str:
    try:
        body = body_of(request)
    except RawPostDataException:
        raise UnsupportedMediaType(request.content_type) from None
    told = f"{request.method} {request.get_full_path()} {request.content_type}\n"
    return hashlib.sha256(told.encode() + body).hexdigest()


def _claim(owner: uuid.UUID, key: str, digest: str) -> uuid.UUID | None:
    """Write the key's row; return nothing where it stands already."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "select set_config('lock_timeout', %s, true)", [f"{settings.IDEMPOTENCY_WAIT_MS}ms"]
            )
            cursor.execute(CLAIM, [uuid7(), owner, key, digest, now()])
            row = cursor.fetchone()
            cursor.execute("set local lock_timeout to default")
    except OperationalError as error:
        if isinstance(error.__cause__, LockNotAvailable):
            raise KeyInUse(field="Idempotency-Key") from error
        raise
    return row[0] if row else None


def _keep(claimed: uuid.UUID, response: HttpResponseBase) -> None:
    data = response.data if isinstance(response, Response) else None
    IdempotencyKey.objects.filter(pk=claimed).update(
        status=response.status_code,
        body=JSONRenderer().render(data).decode() if data is not None else "",
        content_type="application/json" if data is not None else "",
        location=response.headers.get("Location", ""),
    )


def _replay(owner: uuid.UUID, key: str, digest: str) -> HttpResponse:
    kept = IdempotencyKey.objects.get(owner=owner, key=key)
    if kept.request_digest != digest:
        raise KeyReused(field="Idempotency-Key")
    answer = HttpResponse(kept.body, status=kept.status)
    answer.headers[REPLAYED] = "true"
    if kept.content_type:
        answer.headers["Content-Type"] = kept.content_type
    else:
        del answer.headers["Content-Type"]
    if kept.location:
        answer.headers["Location"] = kept.location
    return answer
