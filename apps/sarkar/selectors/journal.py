"""Parked acts: what a consumer could not answer, and how far each consumer is behind."""

from dataclasses import dataclass

from apps.journal.models import Parked
from apps.journal.selectors import acts_at, parked


@dataclass(frozen=True, slots=True)
class ParkedLine:
    """One parked act with its kind and the last line of what went wrong."""

    row: Parked
    kind: str

    @property
    def error(self) -> str:
        """The last line of the trace; empty where it only waits behind another."""
        lines = self.row.error.strip().splitlines()
        return lines[-1] if lines else ""


def parked_lines() -> list[ParkedLine]:
    """Return parked acts, the oldest first."""
    rows = parked()
    kinds = {act.seq: act.kind for act in acts_at([row.seq for row in rows])}
    return [ParkedLine(row, kinds.get(row.seq, "")) for row in rows]
