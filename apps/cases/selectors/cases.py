"""Reading cases: what is public, and what waits for whom."""

from django.db.models import Q, QuerySet

from apps.cases.errors import CaseUnknown
from apps.cases.models import Allegation, Appeal, Case, ExternalOrder, MisuseReport, UrgentAction
from apps.cases.selectors.owed import allegations_about
from apps.cases.states import CASE, HEARD, AppealState, CaseState, UrgentState
from apps.core.actor import Actor
from apps.core.clock import Now
from apps.core.codes import parse
from apps.core.pagination import SIZE, Page, keyset_page
from apps.core.states import Station
from apps.institutions.models import Mandate, Organisation, User
from apps.institutions.offices import Subject

ABOUT = ("listing__provider__claimed_by", "listing__brought_by", "provider__claimed_by", "officer")


def public_cases() -> QuerySet[Case]:
    """Return the cases whose company was heard, or had its time."""
    waited = Q(state=CaseState.ALLEGED, allegation__clock__due_at__lte=Now())
    return Case.objects.filter(Q(state__in=HEARD) | waited)


def cases_page(*, after: str = "", size: int = SIZE) -> Page[Case]:
    """Return the public cases, newest first."""
    rows = public_cases().select_related("listing", "provider")
    return keyset_page(rows, order=("-opened_at", "-id"), after=after, size=size)


def case_by_code(code: str) -> Case:
    """Return a case, public or not; raise `CaseUnknown`."""
    return _one(Case.objects.filter(code=parse(code)))


def public_case(code: str) -> Case:
    """Return a case that everyone may read; raise `CaseUnknown`."""
    return _one(public_cases().filter(code=parse(code)))


def cases_open(*, after: str = "", size: int = SIZE) -> Page[Case]:
    """Return what officers have to do, oldest first."""
    rows = Case.objects.exclude(state__in=[CaseState.CLOSED, CaseState.DECIDED])
    return keyset_page(
        rows.select_related(*ABOUT), order=("opened_at", "id"), after=after, size=size
    )


def allegations_to(organisation: Organisation) -> list[Allegation]:
    """Return what a company was asked and what it may appeal, newest first, at most a hundred."""
    return list(
        allegations_about(organisation)
        .select_related("case__listing", "case__provider", "clock", "response")
        .order_by("-sent_at", "-id")[:100]
    )


def appeals_open() -> list[Appeal]:
    """Return the appeals that wait for a decision, oldest first, at most a hundred."""
    rows = Appeal.objects.filter(state=AppealState.FILED).select_related("decision__case", "clock")
    return list(rows.order_by("filed_at", "id")[:100])


def urgent_open() -> list[UrgentAction]:
    """Return the urgent acts that wait for a second officer, the first due first."""
    rows = UrgentAction.objects.filter(state=UrgentState.ACTED)
    return list(rows.select_related("case", "listing").order_by("due_at", "id")[:100])


def orders_page(*, after: str = "", size: int = SIZE) -> Page[ExternalOrder]:
    """Return the orders of courts and governments, newest first."""
    rows = ExternalOrder.objects.select_related("listing", "measure")
    return keyset_page(rows, order=("-recorded_at", "-id"), after=after, size=size)


def steps_of(case: Case) -> list[Station]:
    """Return a case's way as past, now and next, with the moments that are known."""
    allegation = getattr(case, "allegation", None)
    response = getattr(allegation, "response", None) if allegation else None
    first = case.decisions.order_by("issued_at").values_list("issued_at", flat=True).first()
    reached = [
        (CaseState.RECEIVED, case.opened_at),
        (CaseState.ALLEGED, allegation.sent_at if allegation else None),
        (CaseState.ANSWERED, response.given_at if response else None),
        (CaseState.DECIDED, first),
        (CaseState.CLOSED, case.closed_at),
    ]
    return CASE.timeline(case.state, [(state, at) for state, at in reached if at])


def reports_of(case: Case) -> list[MisuseReport]:
    """Return the reports that a case was made of, oldest first, at most a hundred."""
    rows = MisuseReport.objects.filter(link__case=case)
    return list(rows.order_by("received_date", "id")[:100])


def officers_for_misuse() -> QuerySet[User]:
    """Return the regulators with a mandate for misuse, by name."""
    mandated = Mandate.objects.held().filter(subject=Subject.MISUSE).values("user")
    return User.objects.filter(pk__in=mandated, is_active=True).order_by("name", "pk")


def officer_cases(actor: Actor) -> list[Case]:
    """Return the open cases of an officer, oldest first, at most a hundred."""
    rows = Case.objects.filter(officer=actor.person).exclude(state=CaseState.CLOSED)
    return list(rows.select_related(*ABOUT).order_by("opened_at", "id")[:100])


def _one(rows: QuerySet[Case]) -> Case:
    found = rows.select_related(*ABOUT, "allegation__clock", "allegation__response").first()
    if found is None:
        raise CaseUnknown(field="code")
    return found
