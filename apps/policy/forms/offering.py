"""Examples of the solver laid into the rows of a form, each to be answered by its author."""

from typing import Any, TypeVar

from apps.policy.forms.entry import RuleForms
from apps.policy.forms.rows import MOST, filled_rows
from apps.policy.services import examples_for

Forms = TypeVar("Forms", bound=RuleForms)


def sent_rule(form_class: type[Forms], sent: Any) -> Forms:
    """Return the forms of what was sent; `offer` adds rows with facts, but with no answer."""
    forms = form_class(sent)
    return form_class(_with_offered(forms, sent)) if "offer" in sent else forms


def _with_offered(forms: RuleForms, sent: Any) -> Any:
    forms.is_valid()
    parameters, _clauses = forms.written()
    told = forms.form.cleaned_data
    offered = examples_for(
        expression=forms.expression(),
        parameters=parameters,
        uses=told.get("uses", []),
        jurisdictions=told.get("jurisdictions", []),
    )
    known = {row["facts"].value() for row in forms.rows["examples"]}
    fresh = [one.facts for one in offered if one.facts not in known]
    data = sent.copy()
    for place, facts in enumerate(fresh, start=filled_rows("examples", sent)):
        if place < MOST:
            data[f"examples-{place}-facts"] = facts
    return data
