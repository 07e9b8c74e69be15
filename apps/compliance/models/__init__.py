"""Nouns of rules applied."""

from apps.compliance.models.acknowledgements import Acknowledgement
from apps.compliance.models.asked import AskedCount, AskedLoss, AskedQuestion
from apps.compliance.models.facts import Facts
from apps.compliance.models.grants import Exemption, Sandbox
from apps.compliance.models.impacts import RuleImpact
from apps.compliance.models.measures import IncidentCount, Measure
from apps.compliance.models.simulations import Simulation
from apps.compliance.models.standings import Duty, Finding, LastRound, Standing

__all__ = [
    "Acknowledgement",
    "AskedCount",
    "AskedLoss",
    "AskedQuestion",
    "Duty",
    "Exemption",
    "Facts",
    "Finding",
    "IncidentCount",
    "LastRound",
    "Measure",
    "RuleImpact",
    "Sandbox",
    "Simulation",
    "Standing",
]
