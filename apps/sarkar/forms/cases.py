"""What officers for misuse fill in."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.cases.selectors import officers_for_misuse
from apps.cases.services import CaseDraft, DecisionDraft
from apps.cases.states import Automation, Ground
from apps.core.errors import DomainError
from apps.core.jurisdictions import EVERYWHERE, jurisdictions
from apps.listings.selectors import listing_by_code
from apps.policy.engine import Outcome
from apps.policy.selectors import rule_by_code
from apps.policy.states import RuleOutcome, RuleState

LINES = {"rows": 4}


def places() -> list[tuple[str, str]]:
    """Return the territories and groups a case can be about."""
    known = jurisdictions().values()
    return [(place.code, place.name) for place in known if place.code != EVERYWHERE]


class CaseOpenForm(forms.Form):
    """A case made of one report, or a review of one's own motion."""

    title = forms.CharField(label=_("Title, without names of people"), max_length=200)
    severity = forms.TypedChoiceField(
        label=_("Severity"),
        coerce=int,
        choices=[
            (1, _("1 small")),
            (2, _("2 some harm")),
            (3, _("3 people are harmed")),
            (4, _("4 grave")),
        ],
    )
    listing = forms.CharField(
        label=_("Code of the listing"),
        help_text=_("Empty where the model is not known yet."),
        required=False,
        max_length=20,
    )

    def __init__(self, *values: Any, **options: Any) -> None:
        super().__init__(*values, **options)
        self.fields["jurisdictions"] = forms.MultipleChoiceField(
            label=_("Places"), choices=places()
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


class IdentifyForm(forms.Form):
    """Which listing a case is about."""

    listing = forms.CharField(label=_("Code of the listing"), max_length=20)


class AssignForm(forms.Form):
    """Who is to hold a case."""

    def __init__(self, *values: Any, **options: Any) -> None:
        super().__init__(*values, **options)
        self.fields["officer"] = forms.ModelChoiceField(
            label=_("Officer"), queryset=officers_for_misuse()
        )


class AllegationForm(forms.Form):
    """What the company is asked."""

    text = forms.CharField(
        label=_("What is alleged"),
        help_text=_("In your words, never the reporters’. It is published with the answer."),
        max_length=5000,
        widget=forms.Textarea(attrs=LINES),
    )


class DecisionForm(forms.Form):
    """A statement of reasons."""

    outcome = forms.TypedChoiceField(
        label=_("Outcome"),
        coerce=int,
        choices=[(0, _("No measure")), *RuleOutcome.choices[1:]],
    )
    ground = forms.ChoiceField(label=_("Ground"), choices=Ground.choices)
    rule = forms.CharField(
        label=_("Code of the rule, where one is the ground"), required=False, max_length=20
    )
    facts = forms.CharField(label=_("Facts"), max_length=5000, widget=forms.Textarea(attrs=LINES))
    reasons = forms.CharField(
        label=_("Why this follows from the ground"),
        max_length=5000,
        widget=forms.Textarea(attrs=LINES),
    )
    milder = forms.CharField(
        label=_("Why nothing milder would do"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    automation = forms.ChoiceField(label=_("What a machine did"), choices=Automation.choices)

    def __init__(self, *values: Any, **options: Any) -> None:
        super().__init__(*values, **options)
        self.fields["jurisdictions"] = forms.MultipleChoiceField(
            label=_("Places of the measure"), choices=places(), required=False
        )

    def draft(self) -> DecisionDraft:
        """Return what was decided, for the service."""
        told = dict(self.cleaned_data)
        code, version = told.pop("rule"), None
        if code:
            versions = rule_by_code(code).versions.all()
            version = next((row for row in versions if row.state == RuleState.IN_FORCE), None)
        outcome = Outcome(told.pop("outcome"))
        return DecisionDraft(outcome=outcome, rule_version=version, **told)


class AppealDecisionForm(forms.Form):
    """Whether a decision stands."""

    reasons = forms.CharField(
        label=_("Why the decision stands"), max_length=5000, widget=forms.Textarea(attrs=LINES)
    )


def add_faults(form: forms.Form, refused: DomainError) -> None:
    """Lay each fault of a refusal at its field."""
    for fault in refused.faults:
        named = {"rule_version": "rule"}.get(fault.field, fault.field)
        words = f"{fault.reason} {fault.remedy}".strip()
        form.add_error(named if named in form.fields else None, words)
    if not refused.faults:
        form.add_error(None, f"{refused.reason} {refused.remedy}".strip())
