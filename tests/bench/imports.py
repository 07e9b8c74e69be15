"""How fast listings come in, against a bare COPY of the same rows."""

import io
import json
import time
from collections.abc import Iterator

from apps.core.actor import OPERATOR
from apps.listings.services import listings_import
from tests.bench.frame import Figure, rate, ratio
from tests.bench.ground import link, runner

ROWS, ROUNDS = 2000, 5
FIELDS = ("source", "external_id", "name", "provider", "licence_text")


def measure() -> Iterator[Figure]:
    """Yield rows per second of an import, of the same import again, and of COPY."""
    first, again, copied = [], [], []
    with runner():
        for turn in range(ROUNDS):
            rows = _rows(turn)
            body = "\n".join(json.dumps(row) for row in rows).encode()
            copied.append(_copy(rows))
            first.append(_import(f"bench-{turn}.jsonl", body))
            again.append(_import(f"bench-{turn}.jsonl", body))
    yield rate(f"import of {ROWS} new listings", first)
    yield rate(f"import of {ROWS} known listings", again)
    yield ratio("import of new listings / COPY of the same rows", first, copied)


def _rows(turn: int) -> list[dict[str, str]]:
    stamp = time.time_ns()
    return [
        {
            "source": "bench",
            "external_id": f"maker-{number % 40}/model-{stamp}-{turn}-{number}",
            "name": f"Model {number} of {stamp}",
            "provider": f"Maker {number % 40}",
            "licence_text": ("apache-2.0", "mit", "cc-by-nc-4.0")[number % 3],
        }
        for number in range(ROWS)
    ]


def _import(name: str, body: bytes) -> float:
    began = time.perf_counter()
    run = listings_import(actor=OPERATOR, organisation=None, file_name=name, body=io.BytesIO(body))
    seconds = time.perf_counter() - began
    if run.listed + run.unchanged != ROWS:
        raise RuntimeError(f"The import took {run.listed} of {ROWS} rows; {run.refused} refused.")
    return ROWS / seconds


def _copy(rows: list[dict[str, str]]) -> float:
    with link("sangam_super") as at:
        at.execute("create table if not exists bench_copy (a text, b text, c text, d text, e text)")
        began = time.perf_counter()
        with at.cursor() as cursor, cursor.copy("copy bench_copy from stdin") as copy:
            for row in rows:
                copy.write_row([row[field] for field in FIELDS])
        return len(rows) / (time.perf_counter() - began)
