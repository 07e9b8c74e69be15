"""The supervisor, as it is: it restarts what dies, and leaves nothing behind."""

import contextlib
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest
from django.conf import settings

from tests.supervised import CHILDREN, RunningPortal, alive, descendants, wait_for

FOUNDING = (
    *("--email", "first@portal.example", "--name", "First", "--operator", "A foundation"),
    *("--contact", "people@portal.example", "--funding", "A foundation", "--source", "A deed"),
)
pytestmark = pytest.mark.supervisor


@pytest.fixture(scope="module")
def portal() -> Iterator[RunningPortal]:
    running = RunningPortal("supervisor")
    running.start()
    yield running
    running.take_away()


@contextlib.contextmanager
def ctrl_c_ignored() -> Iterator[None]:
    """What a shell does to a process that a script starts with `&`."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    yield
    signal.signal(signal.SIGINT, before)


def ready(portal: RunningPortal) -> None:
    portal.wait_ready()
    for name in CHILDREN:
        wait_for(lambda name=name: portal.child(name), 30)


def test_it_brings_everything_up_and_says_where(portal):
    ready(portal)
    portal.wait_announced()

    assert f"Sangam is at http://localhost:{portal.port} (Ctrl-C stops it)" in portal.said()
    assert portal.status("/healthz") == 200
    assert portal.status("/metrics") == 200


def test_commands_beside_it_name_its_address(portal):
    ready(portal)

    told = subprocess.run(
        [sys.executable, "manage.py", "found", *FOUNDING],
        cwd=settings.BASE_DIR, env=portal.environment, capture_output=True, text=True, check=True,
    )  # fmt: skip

    assert f"http://localhost:{portal.port}/" in told.stdout


@pytest.mark.parametrize("name", sorted(CHILDREN))
def test_what_is_killed_is_started_again(portal, name):
    ready(portal)
    killed = portal.child(name)
    below = descendants(killed)

    os.kill(killed, signal.SIGKILL)

    wait_for(lambda: portal.child(name) not in (None, killed), 15)
    wait_for(lambda: not any(alive(pid) for pid in below), 10)
    portal.wait_ready()


def test_a_killed_database_is_started_again(portal):
    ready(portal)
    killed = portal.cluster._postmaster()

    os.kill(killed, signal.SIGKILL)

    wait_for(lambda: portal.cluster._postmaster() not in (None, killed), 20)
    portal.wait_ready()


def test_a_second_portal_on_the_same_port_is_refused(portal):
    ready(portal)
    second = RunningPortal("second")
    second.port = portal.port

    second.start()

    assert second.process.wait(30) == 1
    assert "Choose another: make run PORT=8001" in second.said()
    second.take_away()
    assert portal.status("/healthz") == 200


def test_children_end_with_a_killed_supervisor_and_the_database_is_adopted(portal):
    ready(portal)
    below = descendants(portal.process.pid)
    database = portal.cluster._postmaster()

    portal.process.kill()
    portal.process.wait()

    wait_for(lambda: not any(alive(pid) for pid in below), 10)
    assert portal.status("/healthz") == 0
    portal.start()
    ready(portal)
    assert portal.cluster._postmaster() == database


def test_one_interrupt_stops_all_of_it(portal):
    ready(portal)
    below = [*descendants(portal.process.pid), portal.cluster._postmaster()]

    seconds = portal.interrupt()

    assert seconds < 6
    assert portal.process.returncode == 0
    assert [pid for pid in below if alive(pid)] == []
    assert portal.said().rstrip().endswith("Stopped.")


def test_a_stop_while_it_starts_leaves_nothing(portal):
    portal.start()
    wait_for(portal.cluster.alive, 20)
    time.sleep(0.2)
    below = descendants(portal.process.pid)

    assert portal.interrupt() < 15

    assert not portal.cluster.alive()
    assert [pid for pid in below if alive(pid)] == []


def test_a_stop_is_heard_where_a_script_has_it_in_the_background(portal):
    with ctrl_c_ignored():
        portal.start()
    wait_for(portal.cluster.alive, 20)

    assert portal.interrupt() < 15

    assert not portal.cluster.alive()


@pytest.mark.nightly
@pytest.mark.alone
@pytest.mark.timeout(1800)
def test_no_interrupt_is_lost_at_whatever_moment():
    chance = random.Random(7)
    for number in range(30):
        portal = RunningPortal(f"moment-{number}", DEMO="1")
        with ctrl_c_ignored() if number % 2 else contextlib.nullcontext():
            portal.start()
        time.sleep(chance.uniform(0.2, 20))
        below = descendants(portal.process.pid)

        assert portal.interrupt() < 15

        assert not portal.cluster.alive()
        assert [pid for pid in below if alive(pid)] == []
        portal.take_away()
