"""The frame of an answer: status and headers, learnt from Django itself.

What middleware adds depends on a few headers of the request, and never on the question. So the
first answer of each kind is Django's, and the next ones are dressed as it was.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.text import compress_string

Environ = dict[str, Any]
Start = Callable[..., Any]
Headers = list[tuple[str, str]]
KEPT = 256
# What bears on an answer's headers or language.
BEARS = (
    *("HTTP_HOST", "SERVER_NAME", "SERVER_PORT", "wsgi.url_scheme", "HTTP_X_FORWARDED_PROTO"),
    *("HTTP_X_FORWARDED_HOST", "HTTP_ACCEPT", "HTTP_ACCEPT_LANGUAGE", "HTTP_ACCEPT_ENCODING"),
)
# GZipMiddleware's own: so many random bytes hide the length of what is compressed.
HIDING = 100
Key = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Frame:
    """How Django dresses one kind of answer."""

    status: str
    headers: Headers
    language: str
    zipped: bool

    def dress(self, etag: str, body: bytes) -> tuple[Headers, bytes] | None:
        """Return headers and body of one answer; nothing where Django would dress it otherwise."""
        if self.zipped:
            packed = compress_string(body, max_random_bytes=HIDING)
            if len(packed) >= len(body):
                return None
            etag, body = f"W/{etag}", packed
        own = {"etag": etag, "content-length": str(len(body))}
        return [(name, own.get(name.lower(), value)) for name, value in self.headers], body


class Frames:
    """The frames that a process has learnt."""

    def __init__(self) -> None:
        self.kept: dict[Key, Frame] = {}

    def key(self, environ: Environ, *, modified: bool) -> Key:
        """Return under what a request's frame is kept."""
        method = environ["REQUEST_METHOD"]
        return (method, modified, "HTTP_AUTHORIZATION" in environ, *map(environ.get, BEARS))

    def learning(self, environ: Environ, start: Start) -> Start:
        """Return what a server's `start_response` is told, learning from it."""

        def learn(status: str, headers: Headers, *rest: Any) -> Any:
            if status[:3] in {"200", "304"}:
                self._learn(self.key(environ, modified=status[:3] == "200"), status, headers)
            return start(status, headers, *rest)

        return learn

    def _learn(self, key: Key, status: str, headers: Headers) -> None:
        told = {name.lower(): value for name, value in headers}
        if "set-cookie" in told:
            return
        if len(self.kept) >= KEPT:
            self.kept.clear()
        zipped = told.get("content-encoding") == "gzip"
        self.kept[key] = Frame(status, list(headers), told.get("content-language", ""), zipped)
