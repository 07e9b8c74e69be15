"""What a bundle costs to build, against a bare COPY, and to decide by, against bare lookups.

The bundle that is built holds the many listings of `simulation`, in their own cluster. The one that
is decided by holds the signatures of the demo world under a hundred thousand names.
"""

import datetime as dt
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

from apps.compliance.selectors.bundling import contents
from apps.compliance.services.bundles import bundle_latest, public_key, rows_write
from apps.core.clock import now
from apps.policy.engine import RuleSource, compile_ruleset
from tests.bench import peers, simulation, twelve
from tests.bench.frame import Figure, interleaved, rate, ratio

sys.path.insert(0, str(settings.BASE_DIR / "clients" / "python" / "src"))
from sangam_client import Bundle, Table

NAMES, CHUNK, ROUNDS, SECONDS = 100_000, 500, 7, 0.5
# How many questions are asked in turn. Where all names are asked for, waiting for memory is most
# of a lookup: a bare one is then no more than that many times as fast as CEL either.
ASKED: dict[int, float | None] = {1_000: 40.0, 10_000: 40.0, 100_000: None}
FLOOR = """
copy (
    select l.code, v.number, 1, l.source, l.external_id, v.weight_digest, 0, f.provider_country,
        f.id
    from compliance_facts f
    join listings_listingversion v on v.id = f.version_id
    join listings_listing l on l.id = v.listing_id
    where f.until_at is null
) to stdout
"""
Once = Callable[[], object]


def measure() -> Iterator[Figure]:
    """Yield the figures; those of many listings come from a process of their own."""
    if os.environ.get("BENCH_CLUSTER") == simulation.CLUSTER:
        yield _built()
        return
    yield from _decided()
    command = [sys.executable, "-m", "tests.bench", "bundles"]
    environment = os.environ | {"BENCH_CLUSTER": simulation.CLUSTER}
    if subprocess.run(command, env=environment, check=False).returncode:
        raise RuntimeError("The measurement of the bundle failed.")


def _built() -> Figure:
    simulation.fill()
    sources = [
        RuleSource(id=name, key=name, expression=text, outcome=outcome, jurisdictions=places)
        for name, (outcome, places, text) in simulation.RULES.items()
    ]
    rules = compile_ruleset(sources)
    pairs = [(_seconds(_copied), _seconds(lambda: _streamed(rules))) for _turn in range(ROUNDS)]
    floor, ours = (statistics.median(found) for found in zip(*pairs, strict=True))
    ratios = [bundle / bare for bare, bundle in pairs]
    detail = (
        f"[{min(ratios):.2f}-{max(ratios):.2f}]; {ours:.2f} s against {floor:.2f} s, "
        f"{simulation.LISTINGS:,} listings"
    )
    name = "bundle of 12 rules / bare COPY OUT of the rows"
    return Figure(name, statistics.median(ratios), "", detail, at_most=3.0)


def _seconds(work: Callable[[], None]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _streamed(rules: Any) -> None:
    held = contents(rules, now(), dt.timedelta(days=1))
    with tempfile.TemporaryDirectory() as folder:
        rows_write(held, Path(folder) / "rows.gz")


def _copied() -> None:
    with connection.cursor() as cursor, cursor.copy(FLOOR) as stream:
        for _block in stream:
            pass


def _decided() -> Iterator[Figure]:
    demo = [sys.executable, "manage.py", "demo"]
    subprocess.run(demo, cwd=settings.BASE_DIR, env=os.environ, check=True, capture_output=True)
    name, public = public_key()
    bundle = Bundle.opened(bundle_latest().path.read_bytes(), {name: public})
    table = Table(_under_many_names(bundle))
    for asked, gate in ASKED.items():
        yield from _asked(table, asked, gate)


def _asked(table: Table, asked: int, gate: float | None) -> Iterator[Figure]:
    """Yield the figures of so many questions, each of a listing chosen by chance."""
    variants = {
        "table": lambda: _by_table(table, asked),
        "lookup": lambda: _by_lookup(table, asked),
        "decision": lambda: _whole(table, asked),
        "cel": lambda: _by_cel(asked),
    }
    turns = interleaved(variants, clients=1, rounds=ROUNDS, seconds=SECONDS)
    rates = {name: [turn * CHUNK for turn in found] for name, found in turns.items()}
    yield rate(f"outcomes by signature, {asked:,} questions of {NAMES:,}", rates["table"])
    yield rate("whole decisions of the client, with reasons", rates["decision"])
    yield ratio("by signature / cel-expr-python", rates["table"], rates["cel"], gate)
    yield ratio("bare dictionary lookup / cel-expr-python", rates["lookup"], rates["cel"])
    yield ratio("by signature / bare dictionary lookup", rates["table"], rates["lookup"], 0.1)


def _under_many_names(bundle: Bundle) -> Bundle:
    """Return the same signatures under many more names."""
    some = cycle(bundle.rows)
    rows = []
    for number, row in enumerate(islice(some, NAMES)):
        _code, version, current, source, _name, _weights, *told = row.split("\t")
        name = [f"L-{number:06d}-X", version, current, source, f"model-{number}", ""]
        rows.append("\t".join([*name, *told]))
    return replace(bundle, rows=tuple(rows))


def _questions(table: Table, count: int) -> Iterator[list[tuple[str, str, str]]]:
    """Give questions in lists, again and again; CEL is asked as many."""
    chance = random.Random(5)
    known = [place for place in twelve.PLACES if place in table.places]
    uses = [use for use in twelve.USES if use in table.uses]
    asked = [
        (f"L-{chance.randrange(NAMES):06d}-X", chance.choice(uses), chance.choice(known))
        for _question in range(count)
    ]
    return _parts(asked)


def _parts(asked: list[Any]) -> Iterator[list[Any]]:
    return cycle([asked[start : start + CHUNK] for start in range(0, len(asked), CHUNK)])


def _by_table(table: Table, asked: int) -> Once:
    parts, outcome = _questions(table, asked), table.outcome

    def once() -> None:
        for code, use, place in next(parts):
            outcome(code, use, place)

    return once


def _whole(table: Table, asked: int) -> Once:
    parts, decide = _questions(table, asked), table.decide

    def once() -> None:
        for code, use, place in next(parts):
            decide(code, use, place)

    return once


def _by_lookup(table: Table, asked: int) -> Once:
    parts, names = _questions(table, asked), table.names

    def once() -> None:
        for code, _use, _place in next(parts):
            names[code]

    return once


def _by_cel(asked: int) -> Once:
    answer = peers.by_cel()
    pairs = zip(twelve.listings(asked), twelve.requests(asked), strict=True)
    parts = _parts(list(pairs))

    def once() -> None:
        for listing, req in next(parts):
            answer(listing, req)

    return once
