"""What is decided, ordered from outside, or cannot wait."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.cases.services import DecisionDraft, OrderDraft
from apps.cases.states import Automation, Ground
from apps.compliance.states import MeasureSource
from apps.listings.selectors import listing_by_code
from apps.policy.engine import Outcome
from apps.policy.forms.entry import MOMENT, CodesField, UsesField
from apps.policy.selectors import rule_by_code
from apps.policy.states import RuleOutcome, RuleState

LINES = {"rows": 4}
RESTRICTING = RuleOutcome.choices[1:]
PLACES = _("Codes as IN, FR, EU. Your mandate covers them.")


class DecisionForm(forms.Form):
    """A statement of reasons."""

    outcome = forms.TypedChoiceField(
        label=_("Outcome"), coerce=int, choices=[(0, _("No measure")), *RESTRICTING]
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
    jurisdictions = CodesField(label=_("Places of the measure"), help_text=PLACES)
    uses = UsesField()
    until = forms.DateTimeField(
        label=_("Ends by itself"),
        required=False,
        widget=MOMENT,
        help_text=_("Indian Standard Time. Empty: until it is lifted."),
    )
    automation = forms.ChoiceField(label=_("What a machine did"), choices=Automation.choices)

    def draft(self) -> DecisionDraft:
        """Return what was decided, for the service."""
        told = dict(self.cleaned_data)
        code, version = told.pop("rule"), None
        if code:
            versions = rule_by_code(code).versions.all()
            version = next((row for row in versions if row.state == RuleState.IN_FORCE), None)
        outcome, until_at = Outcome(told.pop("outcome")), told.pop("until")
        return DecisionDraft(outcome=outcome, rule_version=version, until_at=until_at, **told)


class UpholdForm(forms.Form):
    """Why a decision stands."""

    reasons = forms.CharField(
        label=_("Why the decision stands"), max_length=5000, widget=forms.Textarea(attrs=LINES)
    )


class OrderForm(forms.Form):
    """An order of a court or a government, as its paper says."""

    listing = forms.CharField(label=_("Code of the listing"), max_length=20)
    source = forms.ChoiceField(
        label=_("Where does it come from?"),
        choices=[
            (source.value, source.label)
            for source in (MeasureSource.COURT, MeasureSource.GOVERNMENT)
        ],
        widget=forms.RadioSelect,
    )
    authority = forms.CharField(label=_("Authority"), max_length=200)
    rank = forms.CharField(label=_("Rank of the officer who signed"), max_length=120)
    provision = forms.CharField(
        label=_("Provision"), help_text=_("The law and section it rests on."), max_length=300
    )
    reference = forms.CharField(label=_("File number"), max_length=120)
    jurisdictions = CodesField(label=_("Territory"), help_text=PLACES)
    outcome = forms.TypedChoiceField(label=_("What it orders"), coerce=int, choices=RESTRICTING)
    reason = forms.CharField(
        label=_("What it says, in public words"),
        max_length=2000,
        widget=forms.Textarea(attrs=LINES),
    )
    until = forms.DateTimeField(
        label=_("Until"), widget=MOMENT, help_text=_("Indian Standard Time. Every order ends.")
    )

    def draft(self) -> OrderDraft:
        """Return what the order says, for the service."""
        told: dict[str, Any] = dict(self.cleaned_data)
        until_at: dt.datetime = told.pop("until")
        return OrderDraft(
            listing=listing_by_code(told.pop("listing")),
            source=MeasureSource(told.pop("source")),
            outcome=Outcome(told.pop("outcome")),
            until_at=until_at,
            **told,
        )


class UrgentForm(forms.Form):
    """What cannot wait."""

    outcome = forms.TypedChoiceField(label=_("Outcome"), coerce=int, choices=RESTRICTING)
    jurisdictions = CodesField(label=_("Places"), help_text=PLACES)
    necessity = forms.CharField(
        label=_("Why it cannot wait"),
        help_text=_("Published with the measure. Name no person."),
        max_length=2000,
        widget=forms.Textarea(attrs=LINES),
    )
