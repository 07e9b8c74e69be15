"""Reading ballots, their rolls and counts."""

from apps.voting.selectors.ballots import ballot_by_code, ballots_listed, entry_of, open_ballots
from apps.voting.selectors.counting import ChamberFigures, result
from apps.voting.selectors.files import recount_file

__all__ = [
    "ChamberFigures",
    "ballot_by_code",
    "ballots_listed",
    "entry_of",
    "open_ballots",
    "recount_file",
    "result",
]
