"""The floor of a request: a bare WSGI application that reads one row with psycopg."""

import json
import os
from collections.abc import Callable

import psycopg

QUESTION = "select code, name, state from listings_listing where code = %s"
_links: list[psycopg.Connection] = []


def application(environ: dict, start: Callable) -> list[bytes]:
    """Answer with the row of the listing that the path names."""
    if not _links:
        _links.append(psycopg.connect(os.environ["BENCH_DATABASE"], autocommit=True))
    row = _links[0].execute(QUESTION, [environ["PATH_INFO"].rsplit("/", 1)[1]]).fetchone()
    start("200 OK", [("Content-Type", "application/json")])
    return [json.dumps(row).encode()]
