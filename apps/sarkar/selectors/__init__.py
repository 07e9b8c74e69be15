"""What the pages of this door show."""

from apps.sarkar.selectors.desk import Desk, desk_of, instruments
from apps.sarkar.selectors.journal import ParkedLine, parked_lines

__all__ = ["Desk", "ParkedLine", "desk_of", "instruments", "parked_lines"]
