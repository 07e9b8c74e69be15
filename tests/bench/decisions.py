"""What a decision costs, against a bare read and against Django views that decide nothing.

One such view stands behind the API's doorkeepers, as a decision does; the plain one behind none.
A marketplace's server asks with a token, which is looked up each time.

The applications are called as a web server's worker calls them, in two processes, with the pool on.
"""

import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from io import BytesIO
from types import MappingProxyType
from urllib.parse import urlencode

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connections

from apps.institutions.scopes import Scope
from tests.bench.frame import Figure, interleaved, rate, ratio
from tests.bench.ground import link, runner
from tests.factories import institutions

ROUNDS, SECONDS, CLIENTS = 11, 1.0, 2
USES = ("general", "workplace", "education", "medical")
NOTHING: Mapping[str, str] = MappingProxyType({})
Application = Callable[[dict, Callable], Iterable[bytes]]


def measure() -> Iterator[Figure]:
    """Yield requests per second, and the decision's share of them."""
    demo = [sys.executable, "manage.py", "demo"]
    subprocess.run(demo, cwd=settings.BASE_DIR, env=os.environ, check=True, capture_output=True)
    person = institutions.person(email=f"bench-{time.time_ns()}@example.org")
    secret = institutions.token(person, Scope.DECISIONS_READ).secret
    connections.close_all()
    with runner():
        rates = interleaved(
            {
                "decision": _decision, "peer": _peer, "view": _view, "bare": _bare,
                "decision by token": partial(_decision, secret),
                "peer by token": partial(_peer, secret),
            },
            clients=CLIENTS, rounds=ROUNDS, seconds=SECONDS,
        )  # fmt: skip
    yield rate("GET /api/v1/decisions", rates["decision"])
    yield rate("the same with a token", rates["decision by token"])
    yield rate("a view of the API that reads one row", rates["peer"])
    yield rate("a plain Django view that reads one row", rates["view"])
    yield rate("a bare WSGI application with psycopg", rates["bare"])
    yield ratio("decision / view of the API", rates["decision"], rates["peer"])
    yield ratio("the same two with a token", rates["decision by token"], rates["peer by token"])
    yield ratio("decision / plain Django view", rates["decision"], rates["view"])
    yield ratio("decision / bare WSGI with psycopg", rates["decision"], rates["bare"])


def _decision(secret: str = "") -> Callable[[], None]:
    """Ask what a marketplace asks: one of the models, one of the uses."""
    application, codes = _django(), _codes()

    def once() -> None:
        query = {"model": random.choice(codes), "use": random.choice(USES)}
        _ask(application, "/api/v1/decisions", secret, query)

    return once


def _view() -> Callable[[], None]:
    application, codes = _django(), _codes()
    return lambda: _ask(application, f"/bench/plain/{random.choice(codes)}")


def _peer(secret: str = "") -> Callable[[], None]:
    application, codes = _django(), _codes()
    return lambda: _ask(application, f"/bench/peer/{random.choice(codes)}", secret)


def _bare() -> Callable[[], None]:
    at, codes = link(), _codes()

    def application(environ: dict, start: Callable) -> list[bytes]:
        question = "select code, name, state from listings_listing where code = %s"
        row = at.execute(question, [environ["PATH_INFO"].rsplit("/", 1)[1]]).fetchone()
        start("200 OK", [("Content-Type", "application/json")])
        return [json.dumps(row).encode()]

    return lambda: _ask(application, f"/bench/{random.choice(codes)}")


def _django() -> Application:
    connections["default"].close()
    connections["default"].settings_dict["OPTIONS"]["pool"] = {"min_size": 1, "max_size": 4}
    return get_wsgi_application()


def _codes() -> list[str]:
    with link() as at:
        rows = at.execute("select code from listings_listing where state = 'listed'").fetchall()
        return [code for (code,) in rows]


def _ask(
    application: Application, path: str, secret: str = "", query: Mapping[str, str] = NOTHING
) -> None:
    """Call an application once, as a server does; anything but 200 ends the measurement."""
    said: list[str] = []
    environ = {
        "REQUEST_METHOD": "GET", "PATH_INFO": path, "SCRIPT_NAME": "",
        "QUERY_STRING": urlencode(query), "SERVER_NAME": "testserver", "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1", "HTTP_HOST": "testserver", "REMOTE_ADDR": "127.0.0.1",
        "HTTP_ACCEPT": "application/json", "wsgi.version": (1, 0), "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(), "wsgi.errors": sys.stderr, "wsgi.multithread": False,
        "wsgi.multiprocess": True, "wsgi.run_once": False,
    }  # fmt: skip
    if secret:
        environ["HTTP_AUTHORIZATION"] = f"Bearer {secret}"
    answer = application(environ, lambda status, *_: said.append(status))
    body = b"".join(answer)
    if close := getattr(answer, "close", None):
        close()
    if said[0] != "200 OK":
        raise RuntimeError(f"{path} answered {said[0]}: {body[:300]!r}")
