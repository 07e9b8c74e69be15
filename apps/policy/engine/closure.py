"""The tree as Python: one compiled expression, made of whitelisted nodes and repr() literals.

It answers as long as nothing read is missing; where something is, it raises, and the tree walk
says what that leads to.
"""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

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
)
from apps.policy.engine.types import TIMESTAMP

Facts = Mapping[str, Any]
Closure = Callable[[Facts, Facts, Facts], bool]
UNANSWERED = (KeyError, TypeError, AttributeError, ValueError)
SCOPE: dict[str, Any] = {
    "__builtins__": {},
    "moment": moment_of,
    "datetime": dt.datetime,
    "timedelta": dt.timedelta,
    "UTC": dt.UTC,
    "len": len,
    "any": any,
    "all": all,
}
TESTS = {
    "startsWith": "{0}.startswith({1})",
    "endsWith": "{0}.endswith({1})",
    "contains": "({1} in {0})",
}


def closure_of(tree: Node) -> Closure:
    """Return the tree as a function of listing, request and parameters."""
    return function_of(f"lambda listing, req, param: {python(tree)}")


def function_of(source: str) -> Any:
    """Return what our own source says; nothing but the names of `SCOPE` can be reached."""
    return eval(compile(source, "<rule>", "eval"), dict(SCOPE))  # noqa: S307 - see the module


def python(node: Node, parameters: Mapping[str, Any] | None = None) -> str:
    """Return the node's source; parameters given here stand in it as literals."""
    return _Writer(parameters).write(node)


class _Writer:
    """Writes one tree."""

    def __init__(self, parameters: Mapping[str, Any] | None) -> None:
        self.parameters = parameters
        self.rules: dict[type[Node], Callable[[Any], str]] = {
            Literal: lambda node: literal(node.value),
            Items: lambda node: f"({', '.join(literal(v.value) for v in node.values)},)",
            Read: self._read,
            Variable: lambda node: f"v_{node.name}",
            Member: lambda node: f"v_{node.variable}[{node.name!r}]",
            Has: self._has,
            Not: lambda node: f"(not {self.write(node.operand)})",
            And: lambda node: f"({' and '.join(map(self.write, node.items))})",
            Or: lambda node: f"({' or '.join(map(self.write, node.items))})",
            Compare: self._compare,
            In: self._in,
            Minus: lambda node: f"({self.write(node.left)} - {self.write(node.right)})",
            TextTest: self._text_test,
            Size: lambda node: f"len({self.write(node.operand)})",
            Quantified: self._quantified,
        }

    def write(self, node: Node) -> str:
        return self.rules[type(node)](node)

    def _read(self, node: Read) -> str:
        if node.root is Root.PARAM and self.parameters is not None:
            return literal(self.parameters[node.name])
        read = f"{node.root.value}[{node.name!r}]"
        return f"moment({read})" if node.type == TIMESTAMP else read

    def _has(self, node: Has) -> str:
        target = node.target
        owner = target.root.value if isinstance(target, Read) else f"v_{target.variable}"
        return f"({target.name!r} in {owner})"

    def _compare(self, node: Compare) -> str:
        return f"({self.write(node.left)} {node.operator} {self.write(node.right)})"

    def _in(self, node: In) -> str:
        item = self.write(node.item)
        if isinstance(node.collection, Items):
            values = ", ".join(literal(value.value) for value in node.collection.values)
            return f"({item} in {{{values}}})"
        return f"({item} in {self.write(node.collection)})"

    def _text_test(self, node: TextTest) -> str:
        return TESTS[node.test].format(self.write(node.subject), self.write(node.argument))

    def _quantified(self, node: Quantified) -> str:
        function = "any" if node.macro == "exists" else "all"
        over, body = self.write(node.over), self.write(node.body)
        return f"{function}({body} for v_{node.variable} in {over})"


def literal(value: Any) -> str:
    """Return a value as Python writes it."""
    if isinstance(value, dt.datetime):
        return (
            f"datetime({value.year}, {value.month}, {value.day}, {value.hour}, {value.minute}, "
            f"{value.second}, {value.microsecond}, UTC)"
        )
    if isinstance(value, dt.timedelta):
        return f"timedelta({value.days}, {value.seconds}, {value.microseconds})"
    if isinstance(value, list | tuple):
        return f"({', '.join(map(literal, value))}{',' if value else ''})"
    if type(value) in {bool, int, float, str}:
        return repr(value)
    raise TypeError(f"A {type(value).__name__} cannot stand in a rule.")
