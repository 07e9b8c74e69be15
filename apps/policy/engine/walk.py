"""The tree walked: three-valued logic as Google's CEL has it, and the trace that explains.

A missing fact is an error; `&&` and `||` absorb errors on either side, and so do `exists` and
`all`. This is the reference that the other back ends are held against.
"""

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from apps.policy.engine.builder import fault
from apps.policy.engine.errors import RuleError
from apps.policy.engine.literals import moment_of
from apps.policy.engine.nodes import (
    And,
    Compare,
    Has,
    In,
    Items,
    Literal,
    Member,
    Minus,
    Node,
    Not,
    Or,
    Quantified,
    Read,
    Root,
    Size,
    TextTest,
    Variable,
    walk,
)
from apps.policy.engine.types import TIMESTAMP

OPERATORS: dict[str, Callable[[Any, Any], bool]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
TESTS: dict[str, Callable[[str, str], bool]] = {
    "startsWith": str.startswith,
    "endsWith": str.endswith,
    "contains": operator.contains,
}


@dataclass(frozen=True, slots=True)
class Step:
    """One part of a rule and what it answered: `None` where a missing fact left it open."""

    text: str
    line: int
    column: int
    value: bool | None
    reads: Mapping[str, Any]
    steps: tuple["Step", ...] = ()


class Walker:
    """Answers a tree for one listing and one request."""

    def __init__(self, listing: Mapping, req: Mapping, param: Mapping) -> None:
        self.roots = {Root.LISTING: listing, Root.REQ: req, Root.PARAM: param}
        self.bound: dict[str, Any] = {}
        self.rules: dict[type[Node], Callable[[Any], Any]] = {
            Literal: lambda node: node.value,
            Items: lambda node: [value.value for value in node.values],
            Read: self._read,
            Variable: lambda node: self.bound[node.name],
            Member: self._member,
            Has: self._has,
            Not: lambda node: not self.value(node.operand),
            And: lambda node: self._joined(node.items, stop=False),
            Or: lambda node: self._joined(node.items, stop=True),
            Compare: self._compare,
            In: lambda node: self._in(self.value(node.item), self.value(node.collection)),
            Minus: lambda node: self.value(node.left) - self.value(node.right),
            TextTest: lambda node: TESTS[node.test](
                self.value(node.subject), self.value(node.argument)
            ),
            Size: lambda node: len(self.value(node.operand)),
            Quantified: self._quantified,
        }

    def value(self, node: Node) -> Any:
        """Return the node's value; raise `RuleError` where a missing fact decides."""
        return self.rules[type(node)](node)

    def step(self, node: Node, source: str) -> Step:
        """Return the trace of a condition and of its conjuncts and disjuncts."""
        try:
            value = self.value(node)
        except RuleError:
            value = None
        below = node.items if isinstance(node, And | Or) else ()
        return Step(
            text=source[node.span.start : node.span.end],
            line=node.span.line,
            column=node.span.column,
            value=value,
            reads={} if below else self._reads(node),
            steps=tuple(self.step(item, source) for item in below),
        )

    def _reads(self, node: Node) -> dict[str, Any]:
        reads = (part for part in walk(node) if isinstance(part, Read))
        return {f"{read.root}.{read.name}": self.roots[read.root].get(read.name) for read in reads}

    def _read(self, node: Read) -> Any:
        owner = self.roots[node.root]
        if node.name not in owner:
            raise fault(
                node,
                f"{node.root}.{node.name} is missing.",
                "Give the parameter its value."
                if node.root is Root.PARAM
                else f"Ask has({node.root}.{node.name}) first.",
            )
        value = owner[node.name]
        return moment_of(value) if node.type == TIMESTAMP else value

    def _member(self, node: Member) -> Any:
        owner = self.bound[node.variable]
        if node.name not in owner:
            raise fault(
                node,
                f"{node.variable}.{node.name} is missing.",
                f"Ask has({node.variable}.{node.name}) first.",
            )
        return owner[node.name]

    def _has(self, node: Has) -> bool:
        target = node.target
        if isinstance(target, Member):
            return target.name in self.bound[target.variable]
        return target.name in self.roots[target.root]

    def _joined(self, items: tuple[Node, ...], *, stop: bool) -> bool:
        return self._absorb((lambda item=item: self.value(item) for item in items), stop=stop)

    def _absorb(self, answers: Any, *, stop: bool) -> bool:
        """Return `stop` where any answer is, whatever the others could not tell."""
        missing: RuleError | None = None
        for answer in answers:
            try:
                if answer() is stop:
                    return stop
            except RuleError as error:
                missing = missing or error
        if missing:
            raise missing
        return not stop

    def _compare(self, node: Compare) -> bool:
        left, right = self.value(node.left), self.value(node.right)
        return OPERATORS[node.operator](left, right)

    def _in(self, item: Any, collection: Any) -> bool:
        return item in collection

    def _quantified(self, node: Quantified) -> bool:
        elements = self.value(node.over)
        answers = (lambda element=element: self._body(node, element) for element in elements)
        return self._absorb(answers, stop=node.macro == "exists")

    def _body(self, node: Quantified, element: Any) -> bool:
        self.bound[node.variable] = element
        return self.value(node.body)
