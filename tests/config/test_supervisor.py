"""The supervisor, as it is: it restarts what dies, and leaves nothing behind."""

import os
import signal
import time
from collections.abc import Iterator

import pytest

from tests.supervised import CHILDREN, RunningPortal, alive, descendants, wait_for

pytestmark = pytest.mark.supervisor


@pytest.fixture(scope="module")
def portal() -> Iterator[RunningPortal]:
    running = RunningPortal("supervisor")
    running.start()
    yield running
    running.take_away()


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

    assert seconds < 15
    assert portal.process.returncode == 0
    assert [pid for pid in below if alive(pid)] == []
    assert portal.said().rstrip().endswith("Stopped.")


@pytest.mark.skip(reason="Known fault: an interrupt while the database is made leaves it running.")
def test_a_stop_while_it_starts_leaves_nothing(portal):
    portal.start()
    wait_for(portal.cluster.alive, 20)
    time.sleep(0.2)
    below = descendants(portal.process.pid)

    assert portal.interrupt() < 15

    assert not portal.cluster.alive()
    assert [pid for pid in below if alive(pid)] == []
