"""Moments as an iCalendar file (RFC 5545): escaped, folded, every line ended by CRLF."""

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

PRODUCT = "-//Sangam//Calendar of the public hall//EN"
WIDEST = 75
CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
SPACES = re.compile(r"[\x00-\x20\x7f]")


@dataclass(frozen=True, slots=True)
class Event:
    """One moment: `uid` stays the same for ever, so a changed moment moves in every calendar."""

    uid: str
    at: dt.datetime
    summary: str
    url: str = ""


def icalendar(events: Iterable[Event], *, name: str, made_at: dt.datetime) -> str:
    """Return the file; an event is an instant, without an end of its own."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:{PRODUCT}",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"NAME:{_text(name)}",
        f"X-WR-CALNAME:{_text(name)}",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
        *(line for event in events for line in _event(event, made_at)),
        "END:VCALENDAR",
    ]
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _event(event: Event, made_at: dt.datetime) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{_text(event.uid)}"
    yield f"DTSTAMP:{_moment(made_at)}"
    yield f"DTSTART:{_moment(event.at)}"
    yield f"SUMMARY:{_text(event.summary)}"
    if event.url:
        yield f"URL:{SPACES.sub('', event.url)}"
    yield "END:VEVENT"


def _moment(at: dt.datetime) -> str:
    return f"{at.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}"


def _text(words: str) -> str:
    """Escape a value of type TEXT; control characters have no place in it."""
    plain = words.replace("\r\n", "\n").replace("\r", "\n")
    plain = CONTROLS.sub("", plain).replace("\\", "\\\\")
    return plain.replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _folded(line: str) -> str:
    """Break a line so that none is longer than 75 octets, and no character is cut apart."""
    parts, size, room = [""], 0, WIDEST
    for character in line:
        octets = len(character.encode())
        if size + octets > room:
            parts.append("")
            size, room = 0, WIDEST - 1
        parts[-1] += character
        size += octets
    return "\r\n ".join(parts)
