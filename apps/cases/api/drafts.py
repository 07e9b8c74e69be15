"""What officers send, and the drafts that services take."""

from typing import Any

from rest_framework import serializers

from apps.cases.services import CaseDraft, DecisionDraft, OrderDraft
from apps.cases.states import Automation, Ground
from apps.compliance.states import MeasureSource
from apps.listings.selectors import listing_by_code, provider_by_slug
from apps.policy.engine import Outcome
from apps.policy.selectors import rule_by_code
from apps.policy.states import RuleState

RESTRICTING = [outcome.slug for outcome in Outcome if outcome is not Outcome.ALLOW]
SOURCES = [MeasureSource.COURT.value, MeasureSource.GOVERNMENT.value]
MOST = 250


def codes(**options: Any) -> serializers.ListField:
    """Return a list of short codes."""
    child = serializers.CharField(max_length=40)
    return serializers.ListField(child=child, max_length=MOST, **options)


class ThingWrite(serializers.Serializer):
    """One thing that a case is about: a listing, a provider or a segment."""

    listing = serializers.CharField(max_length=20, default="", allow_blank=True)
    provider = serializers.CharField(max_length=200, default="", allow_blank=True)
    segment = serializers.CharField(max_length=60, default="", allow_blank=True)

    def thing(self) -> dict[str, Any]:
        """Return what was named; raise where the register does not know it."""
        told = self.validated_data
        return {
            "listing": listing_by_code(told["listing"]) if told["listing"] else None,
            "provider": provider_by_slug(told["provider"]) if told["provider"] else None,
            "segment": told["segment"],
        }


class CaseWrite(ThingWrite):
    """A case: of reports, or, where none is named, a review of one's own motion with questions."""

    title = serializers.CharField(max_length=200)
    severity = serializers.IntegerField(min_value=1, max_value=4)
    jurisdictions = codes()
    questions = serializers.CharField(max_length=5000, default="", allow_blank=True)
    reports = serializers.ListField(
        child=serializers.UUIDField(), max_length=100, default=list, allow_empty=True
    )

    def draft(self) -> CaseDraft:
        """Return what was said, for the service."""
        told = self.validated_data
        return CaseDraft(
            title=told["title"],
            severity=told["severity"],
            jurisdictions=told["jurisdictions"],
            questions=told["questions"],
            reports=told["reports"],
            **self.thing(),
        )


class AssignmentWrite(serializers.Serializer):
    """Who is to hold a case."""

    officer = serializers.UUIDField()


class LinkWrite(serializers.Serializer):
    """Which report joins a case."""

    report = serializers.UUIDField()


class AllegationWrite(serializers.Serializer):
    """What the company is asked."""

    text = serializers.CharField(max_length=5000)


class DecisionWrite(serializers.Serializer):
    """A statement of reasons."""

    outcome = serializers.ChoiceField([outcome.slug for outcome in Outcome])
    ground = serializers.ChoiceField(Ground.choices)
    rule = serializers.CharField(
        max_length=20, default="", allow_blank=True, help_text="The code of the rule in force."
    )
    facts = serializers.CharField(max_length=5000)
    reasons = serializers.CharField(max_length=5000)
    milder = serializers.CharField(max_length=2000, default="", allow_blank=True)
    automation = serializers.ChoiceField(Automation.choices, default=Automation.NONE)
    jurisdictions = codes(default=list)
    uses = codes(default=list)
    until_at = serializers.DateTimeField(default=None, allow_null=True)


class AppealDecisionWrite(serializers.Serializer):
    """Why a decision stands; or, in `changed`, the one that takes its place."""

    reasons = serializers.CharField(max_length=5000)
    changed = DecisionWrite(default=None, allow_null=True)


class OrderWrite(serializers.Serializer):
    """An order of a court or a government."""

    listing = serializers.CharField(max_length=20)
    source = serializers.ChoiceField(SOURCES)  # type: ignore[assignment]  # the order's own word
    authority = serializers.CharField(max_length=200)
    rank = serializers.CharField(max_length=120)
    provision = serializers.CharField(max_length=300)
    reference = serializers.CharField(max_length=120)
    jurisdictions = codes(allow_empty=False)
    outcome = serializers.ChoiceField(RESTRICTING)
    reason = serializers.CharField(max_length=2000)
    until_at = serializers.DateTimeField()

    def draft(self) -> OrderDraft:
        """Return what the order says, for the service."""
        told = dict(self.validated_data)
        return OrderDraft(
            listing=listing_by_code(told.pop("listing")),
            source=MeasureSource(told.pop("source")),
            outcome=outcome_of(told.pop("outcome")),
            **told,
        )


class UrgentWrite(serializers.Serializer):
    """What cannot wait."""

    case = serializers.CharField(max_length=20)
    outcome = serializers.ChoiceField(RESTRICTING)
    jurisdictions = codes(allow_empty=False)
    necessity = serializers.CharField(max_length=2000)


def outcome_of(slug: str) -> Outcome:
    """Return an outcome by its slug."""
    return next(outcome for outcome in Outcome if outcome.slug == slug)


def decision_draft(told: dict[str, Any]) -> DecisionDraft:
    """Return what was decided, for the service; its rule in the version that is in force."""
    rest, version = dict(told), None
    if code := rest.pop("rule"):
        versions = rule_by_code(code).versions.all()
        version = next((row for row in versions if row.state == RuleState.IN_FORCE), None)
    outcome = outcome_of(rest.pop("outcome"))
    return DecisionDraft(outcome=outcome, rule_version=version, **rest)
