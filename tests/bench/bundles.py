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

NAMES, ASKED, CHUNK, ROUNDS, SECONDS = 100_000, 1000, 500, 7, 0.5
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
    turns = interleaved(
        {
            "table": lambda: _by_table(table),
            "lookup": lambda: _by_lookup(table),
            "decision": lambda: _whole(table),
            "cel": _by_cel,
        },
        clients=1, rounds=ROUNDS, seconds=SECONDS,
    )  # fmt: skip
    rates = {name: [turn * CHUNK for turn in found] for name, found in turns.items()}
    yield rate(f"outcomes by signature, {NAMES:,} names", rates["table"])
    yield rate("whole decisions of the client, with reasons", rates["decision"])
    yield ratio("by signature / cel-expr-python", rates["table"], rates["cel"], 40.0)
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


def _questions(table: Table) -> Iterator[list[tuple[str, str, str]]]:
    """Give questions in lists, again and again; CEL is asked as many."""
    chance = random.Random(5)
    known = [place for place in twelve.PLACES if place in table.places]
    uses = [use for use in twelve.USES if use in table.uses]
    asked = [
        (f"L-{chance.randrange(NAMES):06d}-X", chance.choice(uses), chance.choice(known))
        for _question in range(ASKED)
    ]
    return _parts(asked)


def _parts(asked: list[Any]) -> Iterator[list[Any]]:
    return cycle([asked[start : start + CHUNK] for start in range(0, len(asked), CHUNK)])


def _by_table(table: Table) -> Once:
    parts, outcome = _questions(table), table.outcome

    def once() -> None:
        for code, use, place in next(parts):
            outcome(code, use, place)

    return once


def _whole(table: Table) -> Once:
    parts, decide = _questions(table), table.decide

    def once() -> None:
        for code, use, place in next(parts):
            decide(code, use, place)

    return once


def _by_lookup(table: Table) -> Once:
    parts, names = _questions(table), table.names

    def once() -> None:
        for code, _use, _place in next(parts):
            names[code]

    return once


def _by_cel() -> Once:
    answer = peers.by_cel()
    pairs = zip(twelve.listings(ASKED), twelve.requests(ASKED), strict=True)
    parts = _parts(list(pairs))

    def once() -> None:
        for listing, req in next(parts):
            answer(listing, req)

    return once
