"""What administrators, clerks and registrars have before them."""

from django.db.models import QuerySet

from apps.core.errors import Invalid
from apps.institutions.errors import PersonUnknown, SeatUnknown
from apps.institutions.models import (
    Chamber,
    ErasureRequest,
    Invitation,
    Mandate,
    OfficeHolding,
    Organisation,
    Seat,
    SeatTerm,
    Suspension,
    User,
)
from apps.institutions.states import ErasureState, InvitationState, OrganisationState

SHOWN = 500


def person_by_address(email: str) -> User:
    """Return the person of an address; raise `PersonUnknown`."""
    found = User.objects.filter(email__iexact=email.strip()).first()
    if found is None:
        raise PersonUnknown(field="email")
    return found


def seat_by_number(sector: str, number: int) -> Seat:
    """Return one seat of a chamber; raise `SeatUnknown`."""
    found = Seat.objects.filter(chamber__sector=sector, number=number).first()
    if found is None:
        raise SeatUnknown(field="number")
    return found


def chamber_of(sector: str) -> Chamber:
    """Return the chamber of a sector; raise `Invalid` before the founding."""
    found = Chamber.objects.filter(sector=sector).first()
    if found is None:
        raise Invalid(field="sector")
    return found


def offices_held() -> list[OfficeHolding]:
    """Return the offices held now."""
    held = OfficeHolding.objects.held().select_related("user", "chamber")
    return list(held.order_by("office", "from_at", "pk")[:SHOWN])


def mandates_held() -> list[Mandate]:
    """Return the mandates held now."""
    held = Mandate.objects.held().select_related("user")
    return list(held.order_by("jurisdiction", "subject", "pk")[:SHOWN])


def seats_held() -> list[SeatTerm]:
    """Return the terms that run now."""
    held = SeatTerm.objects.held().select_related("user", "seat", "chamber", "organisation")
    return list(held.order_by("chamber", "seat__number", "pk")[:SHOWN])


def offers_open() -> list[Invitation]:
    """Return the offers of seats and offices that nobody has answered yet, newest first."""
    sent = Invitation.objects.filter(state=InvitationState.SENT, organisation=None)
    rows = sent.select_related("seat__chamber", "chamber")
    return list(rows.order_by("-sent_at", "-pk")[:SHOWN])


def suspensions_running() -> list[Suspension]:
    """Return the suspensions that run now, newest first."""
    held = Suspension.objects.held().select_related("user", "organisation", "ordered_by")
    return list(held.order_by("-from_at", "-pk")[:SHOWN])


def erasures_due() -> list[ErasureRequest]:
    """Return the requests for erasure that wait, oldest first."""
    waiting = ErasureRequest.objects.filter(state=ErasureState.REQUESTED).select_related("user")
    return list(waiting.order_by("requested_at", "pk")[:SHOWN])


def organisations_due() -> QuerySet[Organisation]:
    """Return the organisations that a registrar has not answered yet."""
    return Organisation.objects.filter(state=OrganisationState.REGISTERED)
