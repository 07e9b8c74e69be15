"""Reading cases: what is public, and what waits for whom."""

import uuid
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from apps.cases.errors import CaseUnknown, OfficerUnknown, UrgentUnknown
from apps.cases.models import (
    Allegation,
    Case,
    Decision,
    ExternalOrder,
    MisuseReport,
    UrgentAction,
)
from apps.cases.selectors.about import ABOUT
from apps.cases.selectors.owed import allegations_about
from apps.cases.states import CASE, HEARD, CaseState, UrgentState
from apps.core.actor import Actor
from apps.core.clock import Now
from apps.core.codes import parse
from apps.core.pagination import SIZE, Page, keyset_page
from apps.core.states import Station
from apps.institutions.models import Mandate, Organisation, User
from apps.institutions.offices import Subject


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
        .prefetch_related("case__decisions__appeals__clock__rule")
        .order_by("-sent_at", "-id")[:100]
    )


def decisions_in(case: Case) -> list[Decision]:
    """Return the decisions of a case, the first first, with rule and measure."""
    rows = case.decisions.select_related("rule_version__rule", "measure")
    return list(rows.order_by("issued_at", "id"))


def is_public(case: Case) -> bool:
    """Whether everyone may read the case now."""
    return public_cases().filter(pk=case.pk).exists()


def cases_to_join(report: MisuseReport, text: str = "") -> list[Case]:
    """Return open cases that a report may belong to: those found, else those of its listing."""
    rows = Case.objects.exclude(state=CaseState.CLOSED).select_related("listing", "provider")
    if text.strip():
        words = Q(code__iexact=text.strip()) | Q(title__icontains=text)
        about = Q(listing__name__icontains=text) | Q(provider__name__icontains=text)
        rows = rows.filter(words | about | Q(segment__icontains=text))
    else:
        rows = rows.filter(listing=report.listing_id, listing__isnull=False)
    return list(rows.order_by("-opened_at", "-id")[:20])


def urgent_by_id(action: uuid.UUID) -> UrgentAction:
    """Return an urgent act; raise `UrgentUnknown`."""
    found = UrgentAction.objects.select_related("case", "listing").filter(pk=action).first()
    if found is None:
        raise UrgentUnknown(field="action")
    return found


def urgent_in(case: Case) -> list[UrgentAction]:
    """Return the urgent acts in a case, oldest first."""
    rows = case.urgent_actions.select_related("acted_by", "confirmed_by")
    return list(rows.order_by("acted_at", "id"))


def urgent_open() -> list[UrgentAction]:
    """Return the urgent acts that wait for a second officer, the first due first."""
    rows = UrgentAction.objects.filter(state=UrgentState.ACTED)
    return list(rows.select_related("case", "listing").order_by("due_at", "id")[:100])


def orders_page(*, after: str = "", size: int = SIZE) -> Page[ExternalOrder]:
    """Return the orders of courts and governments, newest first."""
    rows = ExternalOrder.objects.select_related("listing", "measure")
    return keyset_page(rows, order=("-recorded_at", "-id"), after=after, size=size)


@dataclass(frozen=True, slots=True)
class OrderFigures:
    """How many orders came, how many are carried out now; and what became of urgent acts."""

    orders: int
    in_force: int
    urgent: int
    lapsed: int


def order_figures() -> OrderFigures:
    """Count orders from outside and urgent acts, for everyone."""
    running = Q(measure__ended_at__isnull=True, until_at__gt=Now())
    orders = ExternalOrder.objects.aggregate(n=Count("pk"), now=Count("pk", filter=running))
    lapsed = Q(state=UrgentState.LAPSED)
    urgent = UrgentAction.objects.aggregate(n=Count("pk"), lapsed=Count("pk", filter=lapsed))
    return OrderFigures(orders["n"], orders["now"], urgent["n"], urgent["lapsed"])


def urgent_newest() -> list[UrgentAction]:
    """Return the newest urgent acts, at most fifty; they are public from the first minute."""
    rows = UrgentAction.objects.select_related("listing").order_by("-acted_at", "-id")
    return list(rows[:SIZE])


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


def officer_by_id(officer: uuid.UUID) -> User:
    """Return a regulator with a mandate for misuse; raise `OfficerUnknown`."""
    found = officers_for_misuse().filter(pk=officer).first()
    if found is None:
        raise OfficerUnknown(field="officer")
    return found


def officer_cases(actor: Actor) -> list[Case]:
    """Return the open cases of an officer, oldest first, at most a hundred."""
    rows = Case.objects.filter(officer=actor.person).exclude(state=CaseState.CLOSED)
    return list(rows.select_related(*ABOUT).order_by("opened_at", "id")[:100])


def _one(rows: QuerySet[Case]) -> Case:
    found = rows.select_related(*ABOUT, "allegation__clock", "allegation__response").first()
    if found is None:
        raise CaseUnknown(field="code")
    return found
