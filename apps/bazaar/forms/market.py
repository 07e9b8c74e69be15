"""Claims, marketplaces and offers."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.compliance.states import AcknowledgementKind
from apps.policy.states import StatuteKind


class ClaimForm(forms.Form):
    """A claim to a provider's name."""

    address = forms.EmailField(
        label=_("E-mail address at the provider's own domain"),
        required=False,
        help_text=_("A code is sent there; whoever brings it back has proved the claim."),
    )
    statement = forms.CharField(
        label=_("Or say how a regulator can tell"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("A register entry, a public statement. A regulator reads it and confirms."),
    )

    def clean(self) -> dict[str, Any]:
        """Ask for one of the two."""
        told = super().clean() or {}
        if not self.errors and not (told.get("address") or told.get("statement")):
            raise forms.ValidationError(_("Give an address, or say how a regulator can tell."))
        return told


class ProofForm(forms.Form):
    """The code that was sent."""

    code = forms.CharField(label=_("Code from the message"), max_length=40)


class MarketplaceForm(forms.Form):
    """A marketplace of the organisation."""

    name = forms.CharField(label=_("Name of the marketplace"), max_length=200)
    website = forms.URLField(
        assume_scheme="https", label=_("Website"), max_length=300, required=False
    )


class AccessionForm(forms.Form):
    """Which kinds of rules bind a marketplace."""

    rule_kinds = forms.MultipleChoiceField(
        label=_("It is bound by"),
        choices=StatuteKind.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    jurisdictions = forms.CharField(
        label=_("Where"),
        required=False,
        max_length=400,
        help_text=_("Codes parted by commas, such as IN, EU. Empty: everywhere."),
    )
    basis = forms.CharField(
        label=_("By what"), max_length=1000, help_text=_("A contract, a decision, a law.")
    )
    until_at = forms.DateTimeField(
        label=_("Until"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )

    def places(self) -> list[str]:
        """Return the codes of jurisdictions."""
        text = str(self.cleaned_data["jurisdictions"])
        return [code.strip() for code in text.split(",") if code.strip()]


class OfferForm(forms.Form):
    """An offer of a listing."""

    listing = forms.CharField(
        label=_("Listing"), max_length=20, help_text=_("Its code, such as L-00312-K.")
    )
    sku = forms.CharField(label=_("Your own number for it"), max_length=120)


class IdsField(forms.Field):
    """Some ids, each sent under the same name."""

    widget = forms.MultipleHiddenInput

    def to_python(self, value: Any) -> list[uuid.UUID]:
        """Read the ids."""
        try:
            return [uuid.UUID(one) for one in value or ()]
        except ValueError as error:
            raise forms.ValidationError(_("This is no id.")) from error


class AcknowledgeForm(forms.Form):
    """What is said of some rows."""

    id = IdsField()
    kind = forms.TypedChoiceField(choices=AcknowledgementKind.choices, coerce=AcknowledgementKind)
