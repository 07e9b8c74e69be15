"""What people fill in about proposals: a text to begin with, a comment, a reason."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.cases.errors import CaseUnknown
from apps.cases.selectors import public_case
from apps.core.codes import CodeMistyped
from apps.policy.errors import RuleNotFound
from apps.policy.forms import RuleForm, RuleForms
from apps.policy.models import Rule
from apps.policy.selectors import rule_by_code
from apps.policy.states import StatuteKind
from apps.proposals.states import ProposalState

CODE = 20
KINDS = [(kind.value, kind.label) for kind in (StatuteKind.POLICY, StatuteKind.CODE)]


def justification() -> forms.CharField:
    """Return the field that asks why a rule is needed."""
    return forms.CharField(
        label=_("Why is it needed?"),
        help_text=_("Published beside the text. Name no private person."),
        required=False,
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class OriginForm(forms.Form):
    """Of which kind a proposal is, and what it comes from."""

    kind = forms.TypedChoiceField(label=_("Kind"), choices=KINDS, coerce=StatuteKind)
    rule = forms.CharField(
        label=_("Code of the rule it would change"),
        help_text=_("As R-00012-X. Empty for a new rule."),
        required=False,
        max_length=CODE,
    )
    case = forms.CharField(
        label=_("Code of the case it comes from"),
        help_text=_("As C-00012-X, where a public case showed the need."),
        required=False,
        max_length=CODE,
    )
    justification = justification()

    @classmethod
    def asked(cls, query: Mapping[str, str]) -> dict[str, str]:
        """Return what the address says to begin with."""
        return {name: query.get(name, "")[:CODE] for name in ("rule", "case")}

    def rule_asked(self) -> Rule | None:
        """Return the rule that the address names; nothing where there is none of that code."""
        try:
            return rule_by_code(self["rule"].value() or "")
        except (RuleNotFound, CodeMistyped):
            return None

    def clean_rule(self) -> Rule | None:
        """Return the rule, which is one that the chambers may change."""
        if not self.cleaned_data["rule"]:
            return None
        try:
            found = rule_by_code(self.cleaned_data["rule"])
        except (RuleNotFound, CodeMistyped) as refused:
            raise forms.ValidationError(str(refused.reason)) from refused
        if found.kind == StatuteKind.INSTRUMENT:
            raise forms.ValidationError(_("A statutory instrument is changed by its regulator."))
        return found

    def clean_case(self) -> str:
        """Return the code of a case that everyone may read."""
        if not self.cleaned_data["case"]:
            return ""
        try:
            return public_case(self.cleaned_data["case"]).code
        except (CaseUnknown, CodeMistyped) as refused:
            raise forms.ValidationError(
                _("No public case has this code. A case is public once the company was heard.")
            ) from refused

    def said(self) -> dict[str, Any]:
        """Return what was filled in, for the service."""
        told = self.cleaned_data
        return {
            "kind": told["kind"],
            "follows": told["rule"],
            "origin_ref": told["case"],
            "justification": told["justification"],
        }


class NoteForm(forms.Form):
    """What another text changes, and why the rule is needed."""

    note = forms.CharField(label=_("What you changed, and why"), required=False, max_length=500)
    justification = justification()

    def said(self) -> dict[str, Any]:
        """Return what was filled in, for the service."""
        return self.cleaned_data


class ProposedRuleForm(RuleForm):
    """A rule as the chambers would adopt it."""

    tells_first = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words: dict[str, tuple[Any, Any]] = {
            "authority": (_("Who makes it"), _("As “the three chambers of Sangam”.")),
            "legal_basis": (
                _("What lets the chambers decide this"),
                _("The charter, an agreement or a law."),
            ),
            "summary": (_("In plain words"), _("What it does, and for whom.")),
            "effective_at": (
                _("Begins"),
                _("Indian Standard Time. Empty: when the standstill after adoption is over."),
            ),
        }
        for name, (label, help_text) in words.items():
            self.fields[name].label, self.fields[name].help_text = label, help_text


class ProposalForms(RuleForms):
    """The text of a proposal and its rows."""

    form_class = ProposedRuleForm


class ProposalsForm(forms.Form):
    """Which proposals to show."""

    all_optional = True

    q = forms.CharField(label=_("Words or a code"), required=False, max_length=200)
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[("", _("all")), *ProposalState.choices[1:]],
    )


class CommentForm(forms.Form):
    """What someone says of a text."""

    clause = forms.TypedChoiceField(label=_("On"), required=False, coerce=int, empty_value=None)
    text = forms.CharField(
        label=_("Your comment"),
        help_text=_("Published at once. Name no private person."),
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def __init__(self, *args: Any, clauses: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        clause = self.fields["clause"]
        if isinstance(clause, forms.ChoiceField):
            numbers = range(1, clauses + 1)
            clause.choices = [("", _("the whole text")), *((n, f"§{n}") for n in numbers)]


class ReasonForm(forms.Form):
    """A reason that everyone will read."""

    reason = forms.CharField(
        label=_("Why?"),
        help_text=_("Published word for word. Name no private person."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class AppealAnswerForm(ReasonForm):
    """What a chair decides of a removed comment."""

    restore = forms.TypedChoiceField(
        label=_("The comment"),
        coerce=lambda value: value == "yes",
        choices=[("yes", _("is shown again")), ("no", _("stays hidden"))],
        widget=forms.RadioSelect,
    )
    field_order = ("restore", "reason")
