"""Adoption through a real portal whose runner and worker are killed at each step of the chain."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from django.conf import settings

from tests.crash.adoption import TO_THE_END, TO_THE_START, World, faults
from tests.crash.marks import KINDS, MARKS
from tests.crash.test_crash import drained
from tests.supervised import RunningPortal, wait_for

# Each of a hundred blows costs a start, and a start takes seconds where others are at work.
PATIENCE = 600
ADVANCE = "update core_businessclock set ahead = ahead + %s::interval"
POINTS = {
    *(f"{when}-{mark}" for when in ("before", "after") for mark in MARKS),
    *(f"numbered-{kind}" for kind in KINDS),
}
THROUGH = {
    TO_THE_END: "select count(*) = 1 from policy_ruleversion where state = 'scheduled'",
    TO_THE_START: "select count(*) = 2 from compliance_standing "
    "where until_at is null and outcome = 3",
}


class Struck:
    """A portal of its own that is struck, and the folder that says where it was."""

    def __init__(self, chances: int = 0) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="sangam-strikes-"))
        self.portal = RunningPortal(
            "struck",
            DJANGO_SETTINGS_MODULE="tests.crash.striking",
            STRIKES=str(self.folder),
            STRIKE_CHANCES=str(chances),
        )
        self.portal.start()
        self.portal.wait_ready()

    def prepare(self) -> World:
        """Fill it to the moment before the ballot ends, let it rest, and arm it."""
        done = subprocess.run(
            [sys.executable, "-W", "ignore", "manage.py", "adoption_prepare"],
            cwd=settings.BASE_DIR, env=os.environ | self.portal.environment,
            capture_output=True, text=True, timeout=120, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr[-3000:]
        wait_for(lambda: drained(self.portal), 60)
        (self.folder / "armed").touch()
        return World(**json.loads(done.stdout))

    def through(self, span: str) -> None:
        """Let business time pass, and wait until what it brings has happened."""
        self.ask(ADVANCE, [span])
        wait_for(lambda: self.ask(THROUGH[span], []) == [(True,)], PATIENCE)
        wait_for(lambda: drained(self.portal), PATIENCE)

    def ask(self, sql: str, params: list) -> list[tuple]:
        with psycopg.connect(self.portal.cluster.conninfo(database="sangam")) as link:
            found = link.execute(sql, params)
            return found.fetchall() if found.description else []

    @property
    def struck(self) -> set[str]:
        """The points at which a process was killed."""
        return {path.name for path in self.folder.iterdir()} - {"armed"}

    def take_away(self) -> None:
        self.portal.take_away()
        shutil.rmtree(self.folder)


@pytest.fixture
def strike() -> Iterator[Callable[..., Struck]]:
    """Start portals that are struck; take them away afterwards."""
    started: list[Struck] = []

    def start(chances: int = 0) -> Struck:
        started.append(Struck(chances))
        return started[-1]

    yield start
    for one in started:
        one.take_away()


@pytest.mark.supervisor
def test_a_kill_at_each_step_of_adoption_loses_and_doubles_nothing(strike):
    portal = strike()
    world = portal.prepare()

    portal.through(TO_THE_END)
    portal.through(TO_THE_START)

    assert faults(world, portal.ask) == []
    assert portal.struck == POINTS


@pytest.mark.nightly
@pytest.mark.alone
@pytest.mark.timeout(1500)
def test_kills_at_any_statement_of_adoption_lose_and_double_nothing(strike):
    portal = strike(chances=80)
    world = portal.prepare()

    portal.through(TO_THE_END)
    portal.through(TO_THE_START)

    assert faults(world, portal.ask) == []
    assert portal.struck > POINTS
