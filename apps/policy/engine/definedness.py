"""Every fact that may be missing is read only where has(…) has found it there.

A rule that passes can answer for every listing: no error reaches its verdict.
"""

from apps.policy.engine.builder import fault
from apps.policy.engine.errors import RuleError
from apps.policy.engine.nodes import And, Has, Member, Node, Not, Or, Read, Root
from apps.policy.engine.vocabulary import PROVENANCE

Known = frozenset[str]
NOTHING: Known = frozenset()


def unguarded(tree: Node) -> list[RuleError]:
    """Return one error for each read that no has() guards, in the order of the text."""
    found: list[RuleError] = []
    _visit(tree, NOTHING, found)
    return found


def _visit(node: Node, known: Known, found: list[RuleError]) -> None:
    if isinstance(node, Has):
        return
    if isinstance(node, And | Or):
        for item in node.items:
            _visit(item, known, found)
            known |= _learnt(item, holds=isinstance(node, And))
        return
    if isinstance(node, Read | Member) and node.optional and _name(node) not in known:
        found.append(_fault(node))
    for child in node.children():
        _visit(child, known, found)


def _learnt(node: Node, *, holds: bool) -> Known:
    """Return the facts that are certainly there where the node answers so."""
    if isinstance(node, Has):
        return frozenset({_name(node.target)}) if holds else NOTHING
    if isinstance(node, Not):
        return _learnt(node.operand, holds=not holds)
    if isinstance(node, And | Or):
        sets = [_learnt(item, holds=holds) for item in node.items]
        every = isinstance(node, And) == holds
        return NOTHING.union(*sets) if every else sets[0].intersection(*sets[1:])
    return NOTHING


def _name(node: Read | Member) -> str:
    if isinstance(node, Member):
        return f"{node.variable}.{node.name}"
    return f"{node.root}.{node.name.removesuffix(PROVENANCE)}"


def _fault(node: Read | Member) -> RuleError:
    name = _name(node)
    whose = "listings" if isinstance(node, Read) and node.root is Root.LISTING else "elements"
    return fault(
        node,
        f"Some {whose} have no {name.split('.')[1]}, so this has no answer for them.",
        f"Say what a missing value means: !has({name}) || … or has({name}) && ….",
    )
