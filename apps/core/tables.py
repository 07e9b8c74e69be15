"""Rows as CSV (RFC 4180), one line at a time; a table program reads no cell as a formula."""

import csv
import datetime as dt
from collections.abc import Iterable, Iterator, Sequence

FORMULAS = ("=", "+", "-", "@", "\t", "\r")


class _Line:
    """Hands back what a writer writes."""

    def write(self, line: str) -> str:
        """Return the line."""
        return line


def csv_lines(head: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """Return the head and each row as a line of its own."""
    writer = csv.writer(_Line())
    yield writer.writerow(head)
    for row in rows:
        yield writer.writerow([_cell(value) for value in row])


def _cell(value: object) -> object:
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat(timespec="seconds")
    if isinstance(value, list | tuple):
        return " ".join(str(part) for part in value)
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULAS) else value
