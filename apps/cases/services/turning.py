"""What time itself brings: clocks of reports, lapses, escalations and the end of cases."""

import datetime as dt
import uuid
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from apps.cases import acts
from apps.cases.models import Appeal, Case, Decision, MisuseReport, UrgentAction
from apps.cases.services.deadlines import deadline_begin
from apps.cases.services.deciding import incidents_close
from apps.cases.services.reports import ZONE
from apps.cases.services.triage import case_locked
from apps.cases.services.urgent import urgent_escalate, urgent_lapse
from apps.cases.states import CASE, AppealState, CaseState, ReportState, UrgentState
from apps.core.actor import SYSTEM
from apps.core.clock import Now, now, today
from apps.journal.services import record

BATCH = 200


def cases_turn() -> int:
    """Do what is due; return how much. An idle call writes nothing."""
    done = 0
    for report in _without_clock():
        _triage_begin(report)
        done += 1
    waiting = UrgentAction.objects.filter(state=UrgentState.ACTED)
    for action_id in _ids(waiting.filter(due_at__lte=Now())):
        urgent_lapse(action_id=action_id)
        done += 1
    half = Q(due_at__lte=Now() + (F("due_at") - F("acted_at")) / 2)
    for action_id in _ids(waiting.filter(half, escalated_at__isnull=True, due_at__gt=Now())):
        urgent_escalate(action_id=action_id)
        done += 1
    for case_id in _ids(_over()):
        done += _close(case_id)
    return done


def _over() -> QuerySet[Case]:
    """Return the decided cases in which nobody can appeal any more, and no appeal is open."""
    open_window = Decision.objects.filter(case=OuterRef("pk"), appeal_until_at__gt=Now())
    open_appeal = Appeal.objects.filter(decision__case=OuterRef("pk"), state=AppealState.FILED)
    return Case.objects.filter(~Exists(open_window), ~Exists(open_appeal), state=CaseState.DECIDED)


def _without_clock() -> list[uuid.UUID]:
    """Return reports of former days without a clock.

    A report's clock starts the day after, and counts from its day: so the public act of a clock
    does not tell at which hour a report came.
    """
    rows = MisuseReport.objects.filter(
        state=ReportState.RECEIVED, triage_clock__isnull=True, received_date__lt=today(ZONE)
    )
    return _ids(rows)


@transaction.atomic
def _triage_begin(report_id: uuid.UUID) -> None:
    report = MisuseReport.objects.select_for_update().get(pk=report_id)
    if report.state != ReportState.RECEIVED or report.triage_clock_id:
        return
    day = dt.datetime.combine(report.received_date, dt.time(), ZoneInfo(ZONE))
    report.triage_clock = deadline_begin(SYSTEM, "cases.triage", report.pk, at=day)
    report.save(update_fields=["triage_clock"])


@transaction.atomic
def _close(case_id: uuid.UUID) -> int:
    case = case_locked(case_id)
    still = case.decisions.filter(appeal_until_at__gt=now())
    open_appeals = Appeal.objects.filter(decision__case=case, state=AppealState.FILED)
    if case.state != CaseState.DECIDED or still.exists() or open_appeals.exists():
        return 0
    CASE.move(case, CaseState.CLOSED)
    case.closed_at = now()
    case.save(update_fields=["state", "closed_at"])
    incidents_close(case)
    record(acts.CaseClosed(subject=case.pk, code=case.code), actor=SYSTEM)
    return 1


def _ids(rows: QuerySet[Any]) -> list[uuid.UUID]:
    return list(rows.values_list("pk", flat=True).distinct()[:BATCH])
