"""The count, in exact integers: plain Python that a stranger can run on the published file."""

from apps.voting.tally.files import FileMalformed, count_file, file_read
from apps.voting.tally.majority import RAISED, Chamber, Count, Verdict, concurrent_majority

__all__ = [
    "RAISED",
    "Chamber",
    "Count",
    "FileMalformed",
    "Verdict",
    "concurrent_majority",
    "count_file",
    "file_read",
]
