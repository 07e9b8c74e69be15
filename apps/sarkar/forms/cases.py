"""What officers for misuse fill in to open cases and to move them on."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.cases.models import Case
from apps.cases.permissions import officer_unfit
from apps.cases.selectors import officers_for_misuse
from apps.cases.services import CaseDraft
from apps.core.errors import DomainError
from apps.listings.selectors import listing_by_code, provider_by_slug
from apps.policy.forms.entry import CodesField

LINES = {"rows": 4}
SEVERITIES = [
    (1, _("1 small")),
    (2, _("2 some harm")),
    (3, _("3 people are harmed")),
    (4, _("4 grave")),
]


class ThingForm(forms.Form):
    """One thing that a case is about."""

    listing = forms.CharField(label=_("Code of the listing"), required=False, max_length=20)
    provider = forms.CharField(
        label=_("Or a provider"),
        help_text=_("Its name as it stands in the address of its page."),
        required=False,
        max_length=200,
    )
    segment = forms.CharField(
        label=_("Or a segment"),
        help_text=_("A kind of models, as text-generation."),
        required=False,
        max_length=60,
    )

    def thing(self) -> dict[str, Any]:
        """Return what was named; raise where the register does not know it."""
        told = self.cleaned_data
        return {
            "listing": listing_by_code(told["listing"]) if told["listing"] else None,
            "provider": provider_by_slug(told["provider"]) if told["provider"] else None,
            "segment": told["segment"],
        }


class IdentifyForm(ThingForm):
    """What a case is about, once that was found out."""


class CaseOpenForm(forms.Form):
    """A case made of one report."""

    title = forms.CharField(
        label=_("Title"),
        help_text=_("Without names of people or companies."),
        max_length=200,
    )
    severity = forms.TypedChoiceField(label=_("Severity"), coerce=int, choices=SEVERITIES)
    jurisdictions = CodesField(
        label=_("Places"), help_text=_("Codes as IN, FR, EU: where people are concerned.")
    )
    listing = forms.CharField(
        label=_("Code of the listing"),
        help_text=_("Empty where the model is not known yet: finding out is the next step."),
        required=False,
        max_length=20,
    )

    def draft(self, **more: Any) -> CaseDraft:
        """Return what was said, for the service."""
        told = self.cleaned_data
        return CaseDraft(
            title=told["title"],
            severity=told["severity"],
            jurisdictions=told["jurisdictions"],
            listing=listing_by_code(told["listing"]) if told["listing"] else None,
            **more,
        )


class ReviewForm(ThingForm):
    """A review of one's own motion: of what, with which questions."""

    field_order = ["title", "listing", "provider", "segment", "questions"]

    title = forms.CharField(
        label=_("Title"),
        help_text=_("Without names of people or companies."),
        max_length=200,
    )
    questions = forms.CharField(
        label=_("Questions"),
        help_text=_("One per line. They are sent to the company and published with its answer."),
        max_length=5000,
        widget=forms.Textarea(attrs=LINES),
    )
    severity = forms.TypedChoiceField(label=_("Severity"), coerce=int, choices=SEVERITIES)
    jurisdictions = CodesField(
        label=_("Places"), help_text=_("Codes as IN, FR, EU. Your mandate covers them.")
    )

    def draft(self) -> CaseDraft:
        """Return what was said, for the service."""
        told = self.cleaned_data
        return CaseDraft(
            title=told["title"],
            severity=told["severity"],
            jurisdictions=told["jurisdictions"],
            questions=told["questions"],
            **self.thing(),
        )


class AssignForm(forms.Form):
    """Who is to hold a case: only who may; the others are named with the reason."""

    def __init__(self, *values: Any, case: Case, **options: Any) -> None:
        super().__init__(*values, **options)
        officers = [
            (officer, officer_unfit(officer.pk, case))
            for officer in officers_for_misuse()
            if officer.pk != case.officer_id
        ]
        self.unfit = [(officer, refusal) for officer, refusal in officers if refusal]
        fit = [officer.pk for officer, refusal in officers if not refusal]
        self.fields["officer"] = forms.ModelChoiceField(
            label=_("Officer"), queryset=officers_for_misuse().filter(pk__in=fit)
        )


class AllegationForm(forms.Form):
    """What the company is asked."""

    text = forms.CharField(
        label=_("What is alleged"),
        help_text=_("In your words, never the reporters’. It is published with the answer."),
        max_length=5000,
        widget=forms.Textarea(attrs=LINES),
    )


def add_faults(form: forms.Form, refused: DomainError) -> None:
    """Lay each fault of a refusal at its field."""
    for fault in refused.faults:
        named = {"rule_version": "rule", "until_at": "until"}.get(fault.field, fault.field)
        words = f"{fault.reason} {fault.remedy}".strip()
        form.add_error(named if named in form.fields else None, words)
    if not refused.faults:
        form.add_error(None, f"{refused.reason} {refused.remedy}".strip())
