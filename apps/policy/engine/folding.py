"""What is left of a condition once the request is known: its questions about the listing."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from apps.policy.engine.errors import RuleError
from apps.policy.engine.nodes import And, Literal, Member, Node, Not, Or, Read, Root, Variable, walk
from apps.policy.engine.types import BOOL
from apps.policy.engine.walk import Walker


def folded(node: Node, req: Mapping[str, Any], param: Mapping[str, Any]) -> Node:
    """Return a condition with everything answered that reads no listing.

    It says the same of every listing as the whole does for this request, errors included: what is
    false makes `&&` false whatever else cannot be told, and so does what is true with `||`.
    """
    match node:
        case And() | Or():
            return _joined(node, [folded(item, req, param) for item in node.items])
        case Not():
            inside = folded(node.operand, req, param)
            if isinstance(inside, Literal):
                return _truth(node, truth=not inside.value)
            return replace(node, operand=inside)
    return node if _asks_the_listing(node) else _answered(node, req, param)


def _joined(node: And | Or, items: list[Node]) -> Node:
    decides = isinstance(node, Or)
    left = [item for item in items if not isinstance(item, Literal)]
    if any(isinstance(item, Literal) and item.value is decides for item in items):
        return _truth(node, truth=decides)
    if not left:
        return _truth(node, truth=not decides)
    return left[0] if len(left) == 1 else replace(node, items=tuple(left))


def _answered(node: Node, req: Mapping[str, Any], param: Mapping[str, Any]) -> Node:
    """Return the answer as a literal; a condition that a missing value leaves open stays."""
    try:
        return _truth(node, truth=Walker({}, req, param).value(node))
    except RuleError:
        return node


def _asks_the_listing(node: Node) -> bool:
    return any(
        isinstance(part, Variable | Member)
        or (isinstance(part, Read) and part.root is Root.LISTING)
        for part in walk(node)
    )


def _truth(node: Node, *, truth: bool) -> Literal:
    return Literal(span=node.span, type=BOOL, value=truth)
