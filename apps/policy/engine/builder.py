"""From the parser's tree to nodes, with every place kept."""

from collections.abc import Callable

from lark import Token, Tree

from apps.policy.engine.errors import RuleError
from apps.policy.engine.limits import BRACKETS, LIST
from apps.policy.engine.literals import read_moment, read_span
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
    Span,
    TextTest,
    Variable,
)
from apps.policy.engine.types import DURATION, TIMESTAMP
from apps.policy.engine.written import count_values, written, written_list

PUNCTUATION = {"OR", "AND", "IN", "NOT", "MINUS", "DOT", "COMMA", "OPEN", "CLOSE", "BEGIN", "END"}
TEXT_TESTS = ("startsWith", "endsWith", "contains")
MACROS = ("exists", "all")
METHODS = (*TEXT_TESTS, *MACROS, "size")
FUNCTIONS = ("has", "size", "timestamp", "duration")
RESERVED = frozenset(
    """as break const continue else false for function if import in let loop package namespace
    null return true var void while listing req param""".split()  # noqa: SIM905 - a list of words
)
Part = Tree[Token] | Token


class Builder:
    """Builds the nodes of one source."""

    def __init__(self) -> None:
        self.level = 0
        self.makers: dict[str, Callable[[Tree[Token]], Node]] = {
            "disjunction": lambda tree: Or(span=_span(tree), items=self._all(tree)),
            "conjunction": lambda tree: And(span=_span(tree), items=self._all(tree)),
            "compare": self._compare,
            "membership": self._membership,
            "minus": self._minus,
            "negation": lambda tree: Not(span=_span(tree), operand=self._all(tree)[0]),
            "select": self._select,
            "method": self._method,
            "name": self._name,
            "call": self._call,
            "group": lambda tree: self._all(tree)[0],
            "items": self._items,
            "values": self._values,
            "literal": lambda tree: written("".join(map(str, tree.children)), _span(tree)),
        }

    def build(self, tree: Tree[Token]) -> Node:
        """Return the node of the whole rule."""
        return self._node(_trees(tree)[0])

    def _node(self, tree: Tree[Token]) -> Node:
        if self.level > BRACKETS:
            raise fault(
                tree,
                f"More than {BRACKETS} brackets are open here.",
                "Split it into several rules.",
            )
        self.level += 1
        node = self.makers[tree.data](tree)
        self.level -= 1
        return node

    def _all(self, tree: Tree[Token]) -> tuple[Node, ...]:
        return tuple(self._node(child) for child in _trees(tree))

    def _compare(self, tree: Tree[Token]) -> Node:
        left, right = self._all(tree)
        return Compare(span=_span(tree), operator=str(tree.children[1]), left=left, right=right)

    def _membership(self, tree: Tree[Token]) -> Node:
        item, collection = self._all(tree)
        return In(span=_span(tree), item=item, collection=collection)

    def _minus(self, tree: Tree[Token]) -> Node:
        left, right = self._all(tree)
        return Minus(span=_span(tree), left=left, right=right)

    def _values(self, tree: Tree[Token]) -> Node:
        text = str(tree.children[0])
        _check_length(tree, count_values(text))
        return _list(tree, tuple(written_list(text, _span(tree))))

    def _items(self, tree: Tree[Token]) -> Node:
        nodes = self._all(tree)
        if not nodes:
            raise fault(tree, "An empty list holds nothing.", "Name what the list holds.")
        values = tuple(node for node in nodes if isinstance(node, Literal))
        strange = next((node for node in nodes if not isinstance(node, Literal)), None)
        if strange:
            raise fault(
                strange, "A list holds written values only.", "Compare with == and join by ||."
            )
        return _list(tree, values)

    def _name(self, tree: Tree[Token]) -> Node:
        name = str(tree.children[0])
        if name == "null":
            raise fault(
                tree, "There is no null here.", "Ask has(listing.x) whether a fact is there."
            )
        if name in set(Root):
            raise fault(tree, f"{name} stands alone.", f"Name what is read: {name}.….")
        return Variable(span=_span(tree), name=name)

    def _select(self, tree: Tree[Token]) -> Node:
        owner, name = _trees(tree)[0], str(tree.children[-1])
        if owner.data != "name":
            raise fault(
                tree,
                "Only listing, req, param and a macro’s element have parts.",
                "Read a fact as listing.task.",
            )
        root = str(owner.children[0])
        if root in set(Root):
            return Read(span=_span(tree), root=Root(root), name=name)
        return Member(span=_span(tree), variable=root, name=name)

    def _call(self, tree: Tree[Token]) -> Node:
        name = str(tree.children[0])
        arguments = _trees(tree)
        if name not in FUNCTIONS:
            near = nearest(name, FUNCTIONS) or (f"….{name}(…)" if name in METHODS else "")
            raise fault(tree, f"There is no function {name}.", near and f"Did you mean {near}?")
        if len(arguments) != 1:
            raise fault(tree, f"{name} takes one value.")
        node = self._node(arguments[0])
        if name == "size":
            return Size(span=_span(tree), operand=node)
        if name == "has":
            return self._has(tree, node)
        return self._moment(tree, name, node)

    def _has(self, tree: Tree[Token], target: Node) -> Node:
        if not isinstance(target, Read | Member):
            raise fault(tree, "has asks for one fact.", "Write has(listing.licence).")
        return Has(span=_span(tree), target=target)

    def _moment(self, tree: Tree[Token], name: str, node: Node) -> Node:
        if not isinstance(node, Literal) or not isinstance(node.value, str):
            raise fault(tree, f"{name} reads a written text.", f'Write {name}("…").')
        try:
            if name == "timestamp":
                return Literal(span=_span(tree), value=read_moment(node.value), type=TIMESTAMP)
            return Literal(span=_span(tree), value=read_span(node.value), type=DURATION)
        except (ValueError, OverflowError) as error:
            raise fault(node, str(error)) from None

    def _method(self, tree: Tree[Token]) -> Node:
        owner, *arguments = _trees(tree)
        name = next(str(part) for part in tree.children if _is(part, "NAME"))
        if name in MACROS:
            return self._macro(tree, name, owner, arguments)
        subject = self._node(owner)
        if name == "size" and not arguments:
            return Size(span=_span(tree), operand=subject)
        if name in TEXT_TESTS and len(arguments) == 1:
            argument = self._node(arguments[0])
            return TextTest(span=_span(tree), test=name, subject=subject, argument=argument)
        if name in METHODS:
            raise fault(tree, f"{name} is given {len(arguments)} values.")
        near = nearest(name, METHODS)
        raise fault(tree, f"There is no function {name}.", near and f"Did you mean {near}?")

    def _macro(
        self, tree: Tree[Token], name: str, owner: Tree[Token], arguments: list[Tree[Token]]
    ) -> Node:
        example = f"Write listing.evals.{name}(e, e.score < 0.5)."
        if len(arguments) != 2 or arguments[0].data != "name":  # noqa: PLR2004 - a name and a condition
            raise fault(tree, f"{name} takes a name and a condition.", example)
        variable = str(arguments[0].children[0])
        if variable in RESERVED:
            raise fault(arguments[0], f"{variable} cannot name an element.", example)
        over, body = self._node(owner), self._node(arguments[1])
        return Quantified(span=_span(tree), macro=name, over=over, variable=variable, body=body)


def _list(tree: Tree[Token], values: tuple[Literal, ...]) -> Items:
    _check_length(tree, len(values))
    odd = next((value for value in values if value.type != values[0].type), None)
    if odd:
        raise fault(odd, f"The list begins with {values[0].type}; this is {odd.type}.")
    return Items(span=_span(tree), values=values)


def _check_length(tree: Tree[Token], count: int) -> None:
    if count > LIST:
        raise fault(tree, f"The list has {count} values; {LIST} are read.", "Split the rule.")


def fault(at: Tree[Token] | Node, reason: str, remedy: str = "") -> RuleError:
    """Return a refusal that points at a place."""
    span = at.span if isinstance(at, Node) else _span(at)
    return RuleError(reason, span.line, span.column, remedy)


def _span(tree: Tree[Token]) -> Span:
    """Return where a tree stands: from its first sign to its last."""
    first, last = _edge(tree, 0), _edge(tree, -1)
    return Span(first.line or 1, first.column or 1, first.start_pos or 0, last.end_pos or 0)


def _edge(part: Part, side: int) -> Token:
    while isinstance(part, Tree):
        part = part.children[side]
    return part


def _trees(tree: Tree[Token]) -> list[Tree[Token]]:
    return [child for child in tree.children if isinstance(child, Tree)]


def _is(part: Part, kind: str) -> bool:
    return isinstance(part, Token) and part.type == kind
