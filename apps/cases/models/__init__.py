"""Nouns of casework."""

from apps.cases.models.appeals import Appeal, Touch
from apps.cases.models.cases import Allegation, Case, CaseReport, Decision, Response
from apps.cases.models.contests import Contest, ContestStay
from apps.cases.models.orders import ExternalOrder, UrgentAction
from apps.cases.models.reports import Evidence, MisuseReport

__all__ = [
    "Allegation",
    "Appeal",
    "Case",
    "CaseReport",
    "Contest",
    "ContestStay",
    "Decision",
    "Evidence",
    "ExternalOrder",
    "MisuseReport",
    "Response",
    "Touch",
    "UrgentAction",
]
