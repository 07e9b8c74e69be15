"""How fast listings come in, against COPY of the same rows.

The floor is COPY of all that an import must write (listings, versions, acts) into empty tables
with the same columns, checks and indexes; beside it stands COPY of the bare five fields.
"""

import io
import json
import time
from collections.abc import Iterator

import psycopg

from apps.core.actor import OPERATOR
from apps.listings.services import listings_import
from tests.bench.frame import Figure, rate, ratio
from tests.bench.ground import caught_up, link, runner

ROWS, ROUNDS = 2000, 5
COLUMNS = """
    select string_agg(attname, ', ' order by attnum) from pg_attribute
    where attrelid = %s::regclass and attnum > 0 and not attisdropped
        and attgenerated = '' and attidentity = ''
"""
MINE = "select id from listings_listing where name like '% of {stamp}'"
WRITTEN = {
    "listings_listing": f"id in ({MINE})",
    "listings_listingversion": f"listing_id in ({MINE})",
    "journal_act": f"subject in ({MINE}) and kind = 'listings.listing.listed'",
}
FIELDS = ("source", "external_id", "name", "provider", "licence_text")


def measure() -> Iterator[Figure]:
    """Yield rows per second of an import, of the same import again, and of COPY."""
    first, again, copied, indexed = [], [], [], []
    with runner():
        for turn in range(ROUNDS):
            rows = _rows(turn)
            body = "\n".join(json.dumps(row) for row in rows).encode()
            copied.append(_copy(rows))
            first.append(_import(f"bench-{turn}.jsonl", body))
            again.append(_import(f"bench-{turn}.jsonl", body))
            caught_up()
            indexed.append(_copy_indexed(rows[0]["name"].partition(" of ")[2]))
    yield rate(f"import of {ROWS} new listings", first)
    yield rate(f"import of {ROWS} known listings", again)
    yield ratio("import of new listings / COPY into such indexed tables", first, indexed)
    yield ratio("import of new listings / COPY of five fields", first, copied)


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


def _copy_indexed(stamp: str) -> float:
    """Copy what the import of a stamp's rows wrote into tables like the ones it wrote to."""
    with link("sangam_super") as at:
        kept = {table: _written(at, table, where, stamp) for table, where in WRITTEN.items()}
        for table in WRITTEN:
            at.execute(f"drop table if exists bench_{table}")
            at.execute(f"create table bench_{table} (like {table} including all)")
        began = time.perf_counter()
        with at.transaction():
            for table, (columns, rows) in kept.items():
                with at.cursor().copy(f"copy bench_{table} ({columns}) from stdin") as copy:
                    copy.write(rows)
        return ROWS / (time.perf_counter() - began)


def _written(at: psycopg.Connection, table: str, where: str, stamp: str) -> tuple[str, bytes]:
    """Return the columns of a table that are written, and a stamp's rows as COPY takes them."""
    [columns] = at.execute(COLUMNS, [table]).fetchone() or [""]
    chosen = f"select {columns} from {table} where {where.format(stamp=stamp)}"
    with at.cursor().copy(f"copy ({chosen}) to stdout") as copy:
        return columns, b"".join(bytes(part) for part in copy)
