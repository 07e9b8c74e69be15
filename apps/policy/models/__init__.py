"""Nouns of the rule register."""

from apps.policy.models.divergences import Divergence
from apps.policy.models.parts import Clause, RuleCondition, RuleDuty, RuleExample, RuleParameter
from apps.policy.models.rules import Rule, RulesetChange, RuleVersion
from apps.policy.models.stays import RuleStay
from apps.policy.models.templates import RuleTemplate
from apps.policy.models.uses import Use

__all__ = [
    "Clause",
    "Divergence",
    "Rule",
    "RuleCondition",
    "RuleDuty",
    "RuleExample",
    "RuleParameter",
    "RuleStay",
    "RuleTemplate",
    "RuleVersion",
    "RulesetChange",
    "Use",
]
