"""The tests' ground: a fast cluster, a migrated database, two roles, and time that can be moved."""

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.db import connections
from django.utils import translation

from config.embedded import preparing
from tests.database.base import as_superuser
from tests.portal import portal

__all__ = ["portal"]

PATTERNS = (
    "apps/*/migrations/*.py",
    "apps/*/reference/*",
    "apps/*/management/commands/*reference*",
)


def pytest_configure() -> None:
    """Let pages speak as they do in the portal, before anything asks for words."""
    preparing.compile_catalogues()


@pytest.fixture(autouse=True)
def first_language() -> Iterator[None]:
    """Leave no test the language that the last one was answered in."""
    yield
    translation.deactivate()


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: object, worker_id: str) -> Iterator[None]:
    """Build the worker's database as the owner, from a template that migrations made once.

    It bears the process's number, so that two sessions in one checkout leave each other alone.
    """
    use = settings.CLUSTER.hold()
    name = f"test_sangam_{worker_id}_{os.getpid()}"
    with django_db_blocker.unblock():
        template = _template()
        with psycopg.connect(settings.CLUSTER.conninfo(), autocommit=True) as connection:
            _drop_those_of_the_dead(connection)
            connection.execute(f"create database {name} template {template} owner sangam_owner")
            _close_to_others(connection, name)
        _use(name)
        yield
        for alias in connections:
            connections[alias].close()
        with psycopg.connect(settings.CLUSTER.conninfo(), autocommit=True) as connection:
            connection.execute(f"drop database {name} with (force)")
    settings.CLUSTER.release(use)


def _drop_those_of_the_dead(connection: psycopg.Connection) -> None:
    """Drop the databases of sessions that were killed, or whose number is ours by now."""
    connection.execute("select pg_advisory_lock(7)")
    found = "select datname from pg_database where starts_with(datname, 'test_sangam_')"
    for (name,) in connection.execute(found).fetchall():
        number = name.rpartition("_")[2]
        if number == str(os.getpid()) or not Path("/proc", number).exists():
            connection.execute(f"drop database if exists {name} with (force)")


def _template() -> str:
    """Return a migrated database named by what the migrations and reference data say."""
    files = sorted(path for pattern in PATTERNS for path in settings.BASE_DIR.glob(pattern))
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()[:12]
    name = f"migrated_{digest}"
    with psycopg.connect(settings.CLUSTER.conninfo(), autocommit=True) as connection:
        connection.execute("select pg_advisory_lock(7)")
        known = "select 1 from pg_database where datname = %s"
        if connection.execute(known, [name]).fetchone():
            return name
        connection.execute(f"drop database if exists {name}_new with (force)")
        connection.execute(f"create database {name}_new owner sangam_owner")
        _close_to_others(connection, f"{name}_new")
        _use(f"{name}_new")
        preparing.migrate()
        for alias in connections:
            connections[alias].close()
        connection.execute(f"alter database {name}_new rename to {name}")
    return name


def _close_to_others(connection: psycopg.Connection, name: str) -> None:
    connection.execute(f"revoke temporary, connect on database {name} from public")
    connection.execute(f"grant connect on database {name} to sangam_app")


def _use(name: str) -> None:
    for alias in connections:
        connections[alias].close()
        connections[alias].settings_dict["NAME"] = name


class Clock:
    """Moves business time in a test, as `manage.py clock_advance` does."""

    def advance(self, span: str) -> None:
        """Move forward by a PostgreSQL interval, as `3 days`."""
        as_superuser("update core_businessclock set ahead = ahead + %s::interval", [span])

    def reset(self) -> None:
        """Go back to the machine's time."""
        as_superuser("update core_businessclock set ahead = interval '0'")


@pytest.fixture
def clock(db: None) -> Iterator[Clock]:
    """Business time that the test moves; it is set back afterwards."""
    moved = Clock()
    yield moved
    moved.reset()
