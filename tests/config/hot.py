"""One worker of the portal, called as a web server calls it."""

import datetime as dt
import gzip
import io
import json
import re
from urllib.parse import urlencode

from django.core.wsgi import get_wsgi_application

from apps.compliance.services import MeasureDraft, measure_impose
from apps.compliance.states import MeasureSource
from apps.core.actor import SYSTEM
from apps.core.clock import now
from apps.policy.engine import Outcome
from apps.reactions.runner import settle
from config.hot import Hot


class Worker:
    """One worker's applications: the hot one, and Django behind it, whose turns are counted."""

    def __init__(self):
        self.django = get_wsgi_application()
        self.turns = 0
        self.hot = Hot(self.through)

    def through(self, environ, start):
        self.turns += 1
        return self.django(environ, start)

    def ask(self, application=None, secret="", method="GET", **query):
        headers, body = query.pop("headers", {}), query.pop("body", b"")
        environ = {
            "REQUEST_METHOD": method,
            "PATH_INFO": "/api/v1/decisions",
            "SCRIPT_NAME": "",
            "QUERY_STRING": query.pop("raw", urlencode(query)),
            "SERVER_NAME": "testserver",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "HTTP_HOST": "testserver",
            "REMOTE_ADDR": "127.0.0.1",
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(body),
            "CONTENT_TYPE": "application/json" if body else "",
            "CONTENT_LENGTH": str(len(body)) if body else "",
            **headers,
        }
        if secret:
            environ["HTTP_AUTHORIZATION"] = f"Bearer {secret}"
        said = []
        answer = (application or self.hot)(environ, lambda *words: said.append(words))
        body = b"".join(answer)
        return said[0][0], dict(said[0][1]), body

    def both(self, **request):
        """Ask the hot one until it answers by itself, and Django; return what both say."""
        self.ask(**request)
        before = self.turns
        hot = timeless(*self.ask(**request))
        alone = self.turns == before
        return hot, timeless(*self.ask(self.django, **request)), alone


def timeless(status, headers, body):
    """An answer without the moment at which it was decided, and without the padding of gzip."""
    if headers.get("Content-Encoding") == "gzip":
        assert len(body) == int(headers.pop("Content-Length"))
        body = gzip.decompress(body)
    if body and status == "200 OK" and body.startswith(b'{"decisions"'):
        headers.pop("Content-Length", None)
        body = re.sub(rb'"decided_at":"[^"]{26,32}"', b"", body)
    elif body and status == "200 OK":
        told = json.loads(body)
        moment = told["decided_at"]
        assert abs(dt.datetime.fromisoformat(moment) - now()) < dt.timedelta(seconds=5)
        assert moment.encode() in body[-60:]
        headers["Length"] = len(body) - len(moment)
        headers.pop("Content-Length", None)
        body = body.replace(moment.encode(), b"")
    return status, headers, body


def impose(listing):
    draft = MeasureDraft(
        listing=listing,
        outcome=Outcome.PROHIBIT,
        source=MeasureSource.COURT,
        reference="O 12/26",
        reason="By order.",
        jurisdictions=[],
        uses=[],
    )
    measure_impose(actor=SYSTEM, draft=draft)
    settle()
