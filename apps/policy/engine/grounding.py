"""A rule's tree with the values of its parameters in their places."""

from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any

from apps.policy.engine.nodes import Items, Literal, Node, Read, Root
from apps.policy.engine.values import Value

WITHOUT_NODES = frozenset({"span", "type"})


def grounded(node: Node, parameters: Mapping[str, Value]) -> Node:
    """Return a typed tree that reads no parameter; each has its value."""
    if not parameters:
        return node
    if isinstance(node, Read) and node.root is Root.PARAM:
        return _written(node, parameters[node.name])
    names = [field.name for field in fields(node) if field.name not in WITHOUT_NODES]
    return replace(node, **{name: _each(getattr(node, name), parameters) for name in names})


def _each(value: Any, parameters: Mapping[str, Value]) -> Any:
    if isinstance(value, Node):
        return grounded(value, parameters)
    if isinstance(value, tuple):
        return tuple(_each(item, parameters) for item in value)
    return value


def _written(node: Read, value: Value) -> Node:
    if not isinstance(value, tuple):
        return Literal(span=node.span, type=node.type, value=value)
    items = (Literal(span=node.span, type=node.type.item, value=item) for item in value)
    return Items(span=node.span, type=node.type, values=tuple(items))
