"""A listing as a form: what is not known stays empty, and nothing else is changed."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.core.errors import DomainError
from apps.listings.readers import EvaluationDraft, ListingDraft, ParentDraft
from apps.listings.states import Access

LINES = {"rows": 3}
KNOWN = [("", _("Not known")), ("true", _("Yes")), ("false", _("No"))]
WORDS = ("modalities_in", "modalities_out", "languages", "tags")
ONCE = ("external_id", "provider")
CELLS = {"parents": ("name", "kind", "relation"), "evaluations": ("kind", "score", "dataset")}


class ListingForm(forms.Form):
    """What a company tells of a model."""

    name = forms.CharField(label=_("Name"), max_length=200)
    provider = forms.CharField(
        label=_("Provider"),
        max_length=200,
        help_text=_("The name under which the model is published."),
    )
    external_id = forms.CharField(
        label=_("Your own number for it"),
        max_length=300,
        help_text=_("It identifies the listing and stays."),
    )
    licence_text = forms.CharField(
        label=_("Licence"),
        max_length=300,
        required=False,
        help_text=_("Its name, such as apache-2.0 or llama3.1. Another one begins a new version."),
    )
    licence_link = forms.URLField(
        assume_scheme="https",
        label=_("Address of the licence's text"),
        max_length=500,
        required=False,
    )
    weight_digest = forms.CharField(
        label=_("SHA-256 of the weights"),
        max_length=80,
        required=False,
        help_text=_("Sixty-four figures. Another one begins a new version."),
    )
    revision = forms.CharField(label=_("Revision"), max_length=100, required=False)
    task = forms.CharField(
        label=_("Task"), max_length=60, required=False, help_text=_("Such as text-generation.")
    )
    access = forms.ChoiceField(
        label=_("Weights"), choices=[("", _("Not known")), *Access.choices], required=False
    )
    params_b = forms.FloatField(
        label=_("Parameters, in billions"), min_value=0, required=False, localize=False
    )
    downloads = forms.IntegerField(label=_("Downloads"), min_value=0, required=False)
    languages = forms.CharField(
        label=_("Languages"), required=False, help_text=_("Codes, parted by commas: en, hi.")
    )
    modalities_in = forms.CharField(
        label=_("Takes"), required=False, help_text=_("Such as text, image.")
    )
    modalities_out = forms.CharField(label=_("Gives"), required=False)
    tags = forms.CharField(label=_("Tags"), required=False, help_text=_("Parted by commas."))
    released_date = forms.DateField(
        label=_("Released on"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    has_model_card = forms.ChoiceField(
        label=_("Is there a model card?"), choices=KNOWN, required=False
    )
    human_oversight = forms.ChoiceField(
        label=_("Does a person oversee its use?"), choices=KNOWN, required=False
    )
    card_url = forms.URLField(
        assume_scheme="https", label=_("Address of the model card"), max_length=500, required=False
    )
    parents = forms.CharField(
        label=_("Made from"),
        required=False,
        widget=forms.Textarea(attrs=LINES),
        help_text=_(
            "One on each line: name; weights, outputs, component, data or reference; finetune, "
            "adapter, merge, quantized or distilled."
        ),
    )
    evaluations = forms.CharField(
        label=_("Test results"),
        required=False,
        widget=forms.Textarea(attrs=LINES),
        help_text=_("One on each line: kind; score; data set. Such as toxicity; 0.12; RealTox."),
    )

    def __init__(self, data: Any = None, *, draft: ListingDraft | None = None) -> None:
        super().__init__(data, initial=_initial(draft) if draft else {})
        if draft:
            for name in ONCE:
                del self.fields[name]

    def told(self) -> dict[str, Any]:
        """Return the fields that were filled in or changed, in the portal's own shape."""
        return {name: self._value(name) for name in self.changed_data}

    def add_refusal(self, refused: DomainError) -> None:
        """Show what the register refuses, each fault at its field."""
        for fault in refused.faults:
            named = fault.field if fault.field in self.fields else None
            self.add_error(named, f"{fault.reason} {fault.remedy}".strip())
        if not refused.faults:
            self.add_error(None, f"{refused.reason} {refused.remedy}".strip())

    def _value(self, name: str) -> Any:
        value = self.cleaned_data[name]
        if name in WORDS:
            return [word.strip() for word in value.split(",") if word.strip()]
        if name in CELLS:
            return [_row(line, CELLS[name]) for line in value.splitlines() if line.strip()]
        if name in {"has_model_card", "human_oversight"}:
            return {"true": True, "false": False}.get(value)
        if name == "released_date":
            return value.isoformat() if value else None
        return value


class WithdrawalForm(forms.Form):
    """Why a listing is taken from offer."""

    reason = forms.CharField(
        label=_("Why do you withdraw it?"),
        max_length=1000,
        widget=forms.Textarea(attrs=LINES),
        help_text=_("Published with the act, word for word. Name no person."),
    )


def _row(line: str, names: tuple[str, ...]) -> dict[str, Any]:
    cells = [cell.strip() for cell in line.split(";")]
    row: dict[str, Any] = {name: cell for name, cell in zip(names, cells, strict=False) if cell}
    if "score" in row:
        row["score"] = _number(row["score"])
    return row


def _number(text: str) -> float | str:
    try:
        return float(text)
    except ValueError:
        return text


def _initial(draft: ListingDraft) -> dict[str, Any]:
    values: dict[str, Any] = {
        name: getattr(draft, name) for name in ListingForm.base_fields if name not in ONCE
    }
    values |= {name: ", ".join(values[name]) for name in WORDS}
    values |= {name: _word(values[name]) for name in ("has_model_card", "human_oversight")}
    values["parents"] = "\n".join(_parent(row) for row in draft.parents)
    values["evaluations"] = "\n".join(_result(row) for row in draft.evaluations)
    return values


def _word(value: object) -> str:
    return {True: "true", False: "false"}.get(value, "") if isinstance(value, bool) else ""


def _parent(row: ParentDraft) -> str:
    return "; ".join(cell for cell in (row.name, row.kind, row.relation) if cell)


def _result(row: EvaluationDraft) -> str:
    return "; ".join(cell for cell in (row.kind, f"{row.score:g}", row.dataset) if cell)
