"""Commands without a supervisor: the database comes up when asked, and goes when they end."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator

import pytest
from django.conf import settings

from config.embedded.cluster import Cluster


@pytest.fixture
def cluster() -> Iterator[Cluster]:
    """The cluster that a command with this tag would use."""
    own = Cluster(tag=f"lone-{os.getpid()}", fast=True)
    yield own
    own.stop()
    for folder in (own.data, own.socket):
        shutil.rmtree(folder, ignore_errors=True)
    for note in own.home.glob(f"{own.tag}.*"):
        note.unlink()


def manage(cluster: Cluster, *arguments: str) -> subprocess.CompletedProcess:
    """Run one command alone, with the settings of a newcomer's machine."""
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=settings.BASE_DIR, capture_output=True, text=True, check=True,
        env={"PATH": os.environ["PATH"], "PG_TAG": cluster.tag, "PG_FAST": "1"},
    )  # fmt: skip


@pytest.mark.parametrize("arguments", [["check"], ["help"], ["makemigrations", "--help"]])
def test_a_command_that_asks_no_database_starts_none(cluster, arguments):
    manage(cluster, *arguments)

    assert not cluster.data.exists()


def test_a_command_that_asks_the_database_starts_and_stops_it(cluster):
    done = manage(cluster, "migrate", "core")

    assert "Applying core.0001_business_clock... OK" in done.stdout
    assert (cluster.data / "PG_VERSION").exists()
    assert not cluster.alive()


def test_a_database_that_another_uses_is_left_running(cluster):
    use = cluster.hold()

    manage(cluster, "migrate", "core", "--plan")

    assert cluster.running()
    cluster.release(use)
    assert not cluster.alive()
