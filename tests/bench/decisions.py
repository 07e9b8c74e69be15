"""What a decision costs, against a bare read and against Django views that decide nothing.

One such view stands behind the API's doorkeepers, as a decision does; the plain one behind none.
A marketplace's server asks with a token, which Django looks up each time.

First the applications are called as a web server's worker calls them, in two processes, with the
pool on; then one server with one worker is asked over HTTP, beside a bare one.
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

from apps.compliance.services import QUESTIONS
from apps.institutions.scopes import Scope
from config.hot import Hot
from tests.bench.frame import Figure, interleaved, rate, ratio
from tests.bench.ground import link, runner
from tests.bench.over_http import Client, codes, served
from tests.factories import institutions

ROUNDS, SECONDS, CLIENTS, BATCH = 7, 0.7, 2, 100
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
        yield from _called(secret)
        yield from _over_http(secret)


def _over_http(secret: str) -> Iterator[Figure]:
    """Yield what a marketplace's server sees, over one connection to a server with one worker."""
    with (
        served("config.wsgi:application") as portal,
        served("tests.bench.bare:application") as bare,
    ):
        rates = interleaved(
            {
                "decision": partial(_asked_at, portal),
                "by token": partial(_asked_at, portal, secret),
                "batch": partial(_batch_at, portal),
                "bare": partial(_row_at, bare),
            },
            clients=1, rounds=ROUNDS, seconds=SECONDS,
        )  # fmt: skip
    questions = [turn * BATCH for turn in rates["batch"]]
    yield rate("GET /api/v1/decisions over HTTP", rates["decision"])
    yield rate("POST /api/v1/decisions over HTTP, questions", questions)
    yield ratio("decision / bare WSGI with psycopg", rates["decision"], rates["bare"], 0.75)
    yield ratio("decision by token / the same", rates["by token"], rates["bare"], 0.75)
    yield ratio("a hundred at once / one by one", questions, rates["decision"], 20.0)


def _asked_at(port: int, secret: str = "") -> Callable[[], None]:
    client = Client(port)
    paths = [f"/api/v1/decisions?{urlencode(asked)}" for asked in _questions(1000)]
    return lambda: client.ask(random.choice(paths), secret=secret) and None


def _batch_at(port: int) -> Callable[[], None]:
    client = Client(port)
    bodies = [json.dumps({"questions": _questions(BATCH)}).encode() for _body in range(50)]
    return lambda: client.ask("/api/v1/decisions", random.choice(bodies)) and None


def _questions(count: int) -> list[dict[str, str]]:
    listed = codes()
    return [{"model": random.choice(listed), "use": random.choice(USES)} for _item in range(count)]


def _row_at(port: int) -> Callable[[], None]:
    client, listed = Client(port), codes()
    return lambda: client.ask(f"/bench/{random.choice(listed)}") and None


def _called(secret: str) -> Iterator[Figure]:
    """Yield the same without HTTP: the applications called as a server's worker calls them."""
    rates = interleaved(
        {
            "hot": _hot, "hot by token": partial(_hot, secret),
            "decision": _decision, "peer": _peer, "view": _view, "bare": _bare,
            "decision by token": partial(_decision, secret),
            "peer by token": partial(_peer, secret),
        },
        clients=CLIENTS, rounds=ROUNDS, seconds=SECONDS,
    )  # fmt: skip
    yield rate("GET /api/v1/decisions before Django", rates["hot"])
    yield rate("the same with a token", rates["hot by token"])
    yield rate("the same by Django", rates["decision"])
    yield rate("by Django with a token", rates["decision by token"])
    yield rate("a view of the API that reads one row", rates["peer"])
    yield rate("a plain Django view that reads one row", rates["view"])
    yield rate("a bare WSGI application with psycopg", rates["bare"])
    yield ratio("decision by Django / view of the API", rates["decision"], rates["peer"])
    yield ratio("the same two with a token", rates["decision by token"], rates["peer by token"])
    yield ratio("decision before Django / bare WSGI with psycopg", rates["hot"], rates["bare"])


def _hot(secret: str = "") -> Callable[[], None]:
    """Ask what a marketplace asks of the callable before Django."""
    application = Hot(_django())
    QUESTIONS.begin()
    return _decision(secret, application)


def _decision(secret: str = "", hot: Application | None = None) -> Callable[[], None]:
    """Ask what a marketplace asks: one of the models, one of the uses."""
    application, listed = hot or _django(), codes()

    def once() -> None:
        query = {"model": random.choice(listed), "use": random.choice(USES)}
        _ask(application, "/api/v1/decisions", secret, query)

    return once


def _view() -> Callable[[], None]:
    application, listed = _django(), codes()
    return lambda: _ask(application, f"/bench/plain/{random.choice(listed)}")


def _peer(secret: str = "") -> Callable[[], None]:
    application, listed = _django(), codes()
    return lambda: _ask(application, f"/bench/peer/{random.choice(listed)}", secret)


def _bare() -> Callable[[], None]:
    at, listed = link(), codes()

    def application(environ: dict, start: Callable) -> list[bytes]:
        question = "select code, name, state from listings_listing where code = %s"
        row = at.execute(question, [environ["PATH_INFO"].rsplit("/", 1)[1]]).fetchone()
        start("200 OK", [("Content-Type", "application/json")])
        return [json.dumps(row).encode()]

    return lambda: _ask(application, f"/bench/{random.choice(listed)}")


def _django() -> Application:
    connections["default"].close()
    connections["default"].settings_dict["OPTIONS"]["pool"] = {"min_size": 1, "max_size": 4}
    return get_wsgi_application()


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
