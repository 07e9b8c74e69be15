"""Statements that PostgreSQL plans once per connection: for a hot read, planning is the dear part.

Where `DB_PREPARE` is off (a pooler that forgets statements), they are planned each time.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Self

import psycopg
from django.db import connection


class _Cursor(psycopg.Cursor):
    """Sends the values apart from the statement, as a prepared statement takes them."""

    def execute(self, query: Any, params: Any = None, **options: Any) -> Self:
        return super().execute(query, params, **(options | {"prepare": True}))


def row_of(statement: str, values: Sequence[Any]) -> tuple[Any, ...]:
    """Return the one row of a statement; the same text is planned once in a connection."""
    [row] = rows_of(statement, values)
    return row


def rows_of(statement: str, values: Sequence[Any] | Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """Return the rows of a statement; the same text is planned once in a connection."""
    connection.ensure_connection()
    dress = connection.make_debug_cursor if connection.queries_logged else connection.make_cursor
    with dress(_Cursor(connection.connection)) as cursor:  # type: ignore[arg-type]
        cursor.execute(statement, values)
        return cursor.fetchall()
