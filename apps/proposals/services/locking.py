"""The proposal's row, locked, and the time its present step lasts."""

import datetime as dt
import uuid

from apps.clocks.selectors import window
from apps.core.clock import now
from apps.proposals.errors import ReasonMissing
from apps.proposals.models import Proposal

CONSULTATION = "portal.proposal.consultation"
NEXT_STEP = "portal.proposal.next-step"
STANDSTILL = "portal.proposal.standstill"
LONGEST_REASON = 500


def locked(proposal: uuid.UUID) -> Proposal:
    """Return the proposal, its row locked until the transaction ends."""
    return Proposal.objects.select_for_update(of=("self",)).get(pk=proposal)


def lasts(proposal: Proposal, rule: str = "") -> dt.datetime | None:
    """Set until when the present step lasts, or that it has no end; save nothing."""
    proposal.reminded_at = None
    proposal.deadline, proposal.due_at = window(rule, now()) if rule else (None, None)
    return proposal.due_at


def reason_of(words: str) -> str:
    """Return a public reason; raise `ReasonMissing`."""
    if not 0 < len(words.strip()) <= LONGEST_REASON:
        raise ReasonMissing(field="reason")
    return words.strip()
