"""What must stand before the portal's processes start; quick where nothing is to do."""

import contextlib
import gc
import hashlib
import logging
import os
from collections.abc import Iterator
from pathlib import Path

import psycopg
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import connections
from django.db.migrations.executor import MigrationExecutor
from pgmq.install import install_pgmq_from_sql

from config.staticfiles import ServedFiles

BROKER = "select to_regclass('pgmq.meta')"


def migrate() -> None:
    """Bring the tables up to date, as the role that owns them."""
    executor = MigrationExecutor(connections["owner"])
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        with _less_tidying():
            call_command("migrate", verbosity=0, interactive=False)


@contextlib.contextmanager
def _less_tidying() -> Iterator[None]:
    """Look for lost circles seldom: migrations make every model anew, some hundred times."""
    before = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()


def install_broker() -> None:
    """Lay out the queues of the broker that comes with the database."""
    logging.getLogger("pgmq").setLevel(logging.WARNING)
    address = settings.CLUSTER.conninfo("sangam_broker", "sangam_broker")
    with psycopg.connect(address) as link:
        link.execute("select pg_advisory_xact_lock(7002)")
        if link.execute(BROKER).fetchone() == (None,):
            install_pgmq_from_sql(conn=link)


def compile_catalogues() -> list[Path]:
    """Compile the catalogues of page text that changed; a fresh machine has no `msgfmt`."""
    compiled = []
    for source in _catalogues():
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        with source.open("rb") as words:
            catalogue = read_po(words, locale=source.parent.parent.name)
        half = target.with_suffix(f".{os.getpid()}.mo")
        with half.open("wb") as binary:
            write_mo(binary, catalogue)
        half.rename(target)
        compiled.append(target)
    return compiled


def collect_static() -> bool:
    """Gather and compress the files that pages need, where one of them changed."""
    stamp = settings.STATIC_ROOT / ".collected"
    state = _static_state()
    if stamp.exists() and stamp.read_text() == state:
        return False
    call_command("collectstatic", verbosity=0, interactive=False, clear=True)
    stamp.write_text(state)
    return True


def _catalogues() -> Iterator[Path]:
    for folder in settings.LOCALE_PATHS:
        yield from sorted(Path(folder).glob("*/LC_MESSAGES/*.po"))


def _static_state() -> str:
    """Return a digest of every file's name, size and time."""
    digest = hashlib.sha256()
    ignored = ServedFiles.ignore_patterns
    for finder in get_finders():
        for name, storage in finder.list(ignored):
            facts = Path(storage.path(name)).stat()
            digest.update(f"{name} {facts.st_size} {facts.st_mtime_ns}\n".encode())
    return digest.hexdigest()
