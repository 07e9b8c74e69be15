"""Ballots, their rolls, votes and counts, and the settings they are held by."""

from apps.voting.models.ballots import Ballot, Tally
from apps.voting.models.procedures import ProcedureSettings
from apps.voting.models.rolls import RollEntry, Vote

__all__ = ["Ballot", "ProcedureSettings", "RollEntry", "Tally", "Vote"]
