"""Entering, ending and turning rules."""

from apps.policy.services.agreeing import agreement_faults
from apps.policy.services.checking import (
    ExpressionCheck,
    ScopeDraft,
    examples_for,
    expression_check,
)
from apps.policy.services.diverging import divergence_answer, divergence_file
from apps.policy.services.documents import DRAFTS, document_of, draft_of, hash_of, next_draft
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
from apps.policy.services.staying import stay_ask, stay_countersign, stay_end
from apps.policy.services.templates import template_draft
from apps.policy.services.turning import rules_turn
from apps.policy.services.undoing import Undoing, can_roll_back, rule_roll_back, undoing_of

__all__ = [
    "DRAFTS",
    "ClauseDraft",
    "ConditionDraft",
    "DutyDraft",
    "ExampleDraft",
    "ExpressionCheck",
    "ParameterDraft",
    "RuleDraft",
    "ScopeDraft",
    "Undoing",
    "adoption_faults",
    "agreement_faults",
    "can_roll_back",
    "divergence_answer",
    "divergence_file",
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
    "next_draft",
    "rule_enact",
    "rule_end",
    "rule_enter",
    "rule_roll_back",
    "rules_turn",
    "stay_ask",
    "stay_countersign",
    "stay_end",
    "template_draft",
    "undoing_of",
    "versions_asked_again",
]
