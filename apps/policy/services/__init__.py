"""Entering, ending and turning rules."""

from apps.policy.services.drafting import (
    ExpressionCheck,
    draft_faults,
    expression_check,
    expression_read,
)
from apps.policy.services.drafts import (
    ClauseDraft,
    ConditionDraft,
    DutyDraft,
    ParameterDraft,
    RuleDraft,
)
from apps.policy.services.entering import rule_enact, rule_end, rule_enter, strange_authority
from apps.policy.services.proving import draft_overlaps
from apps.policy.services.simulating import draft_source
from apps.policy.services.turning import rules_turn

__all__ = [
    "ClauseDraft",
    "ConditionDraft",
    "DutyDraft",
    "ExpressionCheck",
    "ParameterDraft",
    "RuleDraft",
    "draft_faults",
    "draft_overlaps",
    "draft_source",
    "expression_check",
    "expression_read",
    "rule_enact",
    "rule_end",
    "rule_enter",
    "rules_turn",
    "strange_authority",
]
