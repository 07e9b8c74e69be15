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
from apps.listings.readers.files import rows_of

__all__ = ["EvaluationDraft", "Fault", "ListingDraft", "ParentDraft", "RowRead", "rows_of"]
