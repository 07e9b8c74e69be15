"""Decisions: a statement of reasons, and the measure it sets in the same transaction."""

import datetime as dt
import hashlib
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from apps.cases import acts, errors
from apps.cases.models import Case, Decision
from apps.cases.selectors.steps import CaseStep, step_refusal
from apps.cases.services.deadlines import deadline_meet, window_end
from apps.cases.services.triage import case_locked, touch
from apps.cases.states import (
    CASE,
    REPORT,
    Automation,
    CaseState,
    DecisionKind,
    Deed,
    Ground,
    ReportState,
)
from apps.compliance.models import IncidentCount, Measure
from apps.compliance.services import (
    MeasureDraft,
    incident_close,
    incident_count,
    measure_impose,
    measure_lift,
)
from apps.compliance.services.sandboxes import must_be_uses
from apps.compliance.states import IncidentBasis, MeasureSource
from apps.core.actor import SYSTEM, Actor
from apps.core.clock import now
from apps.core.codes import next_code
from apps.core.errors import FieldFault, Invalid
from apps.core.ids import uuid7
from apps.core.jurisdictions import jurisdiction
from apps.institutions.offices import Subject
from apps.institutions.permissions import has_mandate, refusal
from apps.journal.services import record
from apps.policy.engine import Outcome
from apps.policy.models import RuleVersion
from apps.policy.states import RuleState


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionDraft:
    """What is decided, and why. `Outcome.ALLOW` sets no measure."""

    outcome: Outcome
    ground: Ground
    facts: str
    reasons: str
    milder: str = ""
    automation: Automation = Automation.NONE
    rule_version: RuleVersion | None = None
    uses: list[str] = field(default_factory=list)
    jurisdictions: list[str] = field(default_factory=list)
    until_at: dt.datetime | None = None


def rule_text(version: RuleVersion) -> str:
    """Return the text of a rule as a statement of reasons keeps it."""
    clauses = [f"§{clause.number} {clause.text}" for clause in version.clauses.order_by("number")]
    head = f"{version.rule.code} v{version.number}: {version.title}"
    return "\n".join([head, *clauses, f"Expression: {version.expression}"])


@transaction.atomic
def decision_issue(*, actor: Actor, case: Case, draft: DecisionDraft) -> Decision:
    """Decide a case, once the company answered or its clock ended."""
    case = case_locked(case.pk)
    if refused := step_refusal(actor, case, CaseStep.DECIDE):
        raise refused
    CASE.move(case, CaseState.DECIDED)
    case.save(update_fields=["state"])
    decision = decision_write(actor, case, draft, DecisionKind.FIRST)
    touch(actor, case, Deed.DECIDED)
    for link in case.links.select_related("report"):
        REPORT.move(link.report, ReportState.ANSWERED)
        link.report.save(update_fields=["state"])
    deadline_meet(actor, "cases.decide", case.pk, "decision-issued")
    _record_issued(actor, case, decision)
    return decision


def decision_on_appeal(actor: Actor, case: Case, draft: DecisionDraft) -> Decision:
    """Write the decision that takes the place of the one before, inside `appeal_decide`."""
    decision = decision_write(actor, case, draft, DecisionKind.APPEAL)
    _record_issued(actor, case, decision)
    return decision


def decision_write(actor: Actor, case: Case, draft: DecisionDraft, kind: DecisionKind) -> Decision:
    """Write a decision and its measure; what stood before by decision or urgent act is lifted."""
    decider = actor.person
    if decider is None:
        raise refusal(actor)
    _must_be_reasoned(actor, draft)
    must_be_uses(draft.uses)
    places = sorted({jurisdiction(place).code for place in draft.jurisdictions})
    code, text = next_code("DC", "cases_decision_code"), ""
    if draft.rule_version is not None:
        text = rule_text(draft.rule_version)
    _lift_former(case)
    moment = now()
    return Decision.objects.create(
        id=uuid7(),
        code=code,
        case=case,
        kind=kind,
        outcome=draft.outcome,
        uses=sorted(set(draft.uses)),
        jurisdictions=places,
        until_at=draft.until_at,
        ground=draft.ground,
        rule_version=draft.rule_version,
        rule_text_snapshot=text,
        rule_text_hash=hashlib.sha256(text.encode()).hexdigest() if text else "",
        facts=draft.facts.strip(),
        reasons=draft.reasons.strip(),
        milder=draft.milder.strip(),
        automation=draft.automation,
        measure=_measure(case, draft, code),
        decided_by_id=decider,
        issued_at=moment,
        appeal_until_at=window_end("cases.appeal", moment),
    )


def incidents_close(case: Case) -> None:
    """Let the case count no longer."""
    for incident in _incidents(case):
        incident_close(actor=SYSTEM, incident=incident)


def _incidents(case: Case) -> QuerySet[IncidentCount]:
    """Return what counts now for the case: under its code, or that of a decision on appeal."""
    references = [case.code, *case.decisions.values_list("code", flat=True)]
    return IncidentCount.objects.filter(reference__in=references, until_at__isnull=True)


def _measure(case: Case, draft: DecisionDraft, code: str) -> Measure | None:
    if draft.outcome is Outcome.ALLOW:
        incidents_close(case)
        return None
    if case.listing is None:
        raise errors.NothingToMeasure(field="outcome")
    if not _incidents(case).exists():
        incident_count(
            actor=SYSTEM,
            listing=case.listing,
            reference=code if case.decisions.exists() else case.code,
            severity=case.severity,
            basis=IncidentBasis.DECIDED,
        )
    return measure_impose(
        actor=SYSTEM,
        draft=MeasureDraft(
            listing=case.listing,
            outcome=draft.outcome,
            source=MeasureSource.DECISION,
            reference=code,
            reason=draft.reasons,
            jurisdictions=draft.jurisdictions,
            uses=draft.uses,
            until_at=draft.until_at,
        ),
    )


def _lift_former(case: Case) -> None:
    former = [one.measure_id for one in case.decisions.all()]
    former += [
        measure
        for one in case.urgent_actions.all()
        for measure in (one.measure_id, one.confirmed_measure_id)
    ]
    for measure in Measure.objects.running(now()).filter(pk__in=former):
        measure_lift(actor=SYSTEM, measure=measure)


def _must_be_reasoned(actor: Actor, draft: DecisionDraft) -> None:
    version, measured = draft.rule_version, draft.outcome is not Outcome.ALLOW
    lacks = [
        (not draft.facts.strip(), "facts", _("State the facts.")),
        (not draft.reasons.strip(), "reasons", _("State the reasons.")),
        (measured and draft.ground == Ground.NONE, "ground", _("A measure has a ground.")),
        (
            measured and not draft.milder.strip(),
            "milder",
            _("Say why nothing milder would do."),
        ),
        (
            (draft.ground == Ground.RULE) != (version is not None),
            "rule_version",
            _("Name the rule where one is the ground, and only there."),
        ),
        (
            version is not None and version.state != RuleState.IN_FORCE,
            "rule_version",
            _("Only a rule in force is a ground."),
        ),
    ]
    faults = [FieldFault(name, reason) for missing, name, reason in lacks if missing]
    if faults:
        raise Invalid(_("The statement of reasons is not complete."), faults=faults)
    if measured and not has_mandate(actor, draft.jurisdictions, Subject.MISUSE):
        raise refusal(actor, _("Your mandate does not cover the places of this decision."))


def _record_issued(actor: Actor, case: Case, decision: Decision) -> None:
    act = acts.DecisionIssued(
        subject=decision.pk,
        case=case.pk,
        case_code=case.code,
        code=decision.code,
        decision_kind=decision.kind,
        listing=case.listing_id,
        outcome=Outcome(decision.outcome).slug,
        rule_version=decision.rule_version_id,
        rule_text_hash=decision.rule_text_hash,
    )
    record(act, actor=actor)
