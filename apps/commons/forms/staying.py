"""Why a rule should be stayed."""

from django import forms
from django.utils.translation import gettext_lazy as _

LONGEST = 2_000


class StayForm(forms.Form):
    """What speaks for letting a rule bind nobody for a time."""

    reasons = forms.CharField(
        label=_("Why should the rule wait?"),
        help_text=_("Published word for word. Name no private person."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
