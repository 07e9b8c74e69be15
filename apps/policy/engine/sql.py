"""The tree as PostgreSQL: bound parameters, and NULL where CEL has an error.

`AND`, `OR` and `NOT` are the same three-valued logic as CEL's. What differs is written out:
`exists` and `all` through bool_or with an arm for NULL, order of texts by code point, and a missing
value sought in an empty list. Facts are columns of their own name; numbers in them are finite.
"""

from collections.abc import Callable, Mapping
from typing import Any

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
)
from apps.policy.engine.types import STRING, TIMESTAMP, Kind, Type
from apps.policy.engine.vocabulary import PROVENANCE, PROVENANCES

COLUMNS = {
    Kind.BOOL: "boolean",
    Kind.INT: "bigint",
    Kind.DOUBLE: "double precision",
    Kind.STRING: "text",
    Kind.TIMESTAMP: "timestamptz",
    Kind.DURATION: "interval",
}
OPERATORS = {"==": "=", "!=": "<>"}
TESTS = {
    "startsWith": "starts_with({0}, {1})",
    "endsWith": "(right({0}, char_length({1})) = {1})",
    "contains": "(strpos({0}, {1}) > 0)",
}
QUANTIFIED = {
    "exists": "WHEN bool_or({0}) THEN TRUE WHEN bool_or(({0}) IS NULL) THEN NULL ELSE FALSE",
    "all": "WHEN bool_or(NOT ({0})) THEN FALSE WHEN bool_or(({0}) IS NULL) THEN NULL ELSE TRUE",
}


class Sql:
    """Writes one tree for one request; `alias` is that of the table of facts, if it has one."""

    def __init__(self, req: Mapping[str, Any], param: Mapping[str, Any], alias: str = "") -> None:
        self.given = {Root.REQ: req, Root.PARAM: param}
        self.prefix = f"{_quoted(alias)}." if alias else ""
        self.rules: dict[type[Node], Callable[[Any], tuple[str, list[Any]]]] = {
            Literal: lambda node: _bound(node.value, node.type),
            Items: lambda node: _bound([value.value for value in node.values], node.type),
            Read: self._read,
            Variable: lambda node: (_variable(node.name), []),
            Member: self._member,
            Has: self._has,
            Not: self._not,
            And: lambda node: self._joined(" AND ", node.items),
            Or: lambda node: self._joined(" OR ", node.items),
            Compare: self._compare,
            In: self._in,
            Minus: lambda node: self._joined(" - ", (node.left, node.right)),
            TextTest: self._text_test,
            Size: self._size,
            Quantified: self._quantified,
        }

    def write(self, node: Node) -> tuple[str, list[Any]]:
        """Return the node's text and its parameters, in order."""
        return self.rules[type(node)](node)

    def _read(self, node: Read) -> tuple[str, list[Any]]:
        if node.root is not Root.LISTING:
            return _bound(self.given[node.root].get(node.name), node.type)
        if node.name.endswith(PROVENANCE):
            return self._provenance(node.name.removesuffix(PROVENANCE)), []
        column = f"{self.prefix}{_quoted(node.name)}"
        if node.type == TIMESTAMP:
            return f"({column}::timestamp AT TIME ZONE 'UTC')", []
        return column, []

    def _provenance(self, name: str) -> str:
        declared, attested, decided = PROVENANCES
        arms = "".join(
            f" WHEN '{name}' = ANY({self.prefix}{word}) THEN '{word}'"
            for word in (decided, attested)
        )
        column = f"{self.prefix}{_quoted(name)}"
        return f"(CASE WHEN {column} IS NULL THEN NULL{arms} ELSE '{declared}' END)"

    def _member(self, node: Member) -> tuple[str, list[Any]]:
        text = f"({_variable(node.variable)} ->> '{node.name}')"
        return (text if node.type == STRING else f"{text}::{COLUMNS[node.type.kind]}"), []

    def _has(self, node: Has) -> tuple[str, list[Any]]:
        target = node.target
        if isinstance(target, Read) and target.root is Root.REQ:
            return ("TRUE" if target.name in self.given[Root.REQ] else "FALSE"), []
        if isinstance(target, Read):
            return f"({self.prefix}{_quoted(target.name.removesuffix(PROVENANCE))} IS NOT NULL)", []
        return f"(({_variable(target.variable)} ->> '{target.name}') IS NOT NULL)", []

    def _not(self, node: Not) -> tuple[str, list[Any]]:
        text, values = self.write(node.operand)
        return f"(NOT {text})", values

    def _joined(self, word: str, items: tuple[Node, ...]) -> tuple[str, list[Any]]:
        written = [self.write(item) for item in items]
        return (
            f"({word.join(text for text, _values in written)})",
            [value for _text, values in written for value in values],
        )

    def _compare(self, node: Compare) -> tuple[str, list[Any]]:
        word = OPERATORS.get(node.operator)
        if not word and node.left.type == STRING:
            return self._joined(f' COLLATE "C" {node.operator} ', (node.left, node.right))
        return self._joined(f" {word or node.operator} ", (node.left, node.right))

    def _in(self, node: In) -> tuple[str, list[Any]]:
        item, values = self.write(node.item)
        collection, more = self.write(node.collection)
        test = f"({item} = ANY({collection}))"
        if isinstance(node.collection, Items) or isinstance(node.item, Literal):
            return test, [*values, *more]
        # NULL = ANY('{}') is false; CEL's answer for a missing value is an error.
        return f"(CASE WHEN {item} IS NOT NULL THEN {test} END)", [*values, *values, *more]

    def _text_test(self, node: TextTest) -> tuple[str, list[Any]]:
        subject, values = self.write(node.subject)
        argument, more = self.write(node.argument)
        repeated = more if node.test == "endsWith" else []
        return TESTS[node.test].format(subject, argument), [*values, *more, *repeated]

    def _size(self, node: Size) -> tuple[str, list[Any]]:
        text, values = self.write(node.operand)
        if node.operand.type == STRING:
            return f"char_length({text})", values
        return f"{_length(node.operand.type)}({text})", values

    def _quantified(self, node: Quantified) -> tuple[str, list[Any]]:
        over, values = self.write(node.over)
        body, more = self.write(node.body)
        rows = "jsonb_array_elements" if node.over.type.item.kind is Kind.RECORD else "unnest"
        arms = QUANTIFIED[node.macro].format(body)
        variable = _variable(node.variable)
        text = (
            f"(CASE WHEN {over} IS NULL THEN NULL ELSE "  # noqa: S608 - names are checked, values bound
            f"(SELECT CASE {arms} END FROM {rows}({over}) AS rule_element({variable})) END)"
        )
        return text, [*values, *more, *more, *values]


def _length(type_: Type) -> str:
    return "jsonb_array_length" if type_.item.kind is Kind.RECORD else "cardinality"


def _quoted(name: str) -> str:
    if not name.isidentifier():
        raise RuleError(f"{name} cannot be a column.")
    return f'"{name}"'


def _variable(name: str) -> str:
    return f'"v_{name}"'


def _bound(value: Any, type_: Type) -> tuple[str, list[Any]]:
    """Return a placeholder of the type; a missing value is NULL."""
    if type_.kind is Kind.LIST:
        return f"CAST(%s AS {COLUMNS[type_.item.kind]}[])", [_plain_list(value)]
    column = COLUMNS[type_.kind]
    if type_ == TIMESTAMP and value is not None:
        value = moment_of(value)
    return f"CAST(%s AS {column})", [value]


def _plain_list(value: Any) -> list[Any] | None:
    return None if value is None else list(value)
