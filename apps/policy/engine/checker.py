"""Types: every name known, every operator given what it can take."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from apps.policy.engine.builder import fault
from apps.policy.engine.errors import RuleError
from apps.policy.engine.limits import DEPTH, NODES
from apps.policy.engine.naming import nearest
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
from apps.policy.engine.types import (
    BOOL,
    DURATION,
    INT,
    OPEN,
    STRING,
    TIMESTAMP,
    Kind,
    Type,
    list_of,
)
from apps.policy.engine.vocabulary import PROVENANCE, PROVENANCES, Fact, Vocabulary


class Checker:
    """Types one tree against a vocabulary; `parameters` holds what their uses told."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.parameters: dict[str, Type] = dict(vocabulary.parameters or {})
        self.bound: dict[str, Type] = {}
        self.rules: dict[type[Node], Callable[[Any], Node]] = {
            Literal: lambda node: node,
            Items: lambda node: replace(node, type=list_of(node.values[0].type)),
            Read: self._read,
            Variable: self._variable,
            Member: self._member,
            Has: self._has,
            Not: lambda node: replace(node, operand=self._bool(node.operand), type=BOOL),
            And: self._joined,
            Or: self._joined,
            Compare: self._compare,
            In: self._in,
            Minus: self._minus,
            TextTest: self._text_test,
            Size: self._size,
            Quantified: self._quantified,
        }

    def check(self, tree: Node) -> Node:
        """Return the typed tree; raise `RuleError`."""
        measure(tree)
        return self._bool(tree)

    def _of(self, node: Node) -> Any:
        return self.rules[type(node)](node)

    def _bool(self, node: Node) -> Node:
        typed = self._told(self._of(node), BOOL)
        if typed.type != BOOL:
            raise fault(
                node,
                f"A yes or no is needed here; this is {typed.type}.",
                "Compare it with a value.",
            )
        return typed

    def _told(self, node: Node, type_: Type) -> Node:
        """Return the node, an open parameter with the type that its place tells."""
        if node.type != OPEN or not isinstance(node, Read) or type_ == OPEN:
            return node
        self.parameters[node.name] = type_
        return replace(node, type=type_)

    def _read(self, node: Read) -> Node:
        if node.root is Root.PARAM:
            return self._parameter(node)
        facts = self.vocabulary.facts(node.root)
        if fact := facts.get(node.name):
            return replace(node, type=fact.type, optional=fact.optional)
        base = facts.get(node.name.removesuffix(PROVENANCE))
        if base and base.provenance and node.name.endswith(PROVENANCE):
            return replace(node, type=STRING, optional=base.optional)
        near = nearest(node.name, facts)
        raise fault(
            node,
            f"{node.root}.{node.name} is not in the vocabulary.",
            f"Did you mean {node.root}.{near}?" if near else "See the vocabulary page.",
        )

    def _parameter(self, node: Read) -> Node:
        if node.name in self.parameters:
            return replace(node, type=self.parameters[node.name])
        if self.vocabulary.parameters is None:
            return node
        near = nearest(node.name, self.parameters)
        raise fault(
            node,
            f"param.{node.name} is not among the rule’s parameters.",
            f"Did you mean param.{near}?" if near else "Add the parameter to the rule.",
        )

    def _variable(self, node: Variable) -> Node:
        if node.name in self.bound:
            return replace(node, type=self.bound[node.name])
        raise fault(node, f"{node.name} is not known here.", self._where(node.name))

    def _where(self, name: str) -> str:
        for root in (Root.LISTING, Root.REQ):
            if near := nearest(name, self.vocabulary.facts(root)):
                return f"Did you mean {root}.{near}? A text stands in quotation marks."
        return "A text stands in quotation marks; a fact begins with listing. or req."

    def _member(self, node: Member) -> Node:
        if node.variable not in self.bound:
            near = nearest(node.variable, (*Root, *self.bound))
            raise fault(
                node,
                f"{node.variable} is not known here.",
                f"Did you mean {near}.{node.name}?"
                if near
                else "Facts begin with listing. or req.",
            )
        owner = self.bound[node.variable]
        if found := owner.field(node.name):
            return replace(node, type=found.type, optional=found.optional)
        near = nearest(node.name, [field.name for field in owner.fields])
        raise fault(
            node,
            f"An element here has no part {node.name}.",
            f"Did you mean {node.variable}.{near}?" if near else "",
        )

    def _has(self, node: Has) -> Node:
        if isinstance(node.target, Read) and node.target.root is Root.PARAM:
            raise fault(node, "A parameter is always there.", "Leave has(…) out.")
        return replace(node, target=self._of(node.target), type=BOOL)

    def _joined(self, node: And | Or) -> Node:
        return replace(node, items=tuple(self._bool(item) for item in node.items), type=BOOL)

    def _compare(self, node: Compare) -> Node:
        left, right = self._alike(node, self._of(node.left), self._of(node.right))
        if node.operator in {"==", "!="}:
            if not left.type.scalar:
                raise fault(node, "Lists are not compared.", "Ask with in, exists or all.")
        elif not left.type.ordered:
            raise fault(node, f"{left.type} has no order.", "Use == or !=.")
        self._check_values(left, right)
        return replace(node, left=left, right=right, type=BOOL)

    def _alike(self, node: Node, left: Node, right: Node) -> tuple[Node, Node]:
        left, right = self._told(left, right.type), self._told(right, left.type)
        if left.type == OPEN:
            raise fault(node, "The type of this parameter is not known.", "Declare its value.")
        if left.type != right.type:
            raise fault(
                right, f"{left.type} is compared with {right.type}.", _number_remedy(left, right)
            )
        return left, right

    def _in(self, node: In) -> Node:
        item, collection = self._of(node.item), self._of(node.collection)
        if item.type.scalar:
            collection = self._told(collection, list_of(item.type))
        if collection.type.kind is not Kind.LIST:
            raise fault(
                node.collection,
                f"in needs a list; this is {collection.type}.",
                "For a part of a text write text.contains(part).",
            )
        item = self._told(item, collection.type.item)
        if item.type != collection.type.item:
            raise fault(
                node,
                f"{item.type} is sought in {collection.type}.",
                _number_remedy(item, collection),
            )
        self._check_values(item, collection)
        return replace(node, item=item, collection=collection, type=BOOL)

    def _minus(self, node: Minus) -> Node:
        left = self._told(self._of(node.left), TIMESTAMP)
        right = self._told(self._of(node.right), TIMESTAMP)
        for side in (left, right):
            if side.type != TIMESTAMP:
                raise fault(
                    side,
                    f"Only moments are subtracted; this is {side.type}.",
                    'Write req.date - listing.eval_date > duration("8760h").',
                )
        return replace(node, left=left, right=right, type=DURATION)

    def _text_test(self, node: TextTest) -> Node:
        subject = self._told(self._of(node.subject), STRING)
        argument = self._told(self._of(node.argument), STRING)
        for side in (subject, argument):
            if side.type != STRING:
                raise fault(
                    side,
                    f"{node.test} needs a text; this is {side.type}.",
                    "Ask a list with value in list." if side.type.kind is Kind.LIST else "",
                )
        return replace(node, subject=subject, argument=argument, type=BOOL)

    def _size(self, node: Size) -> Node:
        operand = self._of(node.operand)
        if operand.type.kind not in {Kind.STRING, Kind.LIST}:
            raise fault(node, f"Only a text or a list has a size; this is {operand.type}.")
        return replace(node, operand=operand, type=INT)

    def _quantified(self, node: Quantified) -> Node:
        if self.bound:
            raise fault(node, "Macros do not stand inside one another.", "Split the rule.")
        over = self._of(node.over)
        if over.type.kind is not Kind.LIST:
            raise fault(node.over, f"{node.macro} looks through a list; this is {over.type}.")
        self.bound = {node.variable: over.type.item}
        body = self._bool(node.body)
        self.bound = {}
        return replace(node, over=over, body=body, type=BOOL)

    def _check_values(self, left: Node, right: Node) -> None:
        """Refuse a written value that a fact can never have."""
        for fact_node, value_node in ((left, right), (right, left)):
            allowed = self._values(fact_node)
            values = value_node.values if isinstance(value_node, Items) else (value_node,)
            for value in values:
                if allowed and isinstance(value, Literal) and value.value not in allowed:
                    near = nearest(str(value.value), sorted(allowed))
                    raise fault(
                        value,
                        f"“{value.value}” is no value of this fact.",
                        f'Did you mean "{near}"?' if near else "See the vocabulary page.",
                    )

    def _values(self, node: Node) -> frozenset[str]:
        if not isinstance(node, Read) or node.root is Root.PARAM:
            return frozenset()
        fact: Fact | None = self.vocabulary.facts(node.root).get(node.name)
        return fact.values if fact else frozenset(PROVENANCES)


def measure(tree: Node) -> None:
    """Refuse a tree over the budget of nodes or of depth."""
    count = sum(1 for _node in walk(tree))
    if count > NODES:
        raise RuleError(
            f"The rule has {count} parts; {NODES} are read.", remedy="Split it into several rules."
        )
    if depth(tree) > DEPTH:
        raise RuleError(
            f"The rule is nested deeper than {DEPTH}.", remedy="Split it into several rules."
        )


def depth(node: Node) -> int:
    """Return how many nodes stand on the longest way down."""
    return 1 + max((depth(child) for child in node.children()), default=0)


def _number_remedy(left: Node, right: Node) -> str:
    kinds = {left.type.kind, right.type.kind}
    if kinds == {Kind.INT, Kind.DOUBLE}:
        return "Write both as whole numbers, or both with a point, as 3.0."
    if Kind.STRING in kinds:
        return "A text stands in quotation marks; a number or true does not."
    return ""
