"""The ground of a measurement: a migrated, durable database, and the real journal runner."""

import contextlib
import os
import subprocess
import sys
import time
from collections.abc import Iterator

import django
import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import connections

from config.embedded.lifeline import end_with_parent


@contextlib.contextmanager
def database() -> Iterator[None]:
    """Bring the bench's own cluster up, migrated; stop it afterwards."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.bench.settings"
    django.setup()
    use = settings.CLUSTER.hold()
    try:
        call_command("migrate", verbosity=0, interactive=False)
        connections.close_all()
        yield
    finally:
        connections.close_all()
        settings.CLUSTER.release(use)


@contextlib.contextmanager
def runner(*command: str) -> Iterator[None]:
    """Run `manage.py journal_run`, or another runner, beside the measurement."""
    command = (sys.executable, *(command or ("manage.py", "journal_run")))
    process = subprocess.Popen(
        command, cwd=settings.BASE_DIR, env=os.environ | {"SUPERVISED": "1"},
        preexec_fn=end_with_parent,  # noqa: PLW1509 - no thread runs yet
    )  # fmt: skip
    try:
        yield
    finally:
        process.terminate()
        process.wait(20)


def caught_up(seconds: float = 120) -> None:
    """Wait until every act is numbered and every consumer of the runner has answered it."""
    end = time.monotonic() + seconds
    question = (
        "select (select count(*) from journal_act) = (select count(*) from journal_seq) "
        "and not exists (select from journal_cursor "
        "where seq < (select coalesce(max(seq), 0) from journal_seq))"
    )
    with link() as connection:
        while connection.execute(question).fetchone() != (True,):
            if time.monotonic() > end:
                raise TimeoutError("The journal did not come to rest.")
            time.sleep(0.2)


def link(role: str = "sangam_app") -> psycopg.Connection:
    """Return a connection of its own to the bench's database."""
    return psycopg.connect(settings.CLUSTER.conninfo(role, "sangam"), autocommit=True)
