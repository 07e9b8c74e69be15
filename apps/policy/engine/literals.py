"""Written values: texts, moments and spans of time."""

import datetime as dt
import re
import sys

from apps.policy.engine.limits import FIRST_MOMENT, LAST_MOMENT, LONGEST

ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "\\": "\\", '"': '"', "'": "'"}
UNWRITABLE = re.compile("[\\x00\\ud800-\\udfff]")
ESCAPE = re.compile(r"\\(u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|.)", re.DOTALL)
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?(Z|[+-]\d\d:\d\d)")
SPAN = re.compile(r"(?=[0-9])(?:(\d{1,9})h)?(?:(\d{1,9})m)?(?:(\d{1,9})s)?")


def read_text(token: str) -> str:
    """Return what stands between the quotation marks; raise `ValueError` in words."""
    text = ESCAPE.sub(_unescape, token[1:-1])
    if UNWRITABLE.search(text):
        raise ValueError("This character cannot stand in a text.")
    return text


def _unescape(found: re.Match[str]) -> str:
    mark = found[1]
    if mark[0] in "uU" and len(mark) > 1:
        point = int(mark[1:], 16)
        if point > sys.maxunicode:
            raise ValueError("There is no such character.")
        return chr(point)
    if mark not in ESCAPES:
        raise ValueError(f"The sign \\{mark} is not read here.")
    return ESCAPES[mark]


def read_moment(text: str) -> dt.datetime:
    """Return the moment of an RFC 3339 text; raise `ValueError` in words."""
    if not MOMENT.fullmatch(text):
        raise ValueError("A moment is written as 2026-11-23T00:00:00Z.")
    moment = dt.datetime.fromisoformat(text).astimezone(dt.UTC)
    if not FIRST_MOMENT <= moment < LAST_MOMENT:
        raise ValueError("A moment lies between the years 1900 and 2189.")
    return moment


def read_span(text: str) -> dt.timedelta:
    """Return the span of `8760h`, `90m`, `1h30m` or `15s`; raise `ValueError` in words."""
    found = SPAN.fullmatch(text)
    if not found:
        raise ValueError("A duration is written in hours, minutes and seconds: 8760h, 1h30m.")
    hours, minutes, seconds = (int(figures or 0) for figures in found.groups())
    span = dt.timedelta(hours=hours, minutes=minutes, seconds=seconds)
    if span > LONGEST:
        raise ValueError("A duration is at most 280 years.")
    return span


def moment_of(value: object) -> dt.datetime:
    """Return a fact that is a day, a moment or its text as an aware moment; days begin in UTC."""
    if isinstance(value, dt.datetime):
        return value if value.tzinfo else value.replace(tzinfo=dt.UTC)
    if isinstance(value, dt.date):
        return dt.datetime(value.year, value.month, value.day, tzinfo=dt.UTC)
    if isinstance(value, str):
        return moment_of(dt.datetime.fromisoformat(value))
    raise TypeError(f"{type(value).__name__} is no moment")
