"""Readers of what others write: each row becomes a typed draft or a list of faults.

No Django here: what a row says is one question, what the portal does with it another.
"""

from apps.listings.readers.drafts import (
    EvaluationDraft,
    Fault,
    ListingDraft,
    ParentDraft,
    RowRead,
)
from apps.listings.readers.files import row_of, rows_of
from apps.listings.readers.own import read_changes

__all__ = [
    "EvaluationDraft",
    "Fault",
    "ListingDraft",
    "ParentDraft",
    "RowRead",
    "read_changes",
    "row_of",
    "rows_of",
]
