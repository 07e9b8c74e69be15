"""The form of a rule: one form for its whole, rows for its repeated parts."""

import re
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.policy.engine import Mode, Outcome
from apps.policy.errors import DraftFault
from apps.policy.forms.rows import MONO, ROWS, LinesField, rows_of
from apps.policy.selectors import uses
from apps.policy.services import (
    DRAFTS,
    ParameterDraft,
    RuleDraft,
)
from apps.policy.states import LiabilityTag, RuleMode, RuleOutcome

# With htmx the check runs while one types; the button does the same without it.
WHILE_TYPING = {
    "hx-post": "",
    "hx-trigger": "input changed delay:700ms",
    "hx-include": "closest form",
    "hx-vals": '{"check": "1"}',
    "hx-target": "#checked",
}
MOMENT = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


def use_choices() -> list[tuple[str, str]]:
    """Return the uses valid today."""
    return [(use.slug, use.name) for use in uses()]


class UsesField(forms.MultipleChoiceField):
    """The uses that something holds for."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self) -> None:
        super().__init__(
            label=_("For which uses"),
            choices=use_choices,
            required=False,
            help_text=_("None chosen: for any use."),
        )


class CodesField(forms.CharField):
    """Short codes, parted by commas or spaces."""

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, max_length=2_000, **options)

    def to_python(self, value: Any) -> Any:
        """Return the codes as a list."""
        words = re.split(r"[,;\s]+", super().to_python(value) or "")
        return [word if word == "home" else word.upper() for word in words if word]

    def prepare_value(self, value: Any) -> Any:
        """Return a list as it is written."""
        return ", ".join(value) if isinstance(value, list) else value

    def run_validators(self, value: Any) -> None:
        """Validate the text that was written, not the list made of it."""
        super().run_validators(", ".join(value))


def _why(label: Any) -> LinesField:
    return LinesField(
        label=label, max_length=2_000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class RuleForm(forms.Form):
    """What a rule says and does as a whole; `tells_first`: its summary is asked for at once."""

    tells_first = False

    title = forms.CharField(label=_("Title"), max_length=200)
    authority = forms.CharField(label=_("Who makes it"), max_length=200)
    legal_basis = forms.CharField(
        label=_("Legal basis"), max_length=2_000, help_text=_("The law that gives the power.")
    )
    citation = forms.CharField(label=_("Cited as"), max_length=2_000, required=False)
    gazette_reference = forms.CharField(
        label=_("Reference in the gazette"), max_length=200, required=False
    )
    summary = LinesField(
        label=_("In one sentence"),
        max_length=2_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    outcome = forms.TypedChoiceField(
        label=_("Effect"), choices=RuleOutcome.choices, coerce=lambda value: Outcome(int(value))
    )
    mode = forms.TypedChoiceField(
        label=_("How firmly"),
        choices=RuleMode.choices,
        coerce=Mode,
        help_text=_("Advise and warn only say what would change; enforce changes it."),
    )
    jurisdictions = CodesField(
        label=_("Where it holds"), help_text=_("Codes as IN, FR, EU. Empty: everywhere.")
    )
    uses = UsesField()
    allowed_jurisdictions = CodesField(
        label=_("If restricted: where it may still be offered"),
        help_text=_("Codes, or home for the provider’s own country."),
    )
    effective_at = forms.DateTimeField(
        label=_("Begins"),
        required=False,
        widget=MOMENT,
        help_text=_("Indian Standard Time. Empty: at once."),
    )
    sunset_at = forms.DateTimeField(
        label=_("Ends by itself"), required=False, widget=MOMENT, help_text=_("Its sunset.")
    )
    why_knowledge = _why(_("Who knows the risk"))
    why_means = _why(_("Whether who harms can pay"))
    why_suits = _why(_("Whether the harmed would sue"))
    why_cost = _why(_("What it costs to run"))
    liability_tag = forms.ChoiceField(
        label=_("Who answers for loss"),
        required=False,
        choices=[("", _("not said")), *LiabilityTag.choices],
    )
    expression = LinesField(
        label=_("Expression"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 8, **MONO, **WHILE_TYPING}),
        help_text=_("True where the rule fires. See the vocabulary for what it can ask."),
    )


class RuleForms:
    """The form and its rows as one thing; `form_class` says how its whole is asked for."""

    form_class = RuleForm

    def __init__(self, sent: Any = None, draft: RuleDraft | None = None) -> None:
        self.form = self.form_class(sent, initial=asdict(draft) if draft else _beginning())
        self.rows = {name: rows_of(name, sent, _initial_rows(name, draft)) for name in ROWS}

    def is_valid(self) -> bool:
        """Whether everything can be read; every fault is found, not only the first."""
        return all([self.form.is_valid(), *(rows.is_valid() for rows in self.rows.values())])

    def draft(self) -> RuleDraft:
        """Return what was filled in."""
        parts = {
            name: [DRAFTS[name](**row.cleaned_data) for row in self._filled(name)] for name in ROWS
        }
        return RuleDraft(**(self.form.cleaned_data | parts))

    def expression(self) -> str:
        """Return the expression as it was written, whether it can be read or not."""
        return str(self.form["expression"].value() or "").replace("\r\n", "\n")

    def written(self) -> tuple[list[ParameterDraft], list[str]]:
        """Return the parameters and the clauses' expressions that can be read."""
        parameters = [ParameterDraft(**row.cleaned_data) for row in self._filled("parameters")]
        clauses = [row.cleaned_data.get("expression", "") for row in self._filled("clauses")]
        return parameters, clauses

    def add_faults(self, faults: Iterable[DraftFault]) -> None:
        """Lay each fault at the field it belongs to."""
        filled = {name: self._filled(name) for name in ROWS}
        for fault in faults:
            name, _dot, rest = fault.field.partition(".")
            words = f"{fault.sentence} {fault.remedy}".strip()
            if rest:
                number, _dot, field = rest.partition(".")
                filled[name][int(number) - 1].add_error(field or None, words)
            else:
                self.form.add_error(name if name in self.form.fields else None, words)

    def _filled(self, name: str) -> list[forms.Form]:
        return [row for row in self.rows[name] if row.is_valid() and row.has_changed()]


def _beginning() -> dict[str, Any]:
    return {"outcome": Outcome.CONDITION.value, "mode": RuleMode.WARN.value}


def _initial_rows(name: str, draft: RuleDraft | None) -> list[dict[str, Any]]:
    return [asdict(row) for row in getattr(draft, name)] if draft else []
