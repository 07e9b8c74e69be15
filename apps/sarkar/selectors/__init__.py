"""What the pages of this door show."""

from apps.sarkar.selectors.desk import Desk, desk_of, instruments
from apps.sarkar.selectors.duties import needs_of
from apps.sarkar.selectors.impact import Impact, impact_of, turned
from apps.sarkar.selectors.journal import ParkedLine, parked_lines

__all__ = [
    "Desk",
    "Impact",
    "ParkedLine",
    "desk_of",
    "impact_of",
    "instruments",
    "needs_of",
    "parked_lines",
    "turned",
]
