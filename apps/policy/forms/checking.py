"""What a page shows of a rule while it is written: its faults, and what it can ask."""

from typing import Any

from apps.policy.engine.paraphrase import Said
from apps.policy.errors import DraftFault
from apps.policy.forms.code import code_lines
from apps.policy.forms.entry import RuleForms
from apps.policy.models import Rule
from apps.policy.selectors import rule_templates, said, vocabulary
from apps.policy.services import adoption_faults, expression_check


def checked(forms: RuleForms, *, follows: Rule | None = None) -> list[DraftFault]:
    """Return the faults of the whole draft, or of its expression where the rest is unfinished.

    `follows` is the rule that it would change.
    """
    if forms.is_valid():
        return adoption_faults(forms.draft(), follows=follows)
    parameters, clauses = forms.written()
    check = expression_check(expression=forms.expression(), parameters=parameters, clauses=clauses)
    return check.faults


def asks_only(sent: Any) -> bool:
    """Whether the page asks for a check, or for examples, and not to keep anything."""
    return "check" in sent or "offer" in sent


def editor(forms: RuleForms, faults: list[DraftFault] | None) -> dict[str, Any]:
    """Return the values of `policy/rule_fields.html`; without `faults` nothing was checked yet.

    Each fault is laid at its field and at its line.
    """
    forms.add_faults(faults or [])
    in_expression = [fault for fault in faults or [] if fault.field == "expression"]
    known = vocabulary()
    return {
        "form": forms.form,
        "rows": forms.rows,
        "templates": [] if faults is not None or forms.expression() else rule_templates(),
        "lines": code_lines(forms.expression(), in_expression) if faults is not None else [],
        "said": _said(forms) if faults is not None else None,
        "elsewhere": [fault for fault in faults or [] if fault.field != "expression"],
        "checked": faults is not None,
        "sound": faults == [] and forms.is_valid(),
        "expression_sound": faults is not None and not in_expression,
        "listing_facts": known.listing.values(),
        "request_facts": known.request.values(),
    }


def _said(forms: RuleForms) -> Said | None:
    parameters, _clauses = forms.written()
    return said(forms.expression(), parameters)
