"""Typed access to one mapping: each wrong value is named, and the reading goes on."""

import datetime as dt
import difflib
import math
import re
from collections.abc import Collection, Mapping
from typing import Any

from apps.listings.readers.drafts import Fault

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
WEB = re.compile(r"https?://[^\s/]+(?:/\S*)?")
MOST_ITEMS = 1000
LARGEST = 2**63 - 1


class Fields:
    """Reads the fields of one mapping and keeps the faults it meets."""

    def __init__(self, row: Mapping[str, Any]) -> None:
        self.row = row
        self.faults: list[Fault] = []

    def fault(self, field: str, reason: str, remedy: str = "") -> None:
        """Note one fault."""
        self.faults.append(Fault(field, reason, remedy))

    def text(self, name: str, *, most: int = 300, needed: bool = False) -> str:
        """Return one line of text, trimmed."""
        value = self.row.get(name)
        if value is None or value == "":
            if needed:
                self.fault(name, "This field is missing.", "Fill it in.")
            return ""
        return self._text(name, value, most)

    def texts(self, name: str, *, most: int = 100, lenient: bool = False) -> tuple[str, ...]:
        """Return a list of texts, each once; a lenient field takes one text as a list of one."""
        value = self.row.get(name)
        if value is None or value == "":
            return ()
        if lenient and isinstance(value, str):
            value = [value]
        if not isinstance(value, list):
            self.fault(name, f"A list of texts is needed, not {_kind(value)}.", "Write [one, two].")
            return ()
        if len(value) > MOST_ITEMS:
            self.fault(name, f"There are {len(value)} items; {MOST_ITEMS} are read at most.")
            return ()
        found = [self._text(name, item, most) for item in value]
        return tuple(dict.fromkeys(item for item in found if item))

    def number(self, name: str, *, least: float = 0) -> float | None:
        """Return a number that is not endless, and not negative unless `least` is."""
        value = self.row.get(name)
        if value is None or value == "":
            return None
        if isinstance(value, bool) or not isinstance(value, int | float):
            self.fault(name, f"A number is needed, not {_kind(value)}.")
            return None
        if not math.isfinite(value) or not least <= value <= LARGEST:
            self.fault(name, "The number is out of range.", f"Give a number from {least:g} up.")
            return None
        return float(value)

    def count(self, name: str) -> int | None:
        """Return a whole number from 0 up."""
        value = self.number(name)
        if value is None:
            return None
        if value != int(value):
            self.fault(name, "A whole number is needed.")
            return None
        return int(self.row[name])

    def flag(self, name: str) -> bool | None:
        """Return true, false or not known."""
        value = self.row.get(name)
        if value is None or value == "":
            return None
        if not isinstance(value, bool):
            self.fault(name, f"true or false is needed, not {_kind(value)}.")
            return None
        return value

    def day(self, name: str) -> dt.date | None:
        """Return a date written as 2024-05-31; `unknown` is no date and no fault."""
        value = self.row.get(name)
        if value is None or value in {"", "unknown"}:
            return None
        try:
            return dt.date.fromisoformat(value)
        except (TypeError, ValueError):
            self.fault(name, f"“{value}” is no date.", "Write it as 2024-05-31.")
            return None

    def choice(self, name: str, known: Collection[str]) -> str:
        """Return one of the known words."""
        value = self.text(name)
        if value and value not in known:
            self.fault(name, f"“{value}” is not known.", f"Use one of: {', '.join(sorted(known))}.")
            return ""
        return value

    def web(self, name: str, *, most: int = 500) -> str:
        """Return a web address."""
        value = self.text(name, most=most)
        if value and not WEB.fullmatch(value):
            self.fault(name, "This is no web address.", "Begin it with https://.")
            return ""
        return value

    def only(self, known: Collection[str]) -> None:
        """Name every field that is not known, so that a typing mistake is not read past."""
        for name in self.row:
            if name not in known:
                near = difflib.get_close_matches(str(name)[:60], known, n=1)
                remedy = f"Is {near[0]} meant?" if near else "Leave it out."
                self.fault(str(name)[:60], "This field is not known.", remedy)

    def _text(self, name: str, value: Any, most: int) -> str:
        if not isinstance(value, str):
            remedy = "Put it in quotation marks."
            if isinstance(value, bool):
                remedy = "Some readers turn no, yes, on and off into true or false. " + remedy
            self.fault(name, f"Text is needed, not {_kind(value)}.", remedy)
            return ""
        tidy = value.strip()
        if len(tidy) > most:
            self.fault(name, f"The text has {len(tidy)} characters; {most} are read at most.")
            return ""
        if CONTROL.search(tidy):
            self.fault(name, "The text holds a control character.", "Take it out.")
            return ""
        return tidy


def _kind(value: Any) -> str:
    names = {bool: "true or false", dict: "a mapping", list: "a list", int: "a number"}
    return names.get(type(value), "a number" if isinstance(value, float) else "something else")
