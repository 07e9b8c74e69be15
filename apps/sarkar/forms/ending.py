"""The end of a rule."""

from django import forms
from django.utils.translation import gettext_lazy as _


class EndingForm(forms.Form):
    """Why a rule ends."""

    reason = forms.CharField(
        label=_("Why does it end?"),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Published with the act, word for word. Name no person."),
    )


class UndoingForm(EndingForm):
    """Why a rule is taken back."""

    reason = forms.CharField(
        label=_("Why is it taken back?"),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Published with the act, word for word. Name no person."),
    )
