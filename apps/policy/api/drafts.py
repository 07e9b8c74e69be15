"""Drafts as JSON, and what a check answers."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from apps.policy.api.serializers import OutcomeField
from apps.policy.engine import Mode, Outcome
from apps.policy.engine.goldens import facts_written
from apps.policy.engine.literals import UNWRITABLE
from apps.policy.services import (
    ClauseDraft,
    ConditionDraft,
    DutyDraft,
    ExampleDraft,
    ParameterDraft,
    RuleDraft,
)
from apps.policy.states import Addressee, DueUnit, LiabilityTag, RuleMode

WORDS = 2_000
EXPRESSION = 20_000


class NewClause(serializers.Serializer):
    """One sentence."""

    text = serializers.CharField(max_length=WORDS)
    expression = serializers.CharField(max_length=EXPRESSION, default="", allow_blank=True)


class NewCondition(serializers.Serializer):
    """What must be shown or done."""

    code = serializers.SlugField(max_length=60)
    text = serializers.CharField(max_length=WORDS)


class NewDuty(serializers.Serializer):
    """What someone owes."""

    addressee = serializers.ChoiceField(choices=Addressee.choices)
    code = serializers.SlugField(max_length=60)
    text = serializers.CharField(max_length=WORDS)
    due_amount = serializers.IntegerField(
        min_value=0, max_value=100_000, default=None, allow_null=True
    )
    due_unit = serializers.ChoiceField(choices=DueUnit.choices, default="", allow_blank=True)
    amount = serializers.DecimalField(
        max_digits=18, decimal_places=2, min_value=0, default=None, allow_null=True
    )
    currency = serializers.RegexField(r"^[A-Z]{3}$", default="", allow_blank=True)


class NewParameter(serializers.Serializer):
    """A named value, written as a literal: 0.3, "x", ["a", "b"], duration("24h")."""

    name = serializers.RegexField(r"^[a-z_][a-z0-9_]*$", max_length=40)
    value = serializers.CharField(max_length=WORDS)
    unit = serializers.CharField(max_length=60, default="", allow_blank=True)


class NewExample(serializers.Serializer):
    """Facts of a listing and of a request, and whether the rule is to fire for them."""

    listing = serializers.DictField(default=dict, help_text="What is left out, lacks.")
    req = serializers.DictField(default=dict, help_text="What is left out lies in the scope.")
    fires = serializers.BooleanField()
    note = serializers.CharField(max_length=WORDS, default="", allow_blank=True)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Refuse signs that no text can keep."""
        if UNWRITABLE.search(facts_written(attrs["listing"], attrs["req"])):
            raise serializers.ValidationError(_("This character cannot stand in a text."))
        return attrs


class CodesField(serializers.ListField):
    """A list of short codes."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            child=serializers.CharField(max_length=40), max_length=300, default=list, **options
        )


def _why(help_text: str) -> serializers.CharField:
    return serializers.CharField(
        max_length=WORDS, default="", allow_blank=True, help_text=help_text
    )


class NewRule(serializers.Serializer):
    """A rule to enter; with `rule` it is the next version of that one."""

    rule = serializers.CharField(
        max_length=20, default="", allow_blank=True, help_text="Code of the rule it follows."
    )
    title = serializers.CharField(max_length=200)
    authority = serializers.CharField(max_length=200)
    expression = serializers.CharField(max_length=EXPRESSION)
    outcome = OutcomeField()
    legal_basis = serializers.CharField(max_length=WORDS)
    clauses = NewClause(many=True)
    mode = serializers.ChoiceField(choices=RuleMode.choices, default=RuleMode.ENFORCE)
    summary = serializers.CharField(max_length=WORDS, default="", allow_blank=True)
    jurisdictions = CodesField(help_text="Empty: everywhere.")
    uses = CodesField(help_text="Empty: any use.")
    allowed_jurisdictions = CodesField(help_text="Where a restricted listing may be offered.")
    effective_at = serializers.DateTimeField(default=None, allow_null=True)
    sunset_at = serializers.DateTimeField(default=None, allow_null=True)
    liability_tag = serializers.ChoiceField(
        choices=LiabilityTag.choices, default="", allow_blank=True
    )
    citation = serializers.CharField(max_length=WORDS, default="", allow_blank=True)
    gazette_reference = serializers.CharField(max_length=200, default="", allow_blank=True)
    why_knowledge = _why("Who knows the risk: the first of Shavell's four factors.")
    why_means = _why("Whether who harms can pay.")
    why_suits = _why("Whether the harmed would sue.")
    why_cost = _why("What it costs to run.")
    conditions = NewCondition(many=True, default=list)
    duties = NewDuty(many=True, default=list)
    parameters = NewParameter(many=True, default=list)
    examples = NewExample(many=True, default=list, help_text="Three that fire, three that do not.")

    def draft(self) -> RuleDraft:
        """Return what was sent as the draft that services read."""
        facts = {name: value for name, value in self.validated_data.items() if name != "rule"}
        return RuleDraft(**(facts | _parts(facts)))


def _parts(facts: dict[str, Any]) -> dict[str, Any]:
    return {
        "mode": Mode(facts["mode"]),
        "outcome": Outcome(facts["outcome"]),
        "clauses": [ClauseDraft(**row) for row in facts["clauses"]],
        "conditions": [ConditionDraft(**row) for row in facts["conditions"]],
        "duties": [DutyDraft(**row) for row in facts["duties"]],
        "parameters": [ParameterDraft(**row) for row in facts["parameters"]],
        "examples": [_example(**row) for row in facts["examples"]],
    }


def _example(
    listing: dict[str, Any], req: dict[str, Any], *, fires: bool, note: str
) -> ExampleDraft:
    return ExampleDraft(facts=facts_written(listing, req), fires=fires, note=note)


class NewScope(serializers.Serializer):
    """What a rule would lead to, where and when; with it a check asks whether it adds anything."""

    rule = serializers.CharField(
        max_length=20, default="", allow_blank=True, help_text="Code of the rule it would follow."
    )
    outcome = OutcomeField()
    mode = serializers.ChoiceField(choices=RuleMode.choices, default=RuleMode.ENFORCE)
    jurisdictions = CodesField(help_text="Empty: everywhere.")
    uses = CodesField(help_text="Empty: any use.")
    allowed_jurisdictions = CodesField(help_text="Where a restricted listing may be offered.")
    effective_at = serializers.DateTimeField(default=None, allow_null=True)
    sunset_at = serializers.DateTimeField(default=None, allow_null=True)
    conditions = CodesField(help_text="Short names of what must be shown or done.")
    duties = CodesField(help_text="Short names of what is owed.")


class NewCheck(serializers.Serializer):
    """An expression to check, with its parameters, the parts that clauses mark, and its scope."""

    expression = serializers.CharField(max_length=EXPRESSION, allow_blank=True)
    parameters = NewParameter(many=True, default=list)
    clauses = serializers.ListField(
        child=serializers.CharField(max_length=EXPRESSION, allow_blank=True),
        max_length=100,
        default=list,
    )
    scope = NewScope(default=None, allow_null=True)


class FaultSerializer(serializers.Serializer):
    """One fault, where it stands and what to write instead."""

    field = serializers.CharField()
    line = serializers.IntegerField()
    column = serializers.IntegerField()
    reason = serializers.CharField()
    remedy = serializers.CharField(allow_blank=True)


class CheckSerializer(serializers.Serializer):
    """What a check found."""

    accepted = serializers.BooleanField()
    faults = FaultSerializer(many=True)
    reads = serializers.ListField(child=serializers.CharField(), help_text="Facts it asks for.")
    paraphrase = serializers.CharField(
        allow_blank=True, help_text="The expression in plain words; empty where it cannot be read."
    )


class NewEnding(serializers.Serializer):
    """Why a version ends, in public words."""

    reason = serializers.CharField(max_length=WORDS)
