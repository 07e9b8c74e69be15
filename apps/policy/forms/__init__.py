"""A rule as people fill it in, for every page on which one is written."""

from apps.policy.forms.beginning import begun
from apps.policy.forms.checking import asks_only, checked, editor
from apps.policy.forms.code import CodeLine, code_lines
from apps.policy.forms.entry import RuleForm, RuleForms
from apps.policy.forms.offering import sent_rule

__all__ = [
    "CodeLine",
    "RuleForm",
    "RuleForms",
    "asks_only",
    "begun",
    "checked",
    "code_lines",
    "editor",
    "sent_rule",
]
