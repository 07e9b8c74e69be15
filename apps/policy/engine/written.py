"""Written values as nodes, alone or in a list."""

import re
from collections.abc import Iterator

from apps.policy.engine.errors import RuleError
from apps.policy.engine.limits import INT_LEAST, INT_MOST
from apps.policy.engine.literals import read_text
from apps.policy.engine.nodes import Literal, Span
from apps.policy.engine.types import BOOL, DOUBLE, INT, STRING

ITEM = re.compile(r'"(?>\\.|[^"\\])*"|\'(?>\\.|[^\'\\])*\'|[^][,\s]+')
DIGITS = 20


def written(text: str, span: Span) -> Literal:
    """Return the node of one written value; raise `RuleError` where it cannot be held."""
    if text[0] in "\"'":
        return _string(text, span)
    if text in {"true", "false"}:
        return Literal(span=span, value=text == "true", type=BOOL)
    if text.lstrip("-").isdigit():
        return _int(text, span)
    value = float(text)
    if value in {float("inf"), float("-inf")}:
        raise _fault(span, "This number is too large.", "Numbers end near 1.8e308.")
    return Literal(span=span, value=value, type=DOUBLE)


def count_values(text: str) -> int:
    """Return how many values a written list has."""
    return sum(1 for _found in ITEM.finditer(text))


def written_list(text: str, span: Span) -> Iterator[Literal]:
    """Return the nodes of a list of written values, each at its place."""
    for found in ITEM.finditer(text):
        start, end = found.span()
        yield written(found[0], _within(text, span, start, end))


def _within(text: str, span: Span, start: int, end: int) -> Span:
    """Return the place of a part of a text that stands at `span`."""
    breaks = text.count("\n", 0, start)
    column = start - text.rfind("\n", 0, start) if breaks else span.column + start
    return Span(span.line + breaks, column, span.start + start, span.start + end)


def _int(text: str, span: Span) -> Literal:
    value = int(text) if len(text) <= DIGITS else INT_MOST + 1
    if not INT_LEAST <= value <= INT_MOST:
        raise _fault(span, "This number is too large.", f"Numbers end at {INT_MOST}.")
    return Literal(span=span, value=value, type=INT)


def _string(text: str, span: Span) -> Literal:
    try:
        return Literal(span=span, value=read_text(text), type=STRING)
    except ValueError as error:
        raise _fault(span, str(error), 'Write \\" \\\\ \\n \\t or \\u0939.') from None


def _fault(span: Span, reason: str, remedy: str) -> RuleError:
    return RuleError(reason, span.line, span.column, remedy)
