"""What the journal costs and how soon it answers, with the real runner at work."""

import random
import re
import statistics
import subprocess
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
from django.conf import settings
from django.db import connection, transaction

from apps.core.actor import ANONYMOUS
from apps.institutions.models import User
from apps.journal.acts import Act
from apps.journal.services import record
from config.embedded import programs
from tests.bench.frame import Clients, Figure, interleaved, ratio
from tests.bench.ground import caught_up, link, runner
from tests.bench.models import Governed, Plain

ROUNDS, SECONDS, CLIENTS = 15, 1.0, 8
ACT = (
    "insert into public.journal_act (kind, actor, subject, payload, concerns, cause, visibility) "
    "values ('bench.thing.turned', null, %s, '{\"version\": 1}', '{}', null, 'public')"
)


@dataclass(frozen=True, kw_only=True)
class ThingTurned(Act):
    """The act of the measured service."""

    kind = "bench.thing.turned"
    version: int


def measure() -> Iterator[Figure]:
    """Yield all figures of the journal, with the portal's own runner and consumers at work."""
    with runner():
        caught_up()
        yield _sql_pair("G1 governed SQL service with act / without, 8 clients", "governed", 0.65)
        caught_up()
        yield _sql_pair("the act alone, where no check at commit asks for it", "plain")
        caught_up()
        yield _service_pair()
        yield from _until_numbered()
        caught_up()
        yield _idle()


def _sql_pair(name: str, table: str, gate: float | None = None) -> Figure:
    """Lock, change, act with commit against lock, change, commit; by pgbench, prepared.

    The act goes out with COMMIT in one pipeline, as the portal's engine sends it. On a governed
    table the check at commit is part of the price.
    """
    rates: dict[str, list[float]] = {"act": [], "plain": []}
    with tempfile.TemporaryDirectory() as folder:
        scripts = {
            "act": _script(Path(folder), f"bench_{table}", ACT.replace("%s", ":thing")),
            "plain": _script(Path(folder), "bench_plain", ""),
        }
        for turn in range(ROUNDS):
            for variant in sorted(scripts, reverse=bool(turn % 2)):
                rates[variant].append(_pgbench(scripts[variant]))
    return ratio(name, rates["act"], rates["plain"], gate)


def _script(folder: Path, table: str, act: str) -> Path:
    lines = (
        "\\set row random(1, 2000)",
        "begin;",
        f"select id as thing from {table} where number = :row for update \\gset",
        f"update {table} set version = version + 1 where id = :thing;",
        *(("\\startpipeline", f"{act};", "commit;", "\\endpipeline") if act else ("commit;",)),
    )
    script = folder / f"{'act' if act else 'plain'}.sql"
    script.write_text("\n".join(lines) + "\n")
    return script


def _pgbench(script: Path) -> float:
    """Return transactions per second of eight clients for a moment."""
    cluster = settings.CLUSTER
    program = programs.folder(cluster.home, programs.account(cluster.data)) / "pgbench"
    done = subprocess.run(
        [str(program), "-n", "-M", "prepared", "-c", str(CLIENTS), "-j", "2", "-T", "1",
         "-f", str(script), "-h", str(cluster.socket), "-U", "sangam_app", "sangam"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    if found := re.search(r"tps = ([\d.]+)", done.stdout):
        return float(found[1])
    raise RuntimeError(done.stderr)


def _sql(table: str, act: str) -> Callable[[], None]:
    at = link()
    at.prepare_threshold = 0
    things = [key for (key,) in at.execute(f"select id from {table}")]

    def once() -> None:
        thing = random.choice(things)
        with at.transaction():
            at.execute(f"select version from {table} where id = %s for update", [thing])
            at.execute(f"update {table} set version = version + 1 where id = %s", [thing])
            if act:
                at.execute(act, [thing])

    return once


def _service_pair() -> Figure:
    """G2: a Django service with its act against the same service without."""
    rates = interleaved(
        {"act": lambda: _turning(Governed), "plain": lambda: _turning(Plain)},
        clients=CLIENTS, rounds=ROUNDS, seconds=SECONDS,
    )  # fmt: skip
    caught_up()
    name = "G2 Django service with act / without, 8 processes"
    return ratio(name, rates["act"], rates["plain"], 0.80)


def _turning(model: type[Governed] | type[Plain]) -> Callable[[], None]:
    connection.close()
    things = list(model.objects.values_list("id", flat=True))
    return lambda: _turn(model, random.choice(things))


@transaction.atomic
def _turn(model: type[Governed] | type[Plain], key: uuid.UUID) -> None:
    """Lock, permit (a read), check (a read), change, and record where it is governed."""
    thing = model.objects.select_for_update().get(id=key)
    User.objects.filter(id=key, is_active=True).exists()
    model.objects.filter(id=key, version__gt=thing.version).exists()
    thing.version += 1
    thing.save(update_fields=["version"])
    if model is Governed:
        record(ThingTurned(subject=thing.id, version=thing.version), actor=ANONYMOUS)


def _until_numbered(samples: int = 400) -> list[Figure]:
    """How long after its commit an act has its place, while others write too."""
    others = Clients(2, {"act": lambda: _paced(_sql("bench_governed", ACT))})
    for other in others.links:
        other.send(("act", samples * 0.07))
    at = link()
    thing = at.execute("select id from bench_governed limit 1").fetchone()[0]
    waits = sorted(_one_wait(at, thing) for _ in range(samples))
    for other in others.links:
        other.recv()
    others.close()
    middle, late = statistics.median(waits), waits[int(len(waits) * 0.99)]
    detail = f"{samples} samples, two writers beside"
    return [
        Figure("commit to seq, median", middle * 1000, "ms", detail),
        Figure("commit to seq, 99 of 100", late * 1000, "ms", detail, at_most=100),
    ]


def _paced(once: Callable[[], None]) -> Callable[[], None]:
    def paced() -> None:
        once()
        time.sleep(0.01)

    return paced


def _one_wait(at: psycopg.Connection, thing: uuid.UUID) -> float:
    time.sleep(random.random() * 0.05)
    key = at.execute(ACT + " returning id", [thing]).fetchone()[0]
    began = time.perf_counter()
    while not at.execute("select 1 from journal_seq where act_id = %s", [key]).fetchone():
        time.sleep(0.001)
    return time.perf_counter() - began


def _idle(windows: int = 5, seconds: float = 2.0) -> Figure:
    """How much the idle sequencer, consumers and ticks write."""
    time.sleep(2)
    written = []
    with link("sangam_super") as at:
        at.execute("checkpoint")
        for _ in range(windows):
            before = at.execute("select pg_current_wal_insert_lsn()").fetchone()[0]
            time.sleep(seconds)
            size = "select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), %s)"
            written.append(float(at.execute(size, [before]).fetchone()[0]))
    detail = f"median of {windows} windows of {seconds:g} s; all: {written}"
    return Figure("WAL written while idle", statistics.median(written), "bytes", detail, at_most=0)
