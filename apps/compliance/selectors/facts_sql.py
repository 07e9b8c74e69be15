"""Rules as SQL over the kept facts, which hold the evidence in lists as plain columns too."""

from typing import Any

from apps.policy.engine.nodes import And, Compare, Literal, Member, Node, Quantified, Read
from apps.policy.engine.sql import Sql

EVALUATIONS = "evals"
# Some score lies below a limit where the lowest does, and above it where the highest does.
EXTREMES = {"<": "eval_lows", "<=": "eval_lows", ">": "eval_highs", ">=": "eval_highs"}


class FactsSql(Sql):
    """Writes what asks for one kind of evaluation by its score without opening the list."""

    def __init__(self, req: dict[str, Any], param: Any, alias: str) -> None:
        super().__init__(req, param, alias)
        self.rules[Quantified] = self._evidence

    def _evidence(self, node: Quantified) -> tuple[str, list[Any]]:
        asked = _score_of_a_kind(node)
        if asked is None:
            return self._quantified(node)
        kind, operator, limit = asked
        column = f"{self.prefix}{EXTREMES[operator]}"
        wanted, values = self.write(kind)
        bound, more = self.write(limit)
        place = f"array_position({self.prefix}eval_kinds, {wanted})"
        return f"coalesce({column}[{place}] {operator} {bound}, false)", [*values, *more]


def _score_of_a_kind(node: Quantified) -> tuple[Literal, str, Node] | None:
    """Return kind, comparison and limit of `exists(e, e.kind == "…" && e.score < …)`."""
    over, body = node.over, node.body
    if node.macro != "exists" or not isinstance(over, Read) or over.name != EVALUATIONS:
        return None
    if not isinstance(body, And):
        return None
    match body.items:
        case (
            Compare(operator="==", left=Member(name="kind"), right=Literal() as kind),
            Compare(
                operator=operator, left=Member(name="score"), right=Literal() | Read() as limit
            ),
        ) if operator in EXTREMES and not _asks_the_listing(limit):
            return kind, operator, limit
    return None


def _asks_the_listing(node: Node) -> bool:
    return isinstance(node, Read) and node.root == "listing"
