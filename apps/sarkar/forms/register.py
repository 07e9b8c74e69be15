"""What an officer decides about the register: claims, disputes, names of licences."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.licensing.models import Licence

LINES = {"rows": 3}
PUBLISHED = _("Published, word for word. Name no person.")


class ClaimDecisionForm(forms.Form):
    """Whether an organisation is the provider it claims to be."""

    confirm = forms.TypedChoiceField(
        label=_("Is the organisation this provider?"),
        choices=[("yes", _("Yes, confirm the claim")), ("no", _("No, refuse it"))],
        coerce=lambda word: word == "yes",
        empty_value=None,
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Why, if you refuse"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs=LINES),
        help_text=PUBLISHED,
    )

    def clean(self) -> dict[str, Any]:
        """Ask for the reasons of a refusal."""
        told = super().clean() or {}
        if told.get("confirm") is False and not told.get("reason"):
            self.add_error("reason", _("A refusal needs its reason."))
        return told


class DisputeDecisionForm(forms.Form):
    """Whether the record is wrong."""

    upheld = forms.TypedChoiceField(
        label=_("Is the record wrong?"),
        choices=[("yes", _("Yes, uphold the dispute")), ("no", _("No, the record stands"))],
        coerce=lambda word: word == "yes",
        empty_value=None,
        widget=forms.RadioSelect,
    )
    answer = forms.CharField(
        label=_("Your reasons"),
        max_length=4000,
        widget=forms.Textarea(attrs=LINES),
        help_text=PUBLISHED,
    )


class NameDecisionForm(forms.Form):
    """Which licence a name means, or that it means none."""

    NONE = "none"

    def __init__(self, *values: Any, **options: Any) -> None:
        super().__init__(*values, **options)
        known = Licence.objects.filter(ambiguous=False, ended_date=None).order_by("name")
        self.fields["licence"] = forms.ChoiceField(
            label=_("It means"),
            choices=[
                ("", _("Choose")),
                (self.NONE, _("no licence of the register: set it aside")),
                *known.values_list("pk", "name"),
            ],
        )

    def meant(self) -> Licence | None:
        """Return the licence chosen, nothing where the name means none."""
        chosen = self.cleaned_data["licence"]
        return None if chosen == self.NONE else Licence.objects.get(pk=chosen)
