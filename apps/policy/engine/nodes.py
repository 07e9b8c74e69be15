"""The tree: sixteen kinds of node, frozen, each with its place in the source and its type.

Two nodes are equal where they say the same; their places do not matter.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from apps.policy.engine.types import OPEN, Type

Scalar = bool | int | float | str | dt.datetime | dt.timedelta


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the source: line and column from 1, offsets from 0."""

    line: int
    column: int
    start: int
    end: int


class Root(StrEnum):
    """What a name can be read from."""

    LISTING = "listing"
    REQ = "req"
    PARAM = "param"


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """Base of all nodes."""

    span: Span = field(compare=False, repr=False)
    type: Type = field(default=OPEN, compare=False, repr=False)

    def children(self) -> tuple["Node", ...]:
        """Return the nodes below."""
        return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Literal(Node):
    """A written value."""

    value: Scalar


@dataclass(frozen=True, slots=True, kw_only=True)
class Items(Node):
    """A written list of values of one type."""

    values: tuple[Literal, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Read(Node):
    """`listing.x`, `req.x` or `param.x`; `optional` where the fact may be missing."""

    root: Root
    name: str
    optional: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Variable(Node):
    """The element that a macro looks at."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Member(Node):
    """A field of the element that a macro looks at."""

    variable: str
    name: str
    optional: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Has(Node):
    """Whether a fact is there."""

    target: Read | Member

    def children(self) -> tuple[Node, ...]:
        """Return the fact asked for."""
        return (self.target,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Not(Node):
    """The opposite."""

    operand: Node

    def children(self) -> tuple[Node, ...]:
        """Return what is denied."""
        return (self.operand,)


@dataclass(frozen=True, slots=True, kw_only=True)
class And(Node):
    """All hold."""

    items: tuple[Node, ...]

    def children(self) -> tuple[Node, ...]:
        """Return the conjuncts."""
        return self.items


@dataclass(frozen=True, slots=True, kw_only=True)
class Or(Node):
    """At least one holds."""

    items: tuple[Node, ...]

    def children(self) -> tuple[Node, ...]:
        """Return the disjuncts."""
        return self.items


@dataclass(frozen=True, slots=True, kw_only=True)
class Compare(Node):
    """`==`, `!=`, `<`, `<=`, `>` or `>=`."""

    operator: str
    left: Node
    right: Node

    def children(self) -> tuple[Node, ...]:
        """Return both sides."""
        return (self.left, self.right)


@dataclass(frozen=True, slots=True, kw_only=True)
class In(Node):
    """Whether a list holds a value."""

    item: Node
    collection: Node

    def children(self) -> tuple[Node, ...]:
        """Return the value and the list."""
        return (self.item, self.collection)


@dataclass(frozen=True, slots=True, kw_only=True)
class Minus(Node):
    """The time between two moments."""

    left: Node
    right: Node

    def children(self) -> tuple[Node, ...]:
        """Return both moments."""
        return (self.left, self.right)


@dataclass(frozen=True, slots=True, kw_only=True)
class TextTest(Node):
    """`startsWith`, `endsWith` or `contains`."""

    test: str
    subject: Node
    argument: Node

    def children(self) -> tuple[Node, ...]:
        """Return the text and what is looked for."""
        return (self.subject, self.argument)


@dataclass(frozen=True, slots=True, kw_only=True)
class Size(Node):
    """How many characters a text has, or elements a list."""

    operand: Node

    def children(self) -> tuple[Node, ...]:
        """Return what is measured."""
        return (self.operand,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantified(Node):
    """`exists` or `all` over a list."""

    macro: str
    over: Node
    variable: str
    body: Node

    def children(self) -> tuple[Node, ...]:
        """Return the list and the condition on each element."""
        return (self.over, self.body)


def walk(node: Node) -> Iterator[Node]:
    """Return the node and all below it, top first."""
    yield node
    for child in node.children():
        yield from walk(child)


def parts(node: Node) -> Iterator[Node]:
    """Return what a clause may mark: the whole, its conjuncts, and disjuncts within or beside."""
    yield node
    if isinstance(node, And | Or):
        for item in node.items:
            yield from parts(item)


def conjuncts(node: Node) -> Iterator[Node]:
    """Return what holds whenever the whole does: itself, and the conjuncts within conjuncts."""
    yield node
    if isinstance(node, And):
        for item in node.items:
            yield from conjuncts(item)
