"""Entering, ending and turning rules."""

from apps.policy.services.agreeing import agreement_faults
from apps.policy.services.checking import (
    ExpressionCheck,
    ScopeDraft,
    examples_for,
    expression_check,
)
from apps.policy.services.documents import document_of, draft_of, hash_of
from apps.policy.services.drafting import draft_faults, expression_read
from apps.policy.services.drafts import (
    ClauseDraft,
    ConditionDraft,
    DutyDraft,
    ExampleDraft,
    ParameterDraft,
    RuleDraft,
)
from apps.policy.services.entering import adoption_faults, rule_enact, rule_end, rule_enter
from apps.policy.services.exemplifying import versions_asked_again
from apps.policy.services.proving import draft_coverage, draft_overlaps
from apps.policy.services.simulating import draft_source
from apps.policy.services.turning import rules_turn

__all__ = [
    "ClauseDraft",
    "ConditionDraft",
    "DutyDraft",
    "ExampleDraft",
    "ExpressionCheck",
    "ParameterDraft",
    "RuleDraft",
    "ScopeDraft",
    "adoption_faults",
    "agreement_faults",
    "document_of",
    "draft_coverage",
    "draft_faults",
    "draft_of",
    "draft_overlaps",
    "draft_source",
    "examples_for",
    "expression_check",
    "expression_read",
    "hash_of",
    "rule_enact",
    "rule_end",
    "rule_enter",
    "rules_turn",
    "versions_asked_again",
]
