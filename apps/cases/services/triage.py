"""Reports become cases, things get identified, cases get an officer."""

import uuid
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.cases import acts, errors
from apps.cases.models import Case, CaseReport, MisuseReport, Touch
from apps.cases.permissions import (
    as_officer,
    can_open_review,
    can_triage,
    conflicted,
    officer_unfit,
)
from apps.cases.selectors.steps import CaseStep, step_refusal
from apps.cases.services.deadlines import deadline_begin, deadline_meet
from apps.cases.states import CASE, REPORT, CaseState, Deed, Origin, ReportState
from apps.core.actor import Actor
from apps.core.clock import now
from apps.core.codes import next_code
from apps.core.errors import Conflict, Invalid
from apps.core.jurisdictions import jurisdiction
from apps.institutions.models import User
from apps.institutions.permissions import refusal
from apps.journal.services import record
from apps.listings.models import Listing, Provider

SEVEREST = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseDraft:
    """What a case is about; with none of the three, the thing is still to be identified."""

    title: str
    severity: int
    jurisdictions: list[str]
    listing: Listing | None = None
    provider: Provider | None = None
    segment: str = ""
    questions: str = ""
    reports: list[uuid.UUID] = field(default_factory=list)


def case_locked(case_id: uuid.UUID) -> Case:
    """Return the case with what it is about, its row locked until the transaction ends."""
    rows = Case.objects.select_for_update(of=("self",)).select_related(
        "listing__provider__claimed_by", "listing__brought_by", "provider__claimed_by"
    )
    return rows.get(pk=case_id)


def touch(actor: Actor, case: Case, deed: Deed) -> None:
    """Keep that someone had a hand in the case."""
    if actor.person is not None:
        Touch.objects.get_or_create(case=case, user_id=actor.person, deed=deed)


@transaction.atomic
def report_link(*, actor: Actor, report: MisuseReport, case: Case) -> CaseReport:
    """Make a report a part of an open case."""
    report = MisuseReport.objects.select_for_update().get(pk=report.pk)
    case = case_locked(case.pk)
    if refused := step_refusal(actor, case, CaseStep.LINK):
        raise refused
    REPORT.move(report, ReportState.LINKED)
    report.save(update_fields=["state"])
    link = CaseReport.objects.create(case=case, report=report)
    if case.state == CaseState.DECIDED:
        REPORT.move(report, ReportState.ANSWERED)
        report.save(update_fields=["state"])
    touch(actor, case, Deed.TRIAGED)
    deadline_meet(actor, "cases.triage", report.pk, "report-linked")
    record(acts.ReportLinked(subject=report.pk, case=case.pk), actor=actor)
    return link


@transaction.atomic
def case_open(*, actor: Actor, draft: CaseDraft) -> Case:
    """Open a case from reports: of a known listing, or to find out first what it is about."""
    reports = list(MisuseReport.objects.select_for_update().filter(pk__in=draft.reports))
    if not can_triage(actor):
        raise refusal(actor, _("An officer for misuse looks at reports."))
    if not reports or len(reports) != len(set(draft.reports)):
        raise Invalid(_("A case of reports names the reports it comes from."), field="reports")
    case = _open(actor, draft, Origin.REPORT)
    if actor.person is None or conflicted(actor.person, case):
        raise errors.OfficerHasConflict
    unknown = draft.listing is None and draft.provider is None and not draft.segment
    CASE.move(case, CaseState.IDENTIFYING if unknown else CaseState.TRIAGED)
    case.save(update_fields=["state"])
    if unknown:
        deadline_begin(actor, "cases.identify", case.pk)
    for report in reports:
        report_link(actor=actor, report=report, case=case)
    _record_opened(actor, case)
    return case


@transaction.atomic
def case_identify(
    *,
    actor: Actor,
    case: Case,
    listing: Listing | None = None,
    provider: Provider | None = None,
    segment: str = "",
) -> Case:
    """Say what a case is about, once that was found out: a listing, a provider or a segment."""
    case = case_locked(case.pk)
    if refused := step_refusal(actor, case, CaseStep.IDENTIFY):
        raise refused
    CASE.move(case, CaseState.TRIAGED)
    case.listing, case.provider, case.segment = listing, provider, segment.strip()
    if _things(case) != 1:
        raise Invalid(_("Name one thing: a listing, a provider or a segment."), field="listing")
    case.save(update_fields=["state", "listing", "provider", "segment"])
    touch(actor, case, Deed.TRIAGED)
    deadline_meet(actor, "cases.identify", case.pk, "case-identified")
    record(acts.CaseIdentified(subject=case.pk, code=case.code), actor=actor)
    return case


@transaction.atomic
def case_assign(*, actor: Actor, case: Case, officer: User) -> Case:
    """Give a triaged case to an officer whose mandate covers it and who has no interest in it."""
    case = case_locked(case.pk)
    if refused := step_refusal(actor, case, CaseStep.ASSIGN) or officer_unfit(officer.pk, case):
        raise refused
    CASE.move(case, CaseState.ASSIGNED)
    touch(actor, case, Deed.ASSIGNED)
    deadline_begin(actor, "cases.decide", case.pk)
    return _give(actor, case, officer.pk)


@transaction.atomic
def case_hand_over(*, actor: Actor, case: Case, officer: User) -> Case:
    """Give a case that is not decided to another officer; its state and its clocks stay."""
    case = case_locked(case.pk)
    if refused := step_refusal(actor, case, CaseStep.HAND_OVER) or officer_unfit(officer.pk, case):
        raise refused
    if officer.pk == case.officer_id:
        raise Conflict(_("This officer holds the case already."))
    touch(actor, case, Deed.ASSIGNED)
    return _give(actor, case, officer.pk)


@transaction.atomic
def review_open(*, actor: Actor, draft: CaseDraft) -> Case:
    """Open a review of a listing, a provider or a segment of one's own motion, with questions."""
    if actor.person is None or not can_open_review(actor, draft.jurisdictions):
        raise refusal(actor, _("A regulator with a mandate for misuse there opens a review."))
    if draft.listing is None and draft.provider is None and not draft.segment:
        raise Invalid(_("Name a listing, a provider or a segment."), field="listing")
    if not draft.questions.strip():
        raise Invalid(_("A review asks questions."), field="questions")
    case = _open(actor, draft, Origin.OWN_INITIATIVE)
    if conflicted(actor.person, case):
        raise errors.OfficerHasConflict
    CASE.move(case, CaseState.TRIAGED)
    CASE.move(case, CaseState.ASSIGNED)
    deadline_begin(actor, "cases.decide", case.pk)
    case = _give(actor, case, actor.person)
    _record_opened(actor, case)
    return case


def _open(actor: Actor, draft: CaseDraft, origin: Origin) -> Case:
    if not draft.title.strip():
        raise Invalid(_("A case has a title."), field="title")
    if not 1 <= draft.severity <= SEVEREST:
        raise Invalid(_("Severity is 1 to 4."), field="severity")
    if _things(draft) > 1:
        raise Invalid(_("A case is about one thing."), field="listing")
    case = Case.objects.create(
        code=next_code("C", "cases_case_code"),
        origin=origin,
        listing=draft.listing,
        provider=draft.provider,
        segment=draft.segment.strip(),
        title=draft.title.strip(),
        questions=draft.questions.strip(),
        severity=draft.severity,
        jurisdictions=sorted({jurisdiction(place).code for place in draft.jurisdictions}),
        opened_at=now(),
    )
    touch(actor, case, Deed.TRIAGED)
    return case


def _things(about: CaseDraft | Case) -> int:
    return sum([about.listing is not None, about.provider is not None, bool(about.segment.strip())])


def _give(actor: Actor, case: Case, officer: uuid.UUID) -> Case:
    case.officer_id = officer
    case.save(update_fields=["state", "officer"])
    touch(as_officer(officer), case, Deed.HELD)
    record(acts.CaseAssigned(subject=case.pk, code=case.code), actor=actor)
    return case


def _record_opened(actor: Actor, case: Case) -> None:
    act = acts.CaseOpened(
        subject=case.pk, code=case.code, origin=case.origin, severity=case.severity
    )
    record(act, actor=actor)
