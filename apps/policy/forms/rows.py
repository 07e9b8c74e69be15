"""The repeated parts of a rule: clauses, parameters, conditions, duties, examples."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.forms.formsets import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _

from apps.policy.states import Addressee, DueUnit

MOST = 40
SPARE = 2
WORDS = 2_000
MONO = {"class": "mono", "spellcheck": "false", "autocapitalize": "off"}


class LinesField(forms.CharField):
    """A text over several lines, each ended as we end lines, not as browsers send them."""

    def to_python(self, value: Any) -> Any:
        """Return the text with plain line ends."""
        return (super().to_python(value) or "").replace("\r\n", "\n")


class ClauseForm(forms.Form):
    """One sentence and what runs for it."""

    text = LinesField(
        label=_("Clause, as people will read it"),
        max_length=WORDS,
        widget=forms.Textarea(attrs={"rows": 3, "class": "bind"}),
    )
    expression = LinesField(
        label=_("The part of the expression that says so"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 3, **MONO}),
    )


class ParameterForm(forms.Form):
    """A named value."""

    name = forms.RegexField(r"^[a-z_][a-z0-9_]*$", label=_("Name"), max_length=40)
    value = forms.CharField(label=_("Value"), max_length=WORDS, widget=forms.TextInput(attrs=MONO))
    unit = forms.CharField(label=_("Unit"), max_length=60, required=False)


class ConditionForm(forms.Form):
    """What must be shown or done."""

    code = forms.SlugField(label=_("Short name"), max_length=60)
    text = forms.CharField(label=_("What must be shown or done"), max_length=WORDS)


class DutyForm(forms.Form):
    """What someone owes."""

    addressee = forms.ChoiceField(label=_("Who"), choices=[("", "—"), *Addressee.choices])
    code = forms.SlugField(label=_("Short name"), max_length=60)
    text = forms.CharField(label=_("What they owe"), max_length=WORDS)
    due_amount = forms.IntegerField(
        label=_("Within"), min_value=0, max_value=100_000, required=False
    )
    due_unit = forms.ChoiceField(
        label=_("of"), choices=[("", "—"), *DueUnit.choices], required=False
    )
    amount = forms.DecimalField(
        label=_("Amount at stake"), max_digits=18, decimal_places=2, min_value=0, required=False
    )
    currency = forms.RegexField(
        r"^[A-Z]{3}$", label=_("Currency"), required=False, help_text=_("As INR or EUR.")
    )


FIRES = [("", "—"), ("True", _("fires")), ("False", _("does not fire"))]


class ExampleForm(forms.Form):
    """A listing and a request, and what the rule is to answer."""

    facts = LinesField(
        label=_("Facts, one to a line"),
        max_length=WORDS,
        widget=forms.Textarea(attrs={"rows": 4, **MONO}),
    )
    fires = forms.TypedChoiceField(
        label=_("The rule"),
        choices=FIRES,
        coerce=lambda value: value == "True",
        error_messages={"required": _("Say whether the rule should fire.")},
    )
    note = forms.CharField(label=_("Why"), max_length=WORDS, required=False)


ROWS: Mapping[str, tuple[type[BaseFormSet], int]] = {
    "clauses": (formset_factory(ClauseForm, extra=0, max_num=MOST), 3),
    "parameters": (formset_factory(ParameterForm, extra=0, max_num=MOST), 2),
    "conditions": (formset_factory(ConditionForm, extra=0, max_num=MOST), 1),
    "duties": (formset_factory(DutyForm, extra=0, max_num=MOST), 1),
    "examples": (formset_factory(ExampleForm, extra=0, max_num=MOST), 6),
}


def rows_of(name: str, sent: Any = None, initial: list[dict[str, Any]] | None = None) -> Any:
    """Return the rows of one part: what was sent or stands, and some empty ones.

    Every round through the server gives new empty rows, so nothing here needs a script; as many
    stand empty below what a template brings as below what was sent.
    """
    kind, least = ROWS[name]
    if sent is None:
        filled = initial or []
        formset = kind(prefix=name, initial=filled)
        formset.extra = max(least - len(filled), SPARE if filled else 0)
        return formset
    data = sent.copy()
    data[f"{name}-TOTAL_FORMS"] = str(min(max(filled_rows(name, sent) + SPARE, least), MOST))
    data[f"{name}-INITIAL_FORMS"] = "0"
    return kind(data, prefix=name)


def filled_rows(name: str, sent: Any) -> int:
    """Return how many rows reach down to the last that has anything in it."""
    numbers = [
        int(key.split("-")[1])
        for key, value in sent.items()
        if key.startswith(f"{name}-") and key.split("-")[1].isdigit() and value.strip()
    ]
    return min(max(numbers, default=-1) + 1, MOST)
