"""What a regulator decides of a contest: its stay, and the contest itself."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.cases.models import Contest
from apps.cases.services import Ruling
from apps.cases.states import ContestGround
from apps.policy.forms.entry import MOMENT

LINES = {"rows": 4}


class StayForm(forms.Form):
    """Whether the rule waits for this listing until the ruling."""

    granted = forms.TypedChoiceField(
        label=_("The stay is"),
        choices=[("yes", _("granted")), ("no", _("refused"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    reasons = forms.CharField(
        label=_("Reasons"),
        help_text=_("Published. Whoever decides the stay never rules on the contest."),
        max_length=2000,
        widget=forms.Textarea(attrs=LINES),
    )


class RulingForm(forms.Form):
    """Whether the company is right, and why; an exemption that it asked for gets its day."""

    upheld = forms.TypedChoiceField(
        label=_("The contest is"),
        choices=[("yes", _("upheld")), ("no", _("rejected"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    reasons = forms.CharField(
        label=_("Reasons"),
        help_text=_("Published on the listing’s page. Name no person."),
        max_length=5000,
        widget=forms.Textarea(attrs=LINES),
    )
    until = forms.DateTimeField(
        label=_("Where it is upheld: exempt until"),
        required=False,
        widget=MOMENT,
        help_text=_("Indian Standard Time. An exemption always has its day."),
    )

    def __init__(self, *args: Any, contest: Contest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if contest.ground != ContestGround.EXEMPTION:
            del self.fields["until"]

    def ruling(self) -> Ruling:
        """Return what was ruled, for the service."""
        told = self.cleaned_data
        return Ruling(upheld=told["upheld"], reasons=told["reasons"], until_at=told.get("until"))
