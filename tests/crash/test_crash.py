"""Kill -9 the worker, the web server, the runner and the database at random, under load."""

import collections
import http.client
import json
import os
import random
import signal
import sys
import threading
import time
import uuid
from collections.abc import Callable, Iterable, Iterator

import psycopg
import pytest

from tests.crash.verdict import collect, faults
from tests.supervised import RunningPortal, children, wait_for

WRITERS = 6
# The database is dearest to bring back, and Celery's clock matters least.
TARGETS = {"web": 3, "web worker": 3, "runner": 4, "worker": 3, "backend": 2, "database": 2}
DRAINED = """
select (select count(*) from journal_act) = (select coalesce(max(seq), 0) from journal_seq)
and not exists (select from journal_parked)
and not exists (select from journal_cursor where seq < (select max(seq) from journal_seq))
and (select count(*) from journal_cursor) >= 3
"""
BACKENDS = "select pid from pg_stat_activity where usename = 'sangam_app'"


class Load:
    """Writers that note each acknowledged token, and a reader of the public feed."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.acknowledged: set[str] = set()
        self.refused: collections.Counter[int] = collections.Counter()
        self.fed: list[int] = []
        self.ended = threading.Event()
        works = [self._write] * WRITERS + [self._read]
        self.threads = [threading.Thread(target=work) for work in works]
        for thread in self.threads:
            thread.start()

    def stop(self) -> None:
        self.ended.set()
        for thread in self.threads:
            thread.join()

    def at_work(self, more: int) -> None:
        """Wait until so many more were acknowledged: a kill counts only under load."""
        goal = len(self.acknowledged) + more
        wait_for(lambda: len(self.acknowledged) >= goal, 60)

    def _write(self) -> None:
        while not self.ended.is_set():
            token = str(uuid.uuid4())
            status, _ = self.ask("POST", f"/crash/{random.randrange(12)}/{token}")
            if status == 201:
                self.acknowledged.add(token)
            else:
                self.refused[status] += 1
                self.ended.wait(0.05)

    def _read(self) -> None:
        while not self.ended.wait(0.3):
            self.read_feed()

    def read_feed(self) -> bool:
        """Read on in the feed; return whether there was more."""
        after = self.fed[-1] if self.fed else 0
        status, body = self.ask("GET", f"/api/v1/acts?after={after}&limit=1000")
        acts = json.loads(body)["acts"] if status == 200 else []
        self.fed += [act["seq"] for act in acts]
        return bool(acts) or status != 200

    def ask(self, method: str, path: str) -> tuple[int, bytes]:
        link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            link.request(method, path)
            answer = link.getresponse()
            return answer.status, answer.read()
        except (OSError, http.client.HTTPException):
            return 0, b""
        finally:
            link.close()


class Storm:
    """Kills one thing after another, and counts what it hit."""

    def __init__(self, portal: RunningPortal) -> None:
        self.portal = portal
        self.hit: collections.Counter[str] = collections.Counter()

    def strike(self, name: str) -> None:
        """Kill one process of this name, where it lives."""
        pid = self._pid(name)
        if pid is None:
            return
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            return
        self.hit[name] += 1

    def _pid(self, name: str) -> int | None:
        if name == "database":
            return self.portal.cluster._postmaster()
        if name == "backend":
            return next(iter(self._backends()), None)
        if name == "web worker":
            below = children(self.portal.child("web") or 0)
            return random.choice(below) if below else None
        return self.portal.child(name)

    def _backends(self) -> list[int]:
        try:
            with psycopg.connect(self.portal.cluster.conninfo(), connect_timeout=2) as link:
                pids = [pid for (pid,) in link.execute(BACKENDS)]
        except psycopg.OperationalError:
            return []
        random.shuffle(pids)
        return pids


@pytest.fixture
def portal() -> Iterator[RunningPortal]:
    running = RunningPortal("crash", DJANGO_SETTINGS_MODULE="tests.crash.settings")
    running.start()
    running.wait_ready()
    yield running
    running.take_away()


def drained(portal: RunningPortal) -> bool:
    try:
        with psycopg.connect(portal.cluster.conninfo(database="sangam")) as link:
            return link.execute(DRAINED).fetchone() == (True,)
    except psycopg.OperationalError:
        return False


def run(
    portal: RunningPortal, strikes: Callable[[Storm], Iterable[str]], pause: tuple[float, float]
) -> Storm:
    """Let it storm over a portal at work; then let it come to rest, and judge."""
    load, storm = Load(portal.port), Storm(portal)
    try:
        for name in strikes(storm):
            load.at_work(20)
            time.sleep(random.uniform(*pause))
            storm.strike(name)
        portal.wait_ready()
        load.at_work(20)
    finally:
        load.stop()
    wait_for(lambda: drained(portal), 120)
    while load.read_feed():
        time.sleep(0.2)
    evidence = collect(portal.cluster, load.acknowledged, load.fed)
    sys.stdout.write(
        f"\n{storm.hit.total()} kills {dict(storm.hit)}; {len(evidence.acts)} acts, "
        f"{len(load.acknowledged)} acknowledged; answers other than 201: {dict(load.refused)}\n"
    )
    assert faults(evidence) == []
    return storm


@pytest.mark.supervisor
def test_one_kill_of_each_breaks_no_promise(portal):
    storm = run(portal, lambda _storm: TARGETS, pause=(0.0, 1.0))

    assert storm.hit.keys() >= TARGETS.keys() - {"backend"}


@pytest.mark.nightly
@pytest.mark.alone
@pytest.mark.timeout(1500)
def test_a_hundred_kills_break_no_promise(portal):
    def strikes(storm: Storm) -> Iterator[str]:
        while storm.hit.total() < 105:
            yield random.choices(list(TARGETS), list(TARGETS.values()))[0]

    storm = run(portal, strikes, pause=(0.0, 1.0))

    assert storm.hit.total() >= 100
    assert storm.hit.keys() == TARGETS.keys()
