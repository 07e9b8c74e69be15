"""A rule as people fill it in, for every page on which one is written."""

from apps.policy.forms.checking import checked, editor
from apps.policy.forms.code import CodeLine, code_lines
from apps.policy.forms.entry import RuleForm, RuleForms, next_draft

__all__ = [
    "CodeLine",
    "RuleForm",
    "RuleForms",
    "checked",
    "code_lines",
    "editor",
    "next_draft",
]
