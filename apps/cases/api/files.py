"""What officers read: reports, the file of a case, what waits; and orders, which everyone reads."""

from typing import Any

from rest_framework import serializers

from apps.cases.api.serializers import CaseDecisionSerializer, ResponseSerializer
from apps.cases.models import Case, MisuseReport, UrgentAction
from apps.cases.selectors import (
    ErrandKind,
    appeals_in,
    decisions_in,
    evidence_of,
    is_public,
    reports_of,
    steps_now,
    urgent_in,
)
from apps.core.actor import Actor
from apps.policy.engine import Outcome


class EvidenceRead(serializers.Serializer):
    """A file: its hash as it is kept, and as it came."""

    id = serializers.UUIDField()
    media_type = serializers.CharField()
    size = serializers.IntegerField()
    sha256 = serializers.CharField()
    original_sha256 = serializers.CharField(allow_blank=True)
    cleaning = serializers.CharField()


class ReportRead(serializers.Serializer):
    """A report as officers read it."""

    id = serializers.UUIDField()
    state = serializers.CharField()
    thing = serializers.CharField(allow_blank=True)
    listing = serializers.CharField(source="listing.code", default=None, allow_null=True)
    seen_where = serializers.CharField(allow_blank=True)
    harms = serializers.ListField(child=serializers.CharField())
    story = serializers.CharField()
    ongoing = serializers.CharField()
    language = serializers.CharField(allow_blank=True)
    jurisdiction = serializers.CharField(allow_blank=True)
    channel = serializers.CharField()
    voice = serializers.CharField()
    contact = serializers.CharField(allow_blank=True)
    received_date = serializers.DateField()
    case = serializers.CharField(source="link.case.code", default=None, allow_null=True)
    evidence = serializers.SerializerMethodField()

    def get_evidence(self, report: MisuseReport) -> list[dict[str, Any]]:
        """Return the report's files without their content."""
        return EvidenceRead(evidence_of(report), many=True).data  # type: ignore[return-value]


class ReportLine(serializers.Serializer):
    """A report in a list: none of its words."""

    id = serializers.UUIDField()
    thing = serializers.CharField(allow_blank=True)
    listing = serializers.CharField(source="listing.code", default=None, allow_null=True)
    harms = serializers.ListField(child=serializers.CharField())
    language = serializers.CharField(allow_blank=True)
    jurisdiction = serializers.CharField(allow_blank=True)
    received_date = serializers.DateField()


class ReportPage(serializers.Serializer):
    """Reports that nobody has looked at, oldest first."""

    reports = ReportLine(many=True)
    after = serializers.CharField(allow_blank=True)


class ErrandRead(serializers.Serializer):
    """One thing that waits for an officer."""

    kind = serializers.ChoiceField(ErrandKind.choices)
    title = serializers.CharField(allow_blank=True)
    case = serializers.CharField(source="code", allow_blank=True)
    thing = serializers.UUIDField(help_text="The report, the case or the appeal.")
    due_at = serializers.DateTimeField(allow_null=True)


class Errands(serializers.Serializer):
    """What waits for an officer, the first due first."""

    errands = ErrandRead(many=True)


class UrgentRead(serializers.Serializer):
    """An urgent act."""

    id = serializers.UUIDField()
    code = serializers.CharField()
    case = serializers.CharField(source="case.code")
    listing = serializers.CharField(source="listing.code")
    outcome = serializers.SerializerMethodField()
    jurisdictions = serializers.ListField(child=serializers.CharField())
    necessity = serializers.CharField()
    state = serializers.CharField()
    acted_at = serializers.DateTimeField()
    due_at = serializers.DateTimeField()
    escalated_at = serializers.DateTimeField(allow_null=True)

    def get_outcome(self, action: UrgentAction) -> str:
        """Return the outcome's slug."""
        return Outcome(action.outcome).slug


class AppealFull(serializers.Serializer):
    """An appeal with its end."""

    id = serializers.UUIDField()
    decision = serializers.CharField(source="decision.code")
    side = serializers.CharField()
    text = serializers.CharField()
    state = serializers.CharField()
    filed_at = serializers.DateTimeField()
    decided_at = serializers.DateTimeField(allow_null=True)
    reasons = serializers.CharField(allow_blank=True)
    new_decision = serializers.CharField(source="new_decision.code", default=None, allow_null=True)


class StepRead(serializers.Serializer):
    """A step of a case; `refusal` says why its reader cannot take it now, and is empty else."""

    step = serializers.CharField(source="kind")
    refusal = serializers.CharField(source="refusal.reason", default="", allow_blank=True)
    remedy = serializers.CharField(source="refusal.remedy", default="", allow_blank=True)


class CaseFile(serializers.Serializer):
    """A case as its officers see it, and the steps that its reader can take."""

    code = serializers.CharField()
    title = serializers.CharField()
    origin = serializers.CharField()
    state = serializers.CharField()
    is_public = serializers.SerializerMethodField()
    listing = serializers.CharField(source="listing.code", default=None, allow_null=True)
    provider = serializers.CharField(source="provider.slug", default=None, allow_null=True)
    segment = serializers.CharField(allow_blank=True)
    severity = serializers.IntegerField()
    jurisdictions = serializers.ListField(child=serializers.CharField())
    questions = serializers.CharField(allow_blank=True)
    opened_at = serializers.DateTimeField()
    officer = serializers.UUIDField(source="officer_id", allow_null=True)
    allegation = serializers.CharField(source="allegation.text", default=None, allow_null=True)
    answer_due_at = serializers.DateTimeField(
        source="allegation.clock.due_at", default=None, allow_null=True
    )
    response = ResponseSerializer(source="allegation.response", default=None, allow_null=True)
    confidential = serializers.CharField(
        source="allegation.response.confidential", default=None, allow_null=True, allow_blank=True
    )
    reports = serializers.SerializerMethodField()
    urgent_actions = serializers.SerializerMethodField()
    decisions = serializers.SerializerMethodField()
    appeals = serializers.SerializerMethodField()
    steps = serializers.SerializerMethodField()

    def get_is_public(self, case: Case) -> bool:
        """Whether everyone may read the case now."""
        return is_public(case)

    def get_reports(self, case: Case) -> list[str]:
        """Return the ids of the case's reports."""
        return [str(report.pk) for report in reports_of(case)]

    def get_urgent_actions(self, case: Case) -> list[dict[str, Any]]:
        """Return the urgent acts in the case."""
        return UrgentRead(urgent_in(case), many=True).data  # type: ignore[return-value]

    def get_decisions(self, case: Case) -> list[dict[str, Any]]:
        """Return the decisions in the case."""
        return CaseDecisionSerializer(decisions_in(case), many=True).data  # type: ignore[return-value]

    def get_appeals(self, case: Case) -> list[dict[str, Any]]:
        """Return the appeals in the case."""
        return AppealFull(appeals_in(case), many=True).data  # type: ignore[return-value]

    def get_steps(self, case: Case) -> list[dict[str, Any]]:
        """Return the next step and what can be done beside it."""
        actor: Actor = self.context["actor"]
        return StepRead(steps_now(actor, case), many=True).data  # type: ignore[return-value]


class OrderRead(serializers.Serializer):
    """An order of a court or a government."""

    code = serializers.CharField()
    listing = serializers.CharField(source="listing.code")
    source = serializers.CharField()  # type: ignore[assignment]  # the order's own word
    authority = serializers.CharField()
    rank = serializers.CharField()
    provision = serializers.CharField()
    reference = serializers.CharField()
    jurisdictions = serializers.ListField(child=serializers.CharField())
    outcome = serializers.SerializerMethodField()
    reason = serializers.CharField()
    measure = serializers.CharField(source="measure.code")
    recorded_at = serializers.DateTimeField()
    until_at = serializers.DateTimeField()

    def get_outcome(self, order: Any) -> str:
        """Return the outcome's slug."""
        return Outcome(order.outcome).slug


class OrderPage(serializers.Serializer):
    """Orders, newest first."""

    orders = OrderRead(many=True)
    after = serializers.CharField(allow_blank=True)
