"""Rules as formulas: what can be decided about all listings at once.

Only rules without unguarded reads are written so: they have two values, and err nowhere. What the
solver has no word for (`exists` and `all` over evaluations, parts of texts) is left open. So a
formula may hold where the rule does not, and whatever is shown to hold in no case, or to follow in
every case, truly does.
"""

from collections.abc import Callable
from typing import Any

import z3

from apps.policy.engine.nodes import (
    And,
    Compare,
    Has,
    In,
    Items,
    Literal,
    Minus,
    Node,
    Not,
    Or,
    Quantified,
    Read,
    Size,
    TextTest,
    Variable,
)
from apps.policy.engine.symbols import Formula, Symbols, all_of, any_of
from apps.policy.engine.types import Kind
from apps.policy.engine.walk import OPERATORS, TESTS


class Formulas:
    """Writes grounded trees as formulas over the same symbols."""

    def __init__(self, symbols: Symbols) -> None:
        self.symbols = symbols
        self.bound: dict[str, Node] = {}
        self.rules: dict[type[Node], Callable[[Any], Any]] = {
            Literal: lambda node: symbols.literal(node.value),
            Read: lambda node: symbols.fact(node).value,
            Variable: lambda node: self.of(self.bound[node.name]),
            Has: lambda node: symbols.fact(node.target).present,
            Not: lambda node: z3.Not(self.of(node.operand)),
            And: lambda node: self._joined(all_of, node),
            Or: lambda node: self._joined(any_of, node),
            Compare: self._compare,
            In: self._in,
            Minus: lambda node: self.of(node.left) - self.of(node.right),
            TextTest: self._text_test,
            Size: self._size,
            Quantified: self._quantified,
        }

    def of(self, node: Node) -> Any:
        """Return the formula of a condition, or the term of a value."""
        return self.rules[type(node)](node)

    def _joined(self, join: Callable[..., Formula], node: And | Or) -> Formula:
        return join([self.of(item) for item in node.items], self.symbols.context)

    def _compare(self, node: Compare) -> Formula:
        return OPERATORS[node.operator](self.of(node.left), self.of(node.right))

    def _in(self, node: In) -> Formula:
        item, collection = self.of(node.item), node.collection
        if isinstance(collection, Items):
            return self.symbols.among(item, [value.value for value in collection.values])
        return self.symbols.holds(self._read(collection), item)

    def _text_test(self, node: TextTest) -> Formula:
        """Leave it open, but for the texts that the rules name."""
        subject, argument = self._told(node.subject), self._told(node.argument)
        if isinstance(subject, Literal) and isinstance(argument, Literal):
            return self.symbols.literal(TESTS[node.test](str(subject.value), str(argument.value)))
        found = self.symbols.free((node.test, subject, argument))
        if isinstance(subject, Read) and isinstance(argument, Literal):
            for text, same in self.symbols.known_texts(subject):
                answer = self.symbols.literal(TESTS[node.test](text, str(argument.value)))
                self.symbols.axioms.append(z3.Implies(same, found == answer))
        return found

    def _size(self, node: Size) -> Any:
        operand = self._told(node.operand)
        if isinstance(operand, Literal):
            return self.symbols.literal(len(str(operand.value)))
        if isinstance(operand, Items):
            return self.symbols.literal(len(operand.values))
        read = self._read(operand)
        size = self.symbols.size(read)
        if read.type.kind is Kind.STRING:
            for text, same in self.symbols.known_texts(read):
                self.symbols.axioms.append(z3.Implies(same, size == len(text)))
        return size

    def _quantified(self, node: Quantified) -> Formula:
        if isinstance(node.over, Items):
            answers = [self._body(node, value) for value in node.over.values]
            return z3.Or(answers) if node.macro == "exists" else z3.And(answers)
        found = self.symbols.free(node)
        telling = found if node.macro == "exists" else z3.Not(found)
        self.symbols.axioms.append(z3.Implies(telling, self.symbols.filled(self._read(node.over))))
        return found

    def _body(self, node: Quantified, value: Literal) -> Formula:
        self.bound = {node.variable: value}
        return self.of(node.body)

    def _told(self, node: Node) -> Node:
        return self.bound[node.name] if isinstance(node, Variable) else node

    def _read(self, node: Node) -> Read:
        if not isinstance(node, Read):
            raise TypeError(f"{type(node).__name__} is no fact.")
        self.symbols.fact(node)
        return node
