"""Nouns of the institutions."""

from apps.institutions.models.chambers import Chamber, OfficeHolding, Seat, SeatTerm
from apps.institutions.models.duties import DutyShift
from apps.institutions.models.founding import ChamberTerms, Charter
from apps.institutions.models.invitations import Invitation
from apps.institutions.models.mandates import ConflictDeclaration, Mandate
from apps.institutions.models.organisations import Membership, Organisation, OwnerGroup, Role
from apps.institutions.models.people import User
from apps.institutions.models.standing import ErasureRequest, Suspension
from apps.institutions.models.tokens import ApiToken, IdempotencyKey

__all__ = [
    "ApiToken",
    "Chamber",
    "ChamberTerms",
    "Charter",
    "ConflictDeclaration",
    "DutyShift",
    "ErasureRequest",
    "IdempotencyKey",
    "Invitation",
    "Mandate",
    "Membership",
    "OfficeHolding",
    "Organisation",
    "OwnerGroup",
    "Role",
    "Seat",
    "SeatTerm",
    "Suspension",
    "User",
]
