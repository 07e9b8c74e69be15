"""What it costs to take a report of misuse in, over HTTP, against the bare transaction.

The web server is the portal's own, with its own number of workers; the control writes the same
two rows, the report and its act, by SQL over a connection that is open.
"""

import json
import secrets
import socket
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http.client import HTTPConnection
from os import environ

from django.conf import settings

from config.embedded.lifeline import end_with_parent
from tests.bench.frame import Figure, interleaved, rate, ratio
from tests.bench.ground import link, runner

ROUNDS, SECONDS, CLIENTS = 7, 1.5, (8, 32)
WORKERS, CREATED = "2", 201
HOST = "testserver"
REPORT = {
    "thing": "A portrait app",
    "story": "It made pictures of my neighbour and would not take them down. " * 8,
    "harms": ["harassed"],
    "good_faith": True,
}
COLUMNS = (
    *("id", "receipt_lock", "sent_lock", "channel", "voice", "contact", "thing", "seen_where"),
    *("harms", "story", "ongoing", "language", "jurisdiction", "received_date", "state"),
)
KEPT = f"select {', '.join(COLUMNS)} from cases_misusereport limit 1"
WRITE = (
    f"insert into cases_misusereport ({', '.join(COLUMNS)}) "
    f"values ({', '.join(['%s'] * len(COLUMNS))})"
)
PATTERN = (
    "select kind, payload::text, concerns::text, visibility from public.journal_act "
    "where kind = 'cases.report.filed' limit 1"
)
ACT = (
    "insert into public.journal_act (kind, subject, payload, concerns, visibility) "
    "values (%s, %s, %s, %s::uuid[], %s)"
)


def measure() -> Iterator[Figure]:
    """Yield reports per second over HTTP and bare, and what share of the bare rate HTTP has."""
    with _served() as port, runner():
        _over_http(port)()
        for clients in CLIENTS:
            rates = interleaved(
                {"http": partial(_over_http, port), "bare": _bare},
                clients=clients, rounds=ROUNDS, seconds=SECONDS,
            )  # fmt: skip
            yield rate(f"POST /api/v1/reports, {clients} clients", rates["http"])
            yield rate(f"its two rows by SQL, {clients} clients", rates["bare"])
            name = f"report over HTTP / bare transaction, {clients} clients"
            yield ratio(name, rates["http"], rates["bare"])


@contextmanager
def _served() -> Iterator[int]:
    """Run the portal's web server beside the measurement."""
    port = _free_port()
    web = (
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1"),
        *("--port", str(port), "--workers", WORKERS, "--blocking-threads", "1", "--no-ws"),
        *("--log-level", "warning", "config.wsgi:application"),
    )
    process = subprocess.Popen(
        web, cwd=settings.BASE_DIR, env=environ | {"DB_POOL": "1"},
        preexec_fn=end_with_parent,  # noqa: PLW1509 - no thread runs yet
    )  # fmt: skip
    try:
        _wait_for(port)
        yield port
    finally:
        process.terminate()
        process.wait(20)


def _over_http(port: int) -> Callable[[], None]:
    """Report as a server of someone else's does: one connection, one report after the other."""
    at = HTTPConnection("127.0.0.1", port, timeout=30)
    body = json.dumps(REPORT)

    def once() -> None:
        headers = {
            "Content-Type": "application/json",
            "Host": HOST,
            "Idempotency-Key": str(uuid.uuid4()),
        }
        at.request("POST", "/api/v1/reports", body, headers)
        answer = at.getresponse()
        told = answer.read()
        if answer.status != CREATED:
            raise RuntimeError(f"A report was answered {answer.status}: {told[:300]!r}")

    return once


def _bare() -> Callable[[], None]:
    """Write the rows of such a report, all new in what must be unique."""
    at = link()
    row, act = at.execute(KEPT).fetchone(), at.execute(PATTERN).fetchone()
    if row is None or act is None:
        raise RuntimeError("No report was filed that could be the pattern.")
    same, (kind, *told) = row[COLUMNS.index("channel") :], act

    def once() -> None:
        report = uuid.uuid4()
        with at.transaction():
            at.execute(WRITE, [report, secrets.token_hex(32), secrets.token_hex(32), *same])
            at.execute(ACT, [kind, report, *told])

    return once


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _wait_for(port: int, seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        at = HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            at.request("GET", "/healthz", headers={"Host": HOST})
            at.getresponse().read()
        except OSError:
            time.sleep(0.2)
        else:
            return
        finally:
            at.close()
    raise TimeoutError("The web server did not come up.")
