"""Values of parameters: their types, and how they are written."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from apps.policy.engine.builder import fault
from apps.policy.engine.errors import RuleError
from apps.policy.engine.nodes import Items, Literal, Scalar
from apps.policy.engine.parser import parse
from apps.policy.engine.types import (
    BOOL,
    DOUBLE,
    DURATION,
    INT,
    STRING,
    TIMESTAMP,
    Type,
    list_of,
)

Value = Scalar | tuple[Scalar, ...]
TYPES: dict[type, Type] = {
    bool: BOOL,
    int: INT,
    float: DOUBLE,
    str: STRING,
    dt.datetime: TIMESTAMP,
    dt.timedelta: DURATION,
}


def value_of(text: str) -> Value:
    """Return what a literal says, as `0.3`, `"x"`, `["a", "b"]` or `duration("24h")`."""
    node = parse(text)
    if isinstance(node, Items):
        return tuple(value.value for value in node.values)
    if isinstance(node, Literal):
        return node.value
    raise fault(node, "A parameter is a written value.", 'Write 0.3, "x", ["a"] or true.')


def type_of(value: Any) -> Type:
    """Return the type of a value; raise `RuleError` where Rule CEL has none for it."""
    if isinstance(value, list | tuple):
        kinds = {type_of(item) for item in value}
        if len(kinds) != 1:
            raise RuleError("A list holds values of one type, and at least one.")
        return list_of(kinds.pop())
    if type(value) not in TYPES:
        raise RuleError(f"A {type(value).__name__} cannot be the value of a parameter.")
    return TYPES[type(value)]


def types_of(values: Mapping[str, Any]) -> dict[str, Type]:
    """Return the types of parameters by name."""
    return {name: type_of(value) for name, value in values.items()}
