"""Reading who is who, what the charter says, and which procedures can run today."""

from apps.institutions.selectors.charter import ChamberView, CharterView, SeatView, charter
from apps.institutions.selectors.organisations import (
    memberships_of,
    organisation_by_code,
    organisations_public,
)
from apps.institutions.selectors.people import own_data, people_by_id, tokens_of
from apps.institutions.selectors.readiness import Lack, Procedure, readiness

__all__ = [
    "ChamberView",
    "CharterView",
    "Lack",
    "Procedure",
    "SeatView",
    "charter",
    "memberships_of",
    "organisation_by_code",
    "organisations_public",
    "own_data",
    "people_by_id",
    "readiness",
    "tokens_of",
]
