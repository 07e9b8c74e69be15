"""Servers and a client for requests over HTTP: granian as in production, one worker each."""

import contextlib
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator

from django.conf import settings

from config.embedded.lifeline import end_with_parent
from tests.bench.ground import link

HOST = "127.0.0.1"
LENGTH = b"content-length: "


@contextlib.contextmanager
def served(application: str) -> Iterator[int]:
    """Serve an application on a free port until the end."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port = probe.getsockname()[1]
    options = ("--workers", "1", "--blocking-threads", "1", "--no-ws", "--log-level", "error")
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", *options]
    database = settings.CLUSTER.conninfo("sangam_app", "sangam")
    process = subprocess.Popen(
        [*command, "--host", HOST, "--port", str(port), application],
        cwd=settings.BASE_DIR,
        env=os.environ | {"SUPERVISED": "1", "DB_POOL": "1", "BENCH_DATABASE": database},
        preexec_fn=end_with_parent,  # noqa: PLW1509 - no thread runs yet
    )
    try:
        _wait_for(port)
        yield port
    finally:
        process.terminate()
        process.wait(20)


def _wait_for(port: int, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while True:
        with contextlib.suppress(OSError), socket.create_connection((HOST, port), 1):
            return
        if time.monotonic() > end:
            raise TimeoutError("The server did not begin.")
        time.sleep(0.1)


class Client:
    """One connection that is kept; it does as little as can be done."""

    def __init__(self, port: int) -> None:
        self.wire = socket.create_connection((HOST, port), 10)
        self.wire.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def ask(self, path: str, body: bytes = b"", secret: str = "") -> bytes:
        """Send one request and return the body; anything but 200 ends the measurement."""
        lines = [f"{'POST' if body else 'GET'} {path} HTTP/1.1", "Host: testserver"]
        lines += [f"Authorization: Bearer {secret}"] if secret else []
        lines += ["Content-Type: application/json", f"Content-Length: {len(body)}"] if body else []
        self.wire.sendall("\r\n".join([*lines, "", ""]).encode() + body)
        head, _, told = self._until_head().partition(b"\r\n\r\n")
        small = head.lower()
        start = small.index(LENGTH) + len(LENGTH)
        length = int(small[start : (small + b"\r\n").index(b"\r\n", start)])
        parts, got = [told], len(told)
        while got < length:
            parts.append(self.wire.recv(1 << 18))
            got += len(parts[-1])
        if not head.startswith(b"HTTP/1.1 200"):
            raise RuntimeError(f"{path} answered {head[:300]!r} {b''.join(parts)[:300]!r}")
        return b"".join(parts)

    def _until_head(self) -> bytes:
        data = self.wire.recv(1 << 16)
        while b"\r\n\r\n" not in data:
            data += self.wire.recv(1 << 16)
        return data


def codes() -> list[str]:
    """Return the codes of the listings that are on offer."""
    with link() as at:
        rows = at.execute("select code from listings_listing where state = 'listed'").fetchall()
        return [code for (code,) in rows]
