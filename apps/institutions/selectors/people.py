"""People: their own data for themselves, their names for public offices."""

import datetime as dt
import uuid
from collections.abc import Iterable
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db.models import QuerySet

from apps.institutions.models import (
    ApiToken,
    ConflictDeclaration,
    DutyShift,
    ErasureRequest,
    Invitation,
    Mandate,
    Membership,
    OfficeHolding,
    SeatTerm,
    Suspension,
    User,
)
from apps.institutions.states import ErasureState

HIDDEN = {"password", "digest", "data", "session_key"}
OWN: tuple[tuple[str, Any, str], ...] = (
    ("addresses", EmailAddress, "user"),
    ("second_factors", Authenticator, "user"),
    ("sessions", UserSession, "user"),
    ("memberships", Membership, "user"),
    ("seat_terms", SeatTerm, "user"),
    ("offices", OfficeHolding, "user"),
    ("mandates", Mandate, "user"),
    ("duty_shifts", DutyShift, "user"),
    ("declared_interests", ConflictDeclaration, "user"),
    ("invitations_accepted", Invitation, "accepted_by"),
    ("suspensions", Suspension, "user"),
    ("erasure_requests", ErasureRequest, "user"),
    ("tokens", ApiToken, "user"),
)


def people_by_id(ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, User]:
    """Return people by id, in one query; unknown ids are left out."""
    return User.objects.in_bulk(list(ids))


def tokens_of(person: uuid.UUID) -> QuerySet[ApiToken]:
    """Return a person's tokens, revoked ones too, with their organisations."""
    return ApiToken.objects.filter(user=person).select_related("organisation")


def suspension_of(person: uuid.UUID) -> Suspension | None:
    """Return the suspension that runs, if one does; the database allows one at a time."""
    return Suspension.objects.held().filter(user=person).first()


def offices_of(person: uuid.UUID) -> list[OfficeHolding]:
    """Return the offices that a person holds now, with their chambers."""
    held = OfficeHolding.objects.held().filter(user=person).select_related("chamber")
    return list(held.order_by("office", "pk"))


def seats_of(person: uuid.UUID) -> list[SeatTerm]:
    """Return the seats that a person holds now."""
    held = SeatTerm.objects.held().filter(user=person)
    return list(held.select_related("seat", "chamber", "organisation").order_by("pk"))


def mandates_of(person: uuid.UUID) -> list[Mandate]:
    """Return the mandates that a person holds now."""
    held = Mandate.objects.held().filter(user=person)
    return list(held.order_by("jurisdiction", "subject", "pk"))


def interests_of(person: uuid.UUID) -> list[ConflictDeclaration]:
    """Return the interests that a person has declared and not withdrawn."""
    rows = ConflictDeclaration.objects.filter(user=person, withdrawn_at__isnull=True)
    return list(rows.select_related("organisation").order_by("declared_at", "pk"))


def erasure_open(person: uuid.UUID) -> ErasureRequest | None:
    """Return the open request for erasure; the database allows one."""
    return ErasureRequest.objects.filter(user=person, state=ErasureState.REQUESTED).first()


def second_factors_of(person: uuid.UUID) -> list[Authenticator]:
    """Return a person's second factors, oldest first."""
    return list(Authenticator.objects.filter(user=person).order_by("created_at", "pk"))


def own_data(person: uuid.UUID) -> dict[str, Any]:
    """Return all that the institutions keep about a person, as plain values; no secret in it."""
    user = User.objects.get(pk=person)
    rows: dict[str, Any] = {"account": _plain(user)}
    for name, model, column in OWN:
        found = model.objects.filter(**{column: person}).order_by("pk")
        rows[name] = [_plain(row) for row in found]
    return rows


def _plain(row: Any) -> dict[str, Any]:
    """Return a row's columns; what begins with an underscore is Django's own."""
    columns = {name: value for name, value in vars(row).items() if not name.startswith("_")}
    return {name: _text(value) for name, value in columns.items() if name not in HIDDEN}


def _text(value: Any) -> Any:
    if isinstance(value, dt.datetime | dt.date):
        return value.isoformat()
    if isinstance(value, list | int | bool | type(None)):
        return value
    return str(value)
