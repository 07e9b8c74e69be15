"""Reading what is sent to the API."""

from collections.abc import Mapping
from typing import IO, Any

from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import ParseError
from rest_framework.parsers import BaseParser, JSONParser
from rest_framework.request import Request


class BodyParser(BaseParser):
    """Takes a body as it is, up to a bound of its own: a view has it in `request.data["body"]`.

    Subclasses set `media_type` and `largest`, and say what is raised beyond it.
    """

    largest: int

    def too_large(self) -> Exception:
        """Return the refusal of what is larger."""
        raise NotImplementedError

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> dict[str, bytes]:
        """Return the bytes, in a mapping as DRF wants one."""
        body = stream.read(self.largest + 1)
        if len(body) > self.largest:
            raise self.too_large()
        return {"body": body}


def body_of(request: Request) -> bytes:
    """Return the body that was sent, also one that only its own parser may take whole."""
    for parser in request.parsers or ():
        if isinstance(parser, BodyParser):
            return request.data.get("body", b"")
    return request.body


class BoundedJSONParser(JSONParser):
    """JSON; the sender is told where its nesting exhausts Python's stack."""

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> dict[str, Any]:
        """Return what the stream holds."""
        try:
            return super().parse(stream, media_type, parser_context)
        except RecursionError:
            raise ParseError(_("This JSON is nested too deeply.")) from None
