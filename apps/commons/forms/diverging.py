"""How text and expression part, and what the office that made the rule says of it."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.core.errors import DomainError
from apps.listings.selectors import listing_by_code
from apps.policy.models import Clause

LONGEST = 2_000


class DivergenceForm(forms.Form):
    """How they part, in which clause, and a listing that shows it."""

    clause_number = forms.TypedChoiceField(
        label=_("In which clause?"), coerce=int, empty_value=None, required=False
    )
    statement = forms.CharField(
        label=_("What does the text say, and what runs instead?"),
        help_text=_("In your own words. Name no private person."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    listing_code = forms.CharField(
        label=_("Code of a listing that shows it"), required=False, max_length=20
    )

    def __init__(self, *args: Any, clauses: Iterable[Clause], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        numbers = [(row.number, f"§{row.number}") for row in clauses]
        clause = self.fields["clause_number"]
        if isinstance(clause, forms.ChoiceField):
            clause.choices = [("", _("the whole")), *numbers]

    def clean_listing_code(self) -> str:
        """Refuse at its field what is no listing's code."""
        code = self.cleaned_data["listing_code"]
        if not code:
            return ""
        try:
            return listing_by_code(code).code
        except DomainError as refused:
            raise forms.ValidationError(f"{refused.reason} {refused.remedy}".strip()) from refused


class DivergenceAnswerForm(forms.Form):
    """Whether they part, and why."""

    parts = forms.ChoiceField(
        label=_("Do text and expression part?"),
        choices=[("yes", _("They part: the text prevails")), ("no", _("They agree"))],
        widget=forms.RadioSelect,
    )
    answer = forms.CharField(
        label=_("Your reasons"),
        help_text=_("Published word for word. Name no private person."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
