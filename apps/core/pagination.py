"""Keyset pages: the next page starts after the last row seen, so depth costs nothing."""

import base64
import binascii
import datetime as dt
import json
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from apps.core.errors import Invalid

Row = TypeVar("Row")
SIZE = 50
LARGEST = 1000
LARGEST_NUMBER = 2**63


class CursorRefused(Invalid):
    """The cursor was not made by this portal, or belongs to another list."""

    code = "cursor-refused"
    title = _("This page marker cannot be read.")
    remedy = _("Start again at the first page.")


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """Rows of one page and the marks of its neighbours; empty where there is none."""

    rows: list[Row]
    after: str = ""
    before: str = ""


def keyset_page(
    rows: QuerySet,
    *,
    order: Sequence[str],
    after: str = "",
    before: str = "",
    size: int = SIZE,
) -> Page[Any]:
    """Return one page in the given order.

    `order` names columns as `order_by` does; the last must be unique and none may be null. A mark
    given in `after` or `before` stands for a row of the same order; a strange one raises
    `CursorRefused`.
    """
    backwards = bool(before)
    mark = before or after
    way = [_reverse(name) for name in order] if backwards else list(order)
    found = _rows_beyond(rows, way, _read(mark, order)) if mark else rows
    fetched = list(found.order_by(*way)[: size + 1])
    more, fetched = len(fetched) > size, fetched[:size]
    if backwards:
        fetched.reverse()
    if not fetched:
        return Page([])
    return Page(
        fetched,
        after=_mark(fetched[-1], order) if more or backwards else "",
        before=_mark(fetched[0], order) if (more if backwards else bool(after)) else "",
    )


def _reverse(name: str) -> str:
    return name[1:] if name.startswith("-") else f"-{name}"


def _rows_beyond(rows: QuerySet, order: Sequence[str], values: Sequence[Any]) -> QuerySet:
    try:
        return rows.filter(_beyond(order, values))
    except (ValueError, TypeError, OverflowError, ValidationError) as error:
        raise CursorRefused(field="after") from error


def _beyond(order: Sequence[str], values: Sequence[Any]) -> Q:
    """Return the rows strictly after `values` in `order`, column by column."""
    beyond, equal = Q(), Q()
    for name, value in zip(order, values, strict=True):
        column, side = name.removeprefix("-"), "lt" if name.startswith("-") else "gt"
        beyond |= equal & Q(**{f"{column}__{side}": value})
        equal &= Q(**{column: value})
    return beyond


def _mark(row: Model, order: Sequence[str]) -> str:
    values = [_plain(_value(row, name.removeprefix("-"))) for name in order]
    return base64.urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")


def _value(row: Any, path: str) -> Any:
    for part in path.split("__"):
        row = getattr(row, part)
    return row


KINDS: dict[str, Callable[[str], Any]] = {
    "t": dt.datetime.fromisoformat,
    "d": dt.date.fromisoformat,
    "u": uuid.UUID,
}


def _plain(value: Any) -> Any:
    if isinstance(value, dt.datetime):
        return ["t", value.isoformat()]
    if isinstance(value, dt.date):
        return ["d", value.isoformat()]
    if isinstance(value, uuid.UUID):
        return ["u", str(value)]
    return value


def _read(mark: str, order: Sequence[str]) -> list[Any]:
    try:
        padded = mark + "=" * (-len(mark) % 4)
        values = json.loads(base64.urlsafe_b64decode(padded.encode()))
        read = [KINDS[item[0]](item[1]) if isinstance(item, list) else item for item in values]
    except (binascii.Error, ValueError, TypeError, KeyError, IndexError, UnicodeError) as error:
        raise CursorRefused(field="after") from error
    if len(read) != len(order) or not all(map(_fits_a_column, read)):
        raise CursorRefused(field="after")
    return read


def _fits_a_column(value: Any) -> bool:
    """Whether a value is one that a mark of ours can hold and the database can read."""
    if isinstance(value, str):
        return "\x00" not in value
    if isinstance(value, int | float):
        return abs(value) < LARGEST_NUMBER
    if isinstance(value, dt.datetime):
        return value.tzinfo is not None
    return isinstance(value, dt.date | uuid.UUID)
