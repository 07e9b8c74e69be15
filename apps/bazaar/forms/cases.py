"""What a company answers, and why it appeals."""

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.cases.states import Stance

LINES = {"rows": 4}


class AnswerForm(forms.Form):
    """An answer to an allegation."""

    stance = forms.ChoiceField(
        label=_("What do you say to it?"), choices=Stance.choices, widget=forms.RadioSelect
    )
    statement = forms.CharField(
        label=_("Your statement"),
        help_text=_("Published word for word, beside the allegation."),
        max_length=5000,
        widget=forms.Textarea(attrs=LINES),
    )
    confidential = forms.CharField(
        label=_("For the officer only"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs=LINES),
    )


class CompanyAppealForm(forms.Form):
    """An appeal against the first decision."""

    text = forms.CharField(
        label=_("What is wrong with the decision?"),
        max_length=5000,
        widget=forms.Textarea(attrs=LINES),
    )
