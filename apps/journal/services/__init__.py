"""Writing to the journal and answering it."""

from apps.journal.services.consuming import (
    BATCH,
    Consumer,
    consumer_of,
    pass_over,
    step,
)
from apps.journal.services.parking import parked_retry
from apps.journal.services.recording import caused_by, record, record_many, sequence

__all__ = [
    "BATCH",
    "Consumer",
    "caused_by",
    "consumer_of",
    "parked_retry",
    "pass_over",
    "record",
    "record_many",
    "sequence",
    "step",
]
