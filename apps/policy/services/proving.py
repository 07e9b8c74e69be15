"""What is shown of a draft beside the rules that stand, before it can become one of them."""

from dataclasses import replace

from apps.core.clock import now
from apps.policy.engine import CompiledRule, Outcome, RuleSource, compile_rule, value_of
from apps.policy.engine.emptiness import coverage, vacuity
from apps.policy.engine.proof import Overlap, Proof, Ruled
from apps.policy.engine.values import types_of
from apps.policy.errors import DraftFault
from apps.policy.models import Rule
from apps.policy.selectors import ruleset, vocabulary
from apps.policy.services.drafts import ParameterDraft, RuleDraft
from apps.policy.services.simulating import NO_RULE, draft_source


def draft_ruled(draft: RuleDraft, compiled: CompiledRule, *, follows: Rule | None = None) -> Ruled:
    """Return a sound draft as the solver takes it, from its first day to its last.

    Without a first day it begins now: a rule in force covers it though it began earlier.
    """
    source = draft_source(draft, follows=follows)
    begins = max(draft.effective_at or now(), now())
    return Ruled(replace(source, since=begins, until=draft.sunset_at), compiled)


def bare_ruled(compiled: CompiledRule, parameters: list[ParameterDraft]) -> Ruled:
    """Return an expression alone as the solver takes it, whatever its scope will be."""
    values = {one.name: value_of(one.value) for one in parameters}
    source = RuleSource(
        id=NO_RULE, expression=compiled.source, outcome=Outcome.ALLOW, parameters=values
    )
    return Ruled(source, compiled)


def draft_vacuity(ruled: Ruled) -> list[DraftFault]:
    """Return why a rule fires never, or always."""
    error = vacuity(ruled, vocabulary())
    return [DraftFault.of("expression", error)] if error else []


def draft_coverage(draft: RuleDraft, *, follows: Rule | None = None) -> list[DraftFault]:
    """Return the standing rules that leave nothing for a sound draft to do, each as its fault.

    The rule that it follows is not held against it, for the draft takes its place.
    """
    errors = coverage(ruled_of(draft, follows), _standing(), vocabulary())
    return [DraftFault.of("expression", error) for error in errors]


def draft_overlaps(draft: RuleDraft, *, follows: Rule | None = None) -> list[Overlap]:
    """Return the rules that can fire where a sound draft does, each with an example."""
    return Proof(ruled_of(draft, follows), _standing(), vocabulary()).overlaps()


def ruled_of(draft: RuleDraft, follows: Rule | None) -> Ruled:
    """Return a sound draft, compiled, as the solver takes it."""
    types = types_of({one.name: value_of(one.value) for one in draft.parameters})
    compiled = compile_rule(draft.expression, vocabulary().with_parameters(types))
    return draft_ruled(draft, compiled, follows=follows)


def _standing() -> list[Ruled]:
    """Return the rules in force or to come."""
    found = ruleset()
    return [Ruled(*pair) for pair in zip(found.sources, found.compiled, strict=True)]
