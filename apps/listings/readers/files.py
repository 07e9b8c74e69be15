"""Which reader a file needs: JSON lines of three shapes, a table, or one model card.

A line with a byte that is not UTF-8 is refused alone, with its number and the byte's place.
"""

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import PurePath
from typing import Any, BinaryIO, TextIO

from apps.listings.readers.cards import read_card
from apps.listings.readers.drafts import Fault, RowRead
from apps.listings.readers.ecosystem import read_ecosystem
from apps.listings.readers.front_matter import FrontMatterRefused, front_matter
from apps.listings.readers.own import read_cells, read_own

LONGEST_LINE = 256 * 1024
CARDS = {".md", ".markdown"}
CARD_READ = 256 * 1024
# A byte that is not UTF-8 is read as one of these, which no text in UTF-8 can hold.
FOREIGN = re.compile("[\udc80-\udcff]")
MARK = "\ufeff"
UNREADABLE = "This line is no JSON object: {why}."


def rows_of(
    name: str, body: BinaryIO, *, default_source: str, card_id: str = ""
) -> Iterator[RowRead]:
    """Read a file by its name's ending: `.csv`, `.md`, and all else as JSON lines.

    A model card is named by `card_id` or, as hubs lay files out, by its last two folders.
    """
    text = io.TextIOWrapper(body, "utf-8", errors="surrogateescape", newline="")
    ending = PurePath(name).suffix.casefold()
    try:
        if ending == ".csv":
            yield from _table(text, default_source)
        elif ending in CARDS:
            card = text.read(CARD_READ)
            yield _card(card.removeprefix(MARK), card_id or "/".join(PurePath(name).parts[-3:-1]))
        else:
            yield from _lines(text, default_source)
    finally:
        text.detach()


def row_of(line: int, row: Any, default_source: str) -> RowRead:
    """Read one JSON value by the shape it has."""
    if not isinstance(row, Mapping):
        return RowRead(line, "", None, (Fault("", UNREADABLE.format(why="it is another value")),))
    if "metadata" in row:
        return read_card(line, row.get("id"), row["metadata"])
    if "source_file" in row:
        return read_ecosystem(line, row)
    return read_own(line, row, default_source)


def _lines(text: TextIO, default_source: str) -> Iterator[RowRead]:
    for line, raw, fault in _read(text):
        if not raw.strip():
            continue
        if fault:
            yield RowRead(line, "", None, (fault,))
            continue
        try:
            row = _parse(raw)
        except (ValueError, RecursionError) as error:
            yield RowRead(line, "", None, (Fault("", UNREADABLE.format(why=_why(error))),))
        else:
            yield row_of(line, row, default_source)


def _read(text: TextIO) -> Iterator[tuple[int, str, Fault | None]]:
    """Give each line with its number, and the fault of one that is not UTF-8."""
    for line, raw in enumerate(text, start=1):
        fault = None if raw.isascii() else _foreign(raw)
        yield line, raw.removeprefix(MARK) if line == 1 else raw, fault


def _foreign(raw: str, where: str = "this line") -> Fault | None:
    """Return the fault of a text that holds a byte which is not UTF-8."""
    found = FOREIGN.search(raw)
    if found is None:
        return None
    place = len(raw[: found.start()].encode()) + 1
    byte = raw[found.start()].encode(errors="surrogateescape")[0]
    reason = f"Byte {place} of {where} (0x{byte:02X}) is not UTF-8."
    return Fault("", reason, "Save the file as UTF-8.")


def _parse(raw: str) -> Any:
    if len(raw) > LONGEST_LINE:
        raise ValueError("it is longer than 256 KiB")
    return json.loads(raw, parse_constant=_no_number)


def _why(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"{error.msg[:1].lower()}{error.msg[1:]} at character {error.colno}"
    return "it is nested too deeply" if isinstance(error, RecursionError) else str(error)


def _no_number(word: str) -> Any:
    raise ValueError(f"{word} is no number")


def _table(text: TextIO, default_source: str) -> Iterator[RowRead]:
    foreign: dict[int, Fault] = {}
    reader = csv.DictReader(_noted(text, foreign), strict=True)
    try:
        if reader.fieldnames and foreign:
            yield from _refused(foreign)
            return
        for cells in reader:
            if foreign:
                yield from _refused(foreign)
                continue
            if None in cells or None in cells.values():
                fault = Fault("", "The row has another number of cells than the heading.")
                yield RowRead(reader.line_num, "", None, (fault,))
                continue
            yield read_cells(reader.line_num, cells, default_source)
    except csv.Error as error:
        fault = Fault("", f"From here the table cannot be read: {error}.")
        yield RowRead(reader.line_num, "", None, (fault,))


def _noted(text: TextIO, foreign: dict[int, Fault]) -> Iterator[str]:
    """Give the lines of a table, and note those that are not UTF-8."""
    for line, raw, fault in _read(text):
        if fault:
            foreign[line] = fault
        yield raw


def _refused(foreign: dict[int, Fault]) -> Iterator[RowRead]:
    """Give the row that holds the lines noted, and forget them."""
    line, faults = min(foreign), tuple(foreign.values())
    foreign.clear()
    yield RowRead(line, "", None, faults)


def _card(text: str, card_id: str) -> RowRead:
    for line, raw in enumerate(text.split("\n"), start=1):
        if fault := _foreign(raw, f"line {line}"):
            return RowRead(line, card_id, None, (fault,))
    try:
        metadata = front_matter(text)
    except FrontMatterRefused as refused:
        return RowRead(1, card_id, None, (refused.fault,))
    return read_card(1, card_id, metadata)
