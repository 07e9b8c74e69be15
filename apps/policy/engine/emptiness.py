"""Whether a rule has anything to do: it fires at times, not always, and not where others do."""

import threading
from collections.abc import Iterable
from contextlib import suppress

import z3

from apps.policy.engine.builder import fault
from apps.policy.engine.errors import RuleError
from apps.policy.engine.nodes import Node
from apps.policy.engine.proof import Proof, Ruled
from apps.policy.engine.sources import RuleSource
from apps.policy.engine.vocabulary import Vocabulary

KEPT = threading.local()


def vacuity(rule: Ruled, vocabulary: Vocabulary) -> RuleError | None:
    """Return why a rule fires never or always, or is too intricate to tell.

    A solver's context takes as long to make as the answer, so the thread keeps one. What it does
    not pass is asked again in a new one: no reason hangs on what was asked before.
    """
    with suppress(RuleError):
        if Proof(rule, (), vocabulary, _kept()).sound():
            return None
    proof = Proof(rule, (), vocabulary)
    try:
        proof.must_be_simple()
        return proof.never() or proof.always()
    except RuleError as intricate:
        return intricate


def _kept() -> z3.Context:
    """Return this thread's context."""
    if not hasattr(KEPT, "context"):
        KEPT.context = z3.Context()
    return KEPT.context


def coverage(rule: Ruled, others: Iterable[Ruled], vocabulary: Vocabulary) -> list[RuleError]:
    """Return the rules that leave nothing for a rule to do, each as a refusal of it."""
    proof = Proof(rule, others, vocabulary)
    try:
        return [_covered(rule.compiled.tree, other) for other in proof.covered_by()]
    except RuleError as intricate:
        return [intricate]


def _covered(tree: Node, other: RuleSource) -> RuleError:
    return fault(
        tree,
        f"Wherever this fires, {other.id} fires already, with the same effect or a stronger one.",
        f"Say what this rule adds, or amend {other.id}.",
    )
