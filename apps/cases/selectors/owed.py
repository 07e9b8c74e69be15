"""What someone owes in casework, the first due first: officers by case, companies by allegation."""

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet, TextChoices
from django.utils.translation import gettext_lazy as _

from apps.cases.models import Allegation, Appeal, Case, MisuseReport, Touch, UrgentAction
from apps.cases.permissions import can_triage, mandated_places
from apps.cases.states import AppealState, CaseState, ReportState, UrgentState
from apps.clocks.models import Clock
from apps.clocks.states import ClockState
from apps.core.actor import Actor
from apps.core.clock import Now, today
from apps.core.jurisdictions import EVERYWHERE, covers, jurisdictions
from apps.institutions.models import Organisation

MOST = 100
RUNNING = (ClockState.RUNNING, ClockState.PAUSED, ClockState.EXPIRED)


class ErrandKind(TextChoices):
    """What an officer is waited for to do."""

    REPORT = "report", _("Look at a report")
    IDENTIFY = "identify", _("Find out which model it is")
    ASSIGN = "assign", _("Give the case to an officer")
    ALLEGE = "allege", _("Send the allegation")
    DECIDE = "decide", _("Decide the case")
    CONFIRM = "confirm", _("Confirm an urgent act, or let it lapse")
    APPEAL = "appeal", _("Decide an appeal")


STEP = {
    CaseState.IDENTIFYING: ErrandKind.IDENTIFY,
    CaseState.TRIAGED: ErrandKind.ASSIGN,
    CaseState.ASSIGNED: ErrandKind.ALLEGE,
    CaseState.ALLEGED: ErrandKind.DECIDE,
    CaseState.ANSWERED: ErrandKind.DECIDE,
}


@dataclass(frozen=True, slots=True)
class Errand:
    """One thing to do: `thing` is the report, the case or the appeal that its page is about."""

    kind: ErrandKind
    title: str
    code: str
    thing: uuid.UUID
    due_at: dt.datetime | None


def errands_owed(actor: Actor) -> list[Errand]:
    """Return what waits for an officer for misuse, the first due first, at most a hundred.

    Own cases wait for their officer; reports, unassigned cases, urgent acts and appeals wait for
    everyone whose mandate covers them, except who acted or touched the case before.
    """
    if not can_triage(actor):
        return []
    covered = _codes_covered(mandated_places(actor))
    owed = [*_reports(), *_cases(actor), *_urgent(actor, covered), *_appeals(actor, covered)]
    return sorted(owed, key=_due)[:MOST]


def allegations_owed(organisation: Organisation) -> QuerySet[Allegation]:
    """Return the allegations that a company has not answered, the first due first."""
    rows = allegations_about(organisation).filter(case__state=CaseState.ALLEGED)
    return rows.select_related("case__listing", "case__provider", "clock").order_by(
        "clock__due_at", "id"
    )[:MOST]


def allegations_about(organisation: Organisation) -> QuerySet[Allegation]:
    """Return the allegations that an organisation answers for: its listings', its provider's."""
    mine = Q(case__listing__provider__claimed_by=organisation) | Q(
        case__listing__provider__claimed_by__isnull=True, case__listing__brought_by=organisation
    )
    return Allegation.objects.filter(mine | Q(case__provider__claimed_by=organisation))


def _reports() -> list[Errand]:
    rows = MisuseReport.objects.filter(state=ReportState.RECEIVED).select_related("triage_clock")
    return [
        Errand(
            ErrandKind.REPORT,
            report.thing,
            "",
            report.pk,
            report.triage_clock.due_at if report.triage_clock else None,
        )
        for report in rows.order_by("received_date", "id")[:MOST]
    ]


def _cases(actor: Actor) -> list[Errand]:
    answered = Q(state__in=[CaseState.ASSIGNED, CaseState.ANSWERED])
    silent = Q(state=CaseState.ALLEGED, allegation__clock__due_at__lte=Now())
    placed = Q(state__in=[CaseState.IDENTIFYING, CaseState.TRIAGED])
    rows = Case.objects.filter(placed | Q(answered | silent, officer=actor.person))
    cases = list(rows.order_by("opened_at", "id")[:MOST])
    dues = case_dues(case.pk for case in cases)
    return [
        Errand(STEP[CaseState(case.state)], case.title, case.code, case.pk, dues.get(case.pk))
        for case in cases
    ]


def case_dues(cases: Iterable[uuid.UUID]) -> dict[uuid.UUID, dt.datetime | None]:
    """Return until when the authority has to take the next step of each case."""
    rows = Clock.objects.filter(
        thing__in=list(cases),
        state__in=RUNNING,
        rule__code__in=["cases.identify", "cases.decide"],
    )
    return dict(rows.order_by("started_at").values_list("thing", "due_at"))


def _urgent(actor: Actor, covered: list[str]) -> list[Errand]:
    rows = UrgentAction.objects.filter(
        _within("jurisdictions", covered),
        _within("case__jurisdictions", covered),
        state=UrgentState.ACTED,
        due_at__gt=Now(),
    )
    others = rows.exclude(acted_by=actor.person).select_related("case")
    return [
        Errand(ErrandKind.CONFIRM, row.case.title, row.case.code, row.case_id, row.due_at)
        for row in others.order_by("due_at", "id")[:MOST]
    ]


def _appeals(actor: Actor, covered: list[str]) -> list[Errand]:
    touched = Touch.objects.filter(case=OuterRef("decision__case"), user=actor.person)
    within = _within("decision__case__jurisdictions", covered)
    rows = Appeal.objects.filter(within, ~Exists(touched), state=AppealState.FILED)
    return [
        Errand(
            ErrandKind.APPEAL,
            row.decision.case.title,
            row.decision.case.code,
            row.pk,
            row.clock.due_at,
        )
        for row in rows.select_related("decision__case", "clock").order_by("filed_at", "id")[:MOST]
    ]


def _codes_covered(held: list[str]) -> list[str]:
    """Return every code of a place that some mandates cover today, and everywhere if they do."""
    day = today()
    codes = [code for code in jurisdictions() if covers(held, code, day)]
    return [*codes, EVERYWHERE] if EVERYWHERE in held else codes


def _within(column: str, covered: list[str]) -> Q:
    """Whether the places of a column, everywhere where it names none, are covered."""
    inside = Q(**{f"{column}__contained_by": covered})
    return inside if EVERYWHERE in covered else inside & ~Q(**{column: []})


def _due(errand: Errand) -> tuple[bool, dt.datetime]:
    far = dt.datetime.max.replace(tzinfo=dt.UTC)
    return (errand.due_at is None, errand.due_at or far)
