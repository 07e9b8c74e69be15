"""The real portal for a test: a copy of the checkout under its own supervisor, with a demo world.

The copy has its own database cluster, its own port and its own `var`; all of it ends with the
test session.
"""

import contextlib
import hashlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.architecture.house import ROOT, owned_files

PATIENCE = 240
PASSWORD = "three-rivers-meet"


@dataclass(frozen=True)
class Portal:
    """A portal that runs."""

    url: str
    folder: Path
    environment: dict[str, str]

    def manage(self, *words: str) -> str:
        """Run a command of `manage.py` beside it; return what it says."""
        command = [sys.executable, "manage.py", *words]
        done = subprocess.run(
            command,
            cwd=self.folder,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=True,
        )
        return done.stdout.strip()

    def said(self) -> str:
        """All that the supervisor has printed."""
        return (self.folder / "portal.log").read_text()

    def code_of(self, email: str) -> str:
        """The second-factor code of the moment."""
        return self.manage("demo_code", email).split()[-1]


@pytest.fixture(scope="session")
def portal() -> Iterator[Portal]:
    """Start the supervisor in a copy, wait until it answers, and stop all of it afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="sangam-portal-"))
    folder.chmod(0o755)
    _copy(folder)
    port = _free_port()
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    environment = kept | {"DEMO": "1", "PG_TAG": "portal", "PYTHONUNBUFFERED": "1"}
    log = (folder / "portal.log").open("w")
    command = [sys.executable, "manage.py", "portal", "--port", str(port)]
    process = subprocess.Popen(
        command,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=log,
        start_new_session=True,
    )
    try:
        _wait(folder / "portal.log", process)
        yield Portal(f"http://localhost:{port}", folder, environment)
    finally:
        process.send_signal(signal.SIGINT)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(60)
        process.kill()
        log.close()
        _clear(folder)


def _copy(folder: Path) -> None:
    for path in owned_files():
        target = folder / path.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(path, target)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait(log: Path, process: subprocess.Popen) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        text = log.read_text()
        if "Sangam is at" in text:
            return
        if process.poll() is not None:
            break
        time.sleep(0.5)
    pytest.fail(f"The portal did not come up:\n{log.read_text()[-3000:]}")


def _clear(folder: Path) -> None:
    """Take the copy away, and the cluster that root must keep outside it."""
    key = hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:10]
    for place in (folder, Path(f"/var/tmp/sangam-pg-{key}")):  # noqa: S108 - named by its digest
        shutil.rmtree(place, ignore_errors=True)
