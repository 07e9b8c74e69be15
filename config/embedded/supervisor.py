"""Run the portal's processes: restart what dies, the database included, and stop all of it.

Each child leads a process group of its own, so that a Ctrl-C in the terminal reaches the
supervisor alone, and that nothing of a dead child is left. Should the supervisor itself be
killed, the kernel ends the children; the database stays and is adopted by the next start.
"""

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from config.embedded.cluster import Cluster
from config.embedded.lifeline import end_with_parent
from config.embedded.programs import ClusterError

FIRST_WAIT, LONGEST_WAIT = 0.3, 8.0
SETTLED = 5.0
PATIENT = 20.0
PATIENCE = 9.0
WATCH = 0.2


@dataclass
class Child:
    """One process that is kept running."""

    name: str
    command: list[str]
    environment: dict[str, str] = field(default_factory=dict)
    late: bool = False  # started once the portal is ready, so that the first page comes soon
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    due: float = 0.0
    wait: float = FIRST_WAIT

    def start(self) -> None:
        """Start it, in a group of its own, bound to our life."""
        self.started = time.monotonic()
        self.process = subprocess.Popen(  # noqa: S603 - our own command
            self.command,
            env=os.environ | {"SUPERVISED": "1"} | self.environment,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=end_with_parent,  # noqa: PLW1509 - no other thread runs here
        )

    def watch(self, tell: Callable[[str], None]) -> None:
        """Start it again where it died: at once if it had lived long, else after a growing wait."""
        now = time.monotonic()
        if self.process is None:
            if now >= self.due:
                self.start()
        elif (status := self.process.poll()) is not None:
            self.signal(signal.SIGKILL)
            self.wait = FIRST_WAIT if now - self.started > SETTLED else self.wait * 2
            self.wait = min(self.wait, LONGEST_WAIT)
            self.process, self.due = None, now + self.wait
            tell(f"{self.name} ended ({status}); it is started again in {self.wait:.1f} s.")

    def signal(self, number: int) -> None:
        """Send a signal to it and to everything it started."""
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, number)


class Supervisor:
    """Keeps the children and the database, until told to stop."""

    def __init__(
        self,
        children: Iterable[Child],
        cluster: Cluster | None,
        tell: Callable[[str], None],
        stopping: threading.Event,
    ) -> None:
        self.children, self.cluster, self.tell = list(children), cluster, tell
        self.stopping = stopping

    def run(self, ready: Callable[[], bool]) -> None:
        """Start all, watch them, call `ready` until it says yes; stop all once it is asked for."""
        waiting, patient_until = True, time.monotonic() + PATIENT
        try:
            while not self.stopping.is_set():
                self._keep_database()
                for child in self.children:
                    if not (child.late and waiting and time.monotonic() < patient_until):
                        child.watch(self.tell)
                waiting = waiting and not ready()
                self.stopping.wait(WATCH)
        finally:
            self.stop()

    def stop(self) -> None:
        """Stop every child: gently, then for certain."""
        for child in self.children:
            if child.process is not None:
                child.process.terminate()
        end = time.monotonic() + PATIENCE
        for child in self.children:
            if child.process is not None:
                with contextlib.suppress(subprocess.TimeoutExpired):
                    child.process.wait(max(0.1, end - time.monotonic()))
                child.signal(signal.SIGKILL)
                child.process.wait()

    def _keep_database(self) -> None:
        if self.cluster is None or self.cluster.alive():
            return
        self.tell("The database ended; it is started again.")
        try:
            self.cluster.ensure()
        except (ClusterError, OSError) as error:
            self.tell(f"{error} It is tried again.")
            self.stopping.wait(FIRST_WAIT)


def portal_children(port: str, *, workers: int = 2) -> list[Child]:
    """Return the portal's processes: web, journal runner, Celery's worker and alarm clock."""
    python = [sys.executable, "-m"]
    celery = [*python, "celery", "-q", "-A", "config"]
    # As root Celery warns of root; who starts the portal that way on a try-out machine knows.
    quiet = {"PYTHONWARNINGS": "ignore::UserWarning"}
    web = (
        *("granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", port),
        *("--workers", str(workers), "--blocking-threads", "1", "--no-ws"),
        *("--workers-kill-timeout", "5", "--respawn-failed-workers", "--log-level", "warning"),
        "config.wsgi:application",
    )
    # One worker has nobody to tell that it lives.
    alone = ("--without-gossip", "--without-mingle", "--without-heartbeat")
    worker = (*celery, "worker", "-c", "1", "-l", "WARNING", *alone)
    return [
        Child("The web server", [*python, *web], {"DB_POOL": "1"}),
        Child("The journal runner", [sys.executable, "manage.py", "journal_run"]),
        Child("The worker", [*worker], quiet, late=True),
        Child("The alarm clock", [*celery, "beat", "-l", "WARNING", "--pidfile="], late=True),
    ]
