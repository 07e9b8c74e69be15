"""The real portal under its real supervisor, for tests that start it, break it and stop it."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import IO

from django.conf import settings

from config.embedded.cluster import Cluster

CHILDREN = {
    "web": "granian",
    "runner": "manage.py journal_run",
    "worker": "celery -q -A config worker",
    "beat": "celery -q -A config beat",
}


def wait_for(condition: Callable[[], object], seconds: float) -> None:
    """Wait until it holds; fail after so many seconds."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, f"It did not happen in {seconds} seconds."
        time.sleep(0.05)


def alive(pid: int) -> bool:
    """Whether a process runs; one that ended and was not yet collected does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def children(pid: int) -> list[int]:
    """Return the ids of a process's children."""
    try:
        return [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except (FileNotFoundError, ProcessLookupError):
        return []


def descendants(pid: int) -> list[int]:
    """Return the ids of everything below a process."""
    below = children(pid)
    return below + [low for child in below for low in descendants(child)]


class RunningPortal:
    """One portal with a database of its own, named by `tag`."""

    def __init__(self, tag: str, **environment: str) -> None:
        self.cluster = Cluster(tag=f"{tag}-{os.getpid()}")
        self.port = _free_port()
        log = settings.BASE_DIR / "var" / f"{self.cluster.tag}.log"
        log.parent.mkdir(exist_ok=True)
        self.log: IO[str] = log.open("w")
        self.environment = {
            "PATH": os.environ["PATH"],
            "PG_TAG": self.cluster.tag,
            "DEMO": "0",
            "PYTHONUNBUFFERED": "1",
        } | environment

    def start(self) -> None:
        """Start the supervisor as a terminal would."""
        self.process = subprocess.Popen(
            [sys.executable, "manage.py", "portal", "--port", str(self.port)],
            cwd=settings.BASE_DIR, env=self.environment, stdin=subprocess.DEVNULL,
            stdout=self.log, stderr=subprocess.STDOUT, start_new_session=True,
        )  # fmt: skip

    def wait_ready(self, seconds: float = 240) -> None:
        """Wait until every part is ready; one that does not get so is not left behind."""
        end = time.monotonic() + seconds
        while self.status("/readyz") != 200:
            if self.process.poll() is not None or time.monotonic() > end:
                said = self.said()
                self.take_away()
                raise AssertionError(f"It was not ready in {seconds} seconds:\n{said}")
            time.sleep(0.05)

    def wait_announced(self, seconds: float = 30) -> None:
        """Wait until the address is printed."""
        wait_for(lambda: "Ctrl-C stops it" in self.said(), seconds)

    def status(self, path: str) -> int:
        """Return the status of an address, 0 where nobody answers."""
        try:
            opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
            with opener.open(f"http://127.0.0.1:{self.port}{path}", timeout=5) as answer:
                return answer.status
        except urllib.error.HTTPError as refusal:
            return refusal.code
        except OSError:
            return 0

    def child(self, name: str) -> int | None:
        """Return the id of one of the supervisor's processes."""
        for pid in children(self.process.pid):
            try:
                command = Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
            except (FileNotFoundError, ProcessLookupError):
                continue
            if CHILDREN[name] in command and alive(pid):
                return pid
        return None

    def said(self) -> str:
        """Return all that was printed."""
        return Path(self.log.name).read_text()

    def interrupt(self) -> float:
        """Stop it as Ctrl-C does; return the seconds it took."""
        began = time.monotonic()
        os.killpg(self.process.pid, signal.SIGINT)
        self.process.wait(30)
        return time.monotonic() - began

    def take_away(self) -> None:
        """Stop what is left and remove its database."""
        if self.process.poll() is None:
            self.interrupt()
        self.cluster.stop()
        self.log.close()
        Path(self.log.name).unlink(missing_ok=True)
        Path(self.log.name).with_suffix(".address").unlink(missing_ok=True)
        for folder in (self.cluster.data, self.cluster.socket):
            shutil.rmtree(folder, ignore_errors=True)
        for note in self.cluster.home.glob(f"{self.cluster.tag}.*"):
            note.unlink()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
