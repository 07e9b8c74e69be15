"""What of a question an expression can tell apart: the use, the place, or neither."""

import datetime as dt
from collections.abc import Iterator, Mapping
from itertools import product
from typing import Any

from apps.policy.engine.nodes import (
    Compare,
    In,
    Items,
    Literal,
    Minus,
    Node,
    Read,
    Root,
    walk,
)

PLACE = "jurisdiction"
USE = "use"
COMMERCIAL = "commercial"
DATE = "date"
AGE = "eval_age_days"
TESTED = "eval_date"
TURNED = {"<": ">", ">": "<", "<=": ">=", ">=": "<=", "==": "==", "!=": "!="}
DAY = dt.timedelta(days=1)


def reads(tree: Node, name: str) -> bool:
    """Whether the expression reads this member of the request."""
    return any(_is_read(node, name) for node in walk(tree))


def place_splits(tree: Node, world: frozenset[str]) -> list[frozenset[str]]:
    """Return the sets of territories that the expression tells from the others.

    Compared with written names, a place is told from those alone; compared with anything else,
    every territory stands for itself.
    """
    splits = []
    understood = 0
    for node in walk(tree):
        names = _written_names(node)
        if names is not None:
            understood += 1
            splits.append(names & world)
    if understood < sum(_is_read(node, PLACE) for node in walk(tree)):
        return [frozenset({territory}) for territory in sorted(world)]
    return splits


def times_of_day(tree: Node) -> frozenset[dt.timedelta]:
    """Return the times of a UTC day at which time alone can turn what an expression says.

    Facts are days, so a difference from one turns at midnight or at that time of day which a
    written span leaves over; written moments have a time of day of their own.
    """
    if not reads(tree, DATE):
        ages = (node for node in walk(tree) if isinstance(node, Read) and node.name == AGE)
        return frozenset({dt.timedelta()} if any(True for _ in ages) else ())
    values = [node.value for node in walk(tree) if isinstance(node, Literal)]
    spans = [value for value in values if isinstance(value, dt.timedelta)]
    moments = [_time(value) for value in values if isinstance(value, dt.datetime)]
    starts, steps = [dt.timedelta(), *moments], [dt.timedelta(), *spans]
    return frozenset(
        (start + sign * step) % DAY for start, step, sign in product(starts, steps, (1, -1))
    )


def ripenings(tree: Node, parameters: Mapping[str, Any]) -> frozenset[int]:
    """Return how many days after the day of a test its age can turn what an expression says.

    It is told for the ends of days: by the age in days, or by the span since the test's date.
    """
    compared = [node for node in walk(tree) if isinstance(node, Compare)]
    sides = [(node.left, node.operator, node.right) for node in compared]
    sides += [(node.right, TURNED[node.operator], node.left) for node in compared]
    found = [
        days
        for age, operator, bound in sides
        if _is_age(age)
        for days in _ripe(operator, _value(bound, parameters))
    ]
    return frozenset(found)


def _is_age(node: Node) -> bool:
    if isinstance(node, Minus):
        tested = isinstance(node.right, Read) and node.right.name == TESTED
        return tested and _is_read(node.left, DATE)
    return isinstance(node, Read) and node.root is Root.LISTING and node.name == AGE


def _value(node: Node, parameters: Mapping[str, Any]) -> Any:
    if isinstance(node, Read) and node.root is Root.PARAM:
        return parameters.get(node.name)
    return node.value if isinstance(node, Literal) else None


def _ripe(operator: str, bound: Any) -> tuple[int, ...]:
    if isinstance(bound, dt.timedelta):
        return (bound // DAY,)
    if not isinstance(bound, int):
        return ()
    return {"<": (bound,), ">=": (bound,), ">": (bound + 1,), "<=": (bound + 1,)}.get(
        operator, (bound, bound + 1)
    )


def _time(moment: dt.datetime) -> dt.timedelta:
    at = moment.astimezone(dt.UTC)
    return at - at.replace(hour=0, minute=0, second=0, microsecond=0)


def _is_read(node: Node, name: str) -> bool:
    return isinstance(node, Read) and node.root is Root.REQ and node.name == name


def _written_names(node: Node) -> frozenset[str] | None:
    """Return the names that a node compares the place with, or nothing where it does not."""
    if isinstance(node, In) and _is_read(node.item, PLACE) and isinstance(node.collection, Items):
        return frozenset(_texts(*node.collection.values))
    if isinstance(node, Compare) and node.operator in {"==", "!="}:
        others = [side for side in (node.left, node.right) if not _is_read(side, PLACE)]
        if len(others) == 1 and isinstance(others[0], Literal):
            return frozenset(_texts(others[0]))
    return None


def _texts(*nodes: Node) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, Literal) and isinstance(node.value, str):
            yield node.value
