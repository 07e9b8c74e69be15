"""An expression line by line, each fault beside the line it stands in."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from apps.policy.errors import DraftFault

TOKEN = re.compile(r'"(?:\\.|[^"\\])*"|\'(?:\\.|[^\'\\])*\'|[\w.]+|\S')


@dataclass(slots=True)
class CodeLine:
    """One line: what stands before the fault, what is marked, what follows."""

    before: str
    marked: str = ""
    after: str = ""
    faults: list[DraftFault] = field(default_factory=list)


def code_lines(source: str, faults: Iterable[DraftFault]) -> list[CodeLine]:
    """Return the lines of an expression; the first fault of a line marks its word."""
    lines = [CodeLine(text) for text in source.splitlines()] or [CodeLine("")]
    for fault in faults:
        line = lines[min(max(fault.line, 1), len(lines)) - 1]
        if not line.faults and fault.line:
            _mark(line, fault.column - 1)
        line.faults.append(fault)
    return lines


def _mark(line: CodeLine, place: int) -> None:
    text = line.before
    found = TOKEN.match(text, place)
    end = found.end() if found else len(text)
    line.before, line.marked, line.after = text[:place], text[place:end], text[end:]
