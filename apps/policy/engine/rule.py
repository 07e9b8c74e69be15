"""One compiled rule: answered, explained, and written as SQL."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from apps.policy.engine.checker import Checker
from apps.policy.engine.closure import UNANSWERED, Closure, closure_of
from apps.policy.engine.definedness import unguarded
from apps.policy.engine.errors import RuleError
from apps.policy.engine.nodes import Node, parts
from apps.policy.engine.parser import parse
from apps.policy.engine.sql import Sql
from apps.policy.engine.types import Type
from apps.policy.engine.vocabulary import Vocabulary
from apps.policy.engine.walk import Step, Walker

NONE: Mapping[str, Any] = {}


@dataclass(frozen=True, slots=True)
class CompiledRule:
    """A rule that was read and typed; `parameters` are those it reads, with their types."""

    source: str
    tree: Node
    parameters: Mapping[str, Type]
    closure: Closure

    def evaluate(
        self, listing: Mapping[str, Any], req: Mapping[str, Any], param: Mapping[str, Any] = NONE
    ) -> bool:
        """Return whether the rule fires; raise `RuleError` where a missing fact decides."""
        try:
            return self.closure(listing, req, param)
        except UNANSWERED:
            return self.walk(listing, req, param)

    def walk(
        self, listing: Mapping[str, Any], req: Mapping[str, Any], param: Mapping[str, Any] = NONE
    ) -> bool:
        """Return the same answer by walking the tree."""
        try:
            return Walker(listing, req, param).value(self.tree)
        except UNANSWERED as error:
            raise RuleError(
                f"A fact has another form than the vocabulary says: {error}.",
                remedy="Give texts, numbers, lists and moments as the vocabulary has them.",
            ) from error

    def sql(
        self, req: Mapping[str, Any], param: Mapping[str, Any] = NONE, *, alias: str = ""
    ) -> tuple[str, list[Any]]:
        """Return a PostgreSQL expression over a table of facts, and its parameters."""
        return Sql(req, param, alias).write(self.tree)

    def explain(
        self, listing: Mapping[str, Any], req: Mapping[str, Any], param: Mapping[str, Any] = NONE
    ) -> Step:
        """Return what each part of the rule answered, and the facts it read."""
        return Walker(listing, req, param).step(self.tree, self.source)

    def unguarded(self) -> list[RuleError]:
        """Return the reads of facts that may be missing and that no has() guards."""
        return unguarded(self.tree)

    def holds_part(self, other: Node) -> bool:
        """Whether another tree is this rule, or one of its conjuncts or disjuncts."""
        return any(part == other for part in parts(self.tree))


def compile_rule(source: str, vocabulary: Vocabulary) -> CompiledRule:
    """Return the compiled rule; raise `RuleError` with line, column and remedy.

    Reads of facts that may be missing are compiled too, and err when asked, as in CEL; what is to
    be adopted must pass `unguarded` with none found.
    """
    checker = Checker(vocabulary)
    tree = checker.check(parse(source))
    return CompiledRule(source, tree, dict(checker.parameters), closure_of(tree))


def compile_part(source: str, vocabulary: Vocabulary) -> Node:
    """Return the typed tree of a clause's expression."""
    return Checker(vocabulary).check(parse(source))
