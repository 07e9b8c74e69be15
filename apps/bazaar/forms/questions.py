"""Which of the questions that were asked."""

import datetime as dt

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.compliance.selectors.asked import AskedFilter
from apps.compliance.selectors.breaking import LOOKED_AHEAD, today
from apps.policy.engine import Outcome
from apps.policy.states import RuleOutcome


class QuestionsForm(forms.Form):
    """Narrow the list."""

    outcome = forms.ChoiceField(
        label=_("Outcome"), required=False, choices=[("", _("All")), *RuleOutcome.choices]
    )
    listing = forms.CharField(label=_("Code of a listing"), required=False, max_length=20)
    day = forms.DateField(
        label=_("Day (UTC)"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def wanted(self) -> AskedFilter:
        """Return what was chosen; what cannot be read narrows nothing, and is told in the form."""
        if not self.is_valid():
            return AskedFilter()
        outcome = self.cleaned_data["outcome"]
        return AskedFilter(
            outcome=Outcome(int(outcome)) if outcome else None,
            listing=self.cleaned_data["listing"].upper(),
            day=self.cleaned_data["day"],
        )


class DayForm(forms.Form):
    """Pick a day to come."""

    on = forms.DateField(
        label=_("Day (UTC)"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def clean_on(self) -> dt.date | None:
        """Refuse what is past, or too far away to be foretold."""
        day = self.cleaned_data["on"]
        if day is not None and not today() <= day <= today() + LOOKED_AHEAD:
            raise forms.ValidationError(_("Give a day from today to a year ahead."))
        return day

    def day(self) -> dt.date | None:
        """Return the day that was picked; nothing where none can be read."""
        return self.cleaned_data["on"] if self.is_valid() else None
