"""What a company says when it contests a standing."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.cases.services import ContestDraft
from apps.cases.states import ContestGround
from apps.core.errors import DomainError
from apps.listings.services.disputes import DISPUTABLE
from apps.policy.models import RuleVersion

LINES = {"rows": 4}
FACTS = [(fact, fact.replace("_", " ").capitalize()) for fact in DISPUTABLE]


class ContestForm(forms.Form):
    """Which rule should not catch the listing, on what ground, and whether it cannot wait."""

    rule = forms.ChoiceField(label=_("Which rule?"))
    ground = forms.ChoiceField(
        label=_("What is wrong?"), choices=ContestGround.choices, widget=forms.RadioSelect
    )
    fact = forms.ChoiceField(
        label=_("Which fact, where one is wrong?"),
        required=False,
        choices=[("", _("none")), *FACTS],
    )
    statement = forms.CharField(
        label=_("Your statement"),
        help_text=_("Published word for word, on the listing’s page."),
        max_length=5000,
        widget=forms.Textarea(attrs=LINES),
    )
    evidence = forms.URLField(
        label=_("A link that shows it"), required=False, max_length=500, assume_scheme="https"
    )
    confidential = forms.CharField(
        label=_("For the officer only"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs=LINES),
    )
    stay = forms.CharField(
        label=_("Do you ask for a stay? Say why it cannot wait."),
        help_text=_("Published. Leave it empty, and the rule holds until the ruling."),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, versions: Sequence[RuleVersion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.versions = {version.rule.code: version for version in versions}
        rule = self.fields["rule"]
        if isinstance(rule, forms.ChoiceField):
            rule.choices = [
                (code, f"{code} v{version.number}: {version.title}")
                for code, version in self.versions.items()
            ]

    @property
    def version(self) -> RuleVersion:
        """Return the version of the rule that was chosen."""
        return self.versions[self.cleaned_data["rule"]]

    def add_refusal(self, refused: DomainError) -> None:
        """Lay each fault of a refusal at its field."""
        for fault in refused.faults:
            named = fault.field if fault.field in self.fields else None
            self.add_error(named, f"{fault.reason} {fault.remedy}".strip())
        if not refused.faults:
            self.add_error(None, f"{refused.reason} {refused.remedy}".strip())

    def draft(self) -> ContestDraft:
        """Return what was said, for the service."""
        told = self.cleaned_data
        return ContestDraft(
            ground=ContestGround(told["ground"]),
            statement=told["statement"],
            fact=told["fact"],
            confidential=told["confidential"],
            evidence=told["evidence"],
            stay=told["stay"],
        )
