"""What business time brings to proposals: reminders, the end of consultations, and lapse."""

import datetime as dt
import uuid

from django.db import transaction
from django.db.models import QuerySet

from apps.core.actor import SYSTEM
from apps.core.clock import Now, now
from apps.journal.services import record
from apps.proposals.acts import ProposalLapsed, ProposalReminded
from apps.proposals.models import Proposal
from apps.proposals.services.locking import lasts
from apps.proposals.services.rounds import round_end
from apps.proposals.services.steps import review_open
from apps.proposals.states import PROPOSAL, WAITING, ProposalState

BATCH = 50
REMINDER = dt.timedelta(days=3)
TURNING = (ProposalState.CONSULTATION, *WAITING)


def proposals_turn() -> int:
    """Open reviews and lapse what waited too long; return how many proposals moved.

    Safe from several processes at once: each is turned under its lock, in a transaction of its
    own, and passed over where another has it.
    """
    due = Proposal.objects.filter(state__in=TURNING, due_at__lte=Now())
    found = list(due.order_by("due_at", "id").values_list("pk", flat=True)[:BATCH])
    return sum(_turn(key) for key in found)


@transaction.atomic
def _turn(key: uuid.UUID) -> int:
    due = Proposal.objects.filter(pk=key, state__in=TURNING, due_at__lte=Now())
    for proposal in due.select_for_update(skip_locked=True, of=("self",)):
        if proposal.state == ProposalState.CONSULTATION:
            review_open(actor=SYSTEM, proposal=proposal)
        else:
            _lapse(proposal)
        return 1
    return 0


def proposals_remind() -> int:
    """Record, once a step, that it ends in a few days; return of how many proposals."""
    found = list(_soon().order_by("due_at", "id").values_list("pk", flat=True)[:BATCH])
    return sum(_remind(key) for key in found)


def _soon() -> QuerySet[Proposal]:
    return Proposal.objects.filter(
        state__in=TURNING,
        due_at__lte=Now() + REMINDER,
        due_at__gt=Now(),
        reminded_at__isnull=True,
    )


@transaction.atomic
def _remind(key: uuid.UUID) -> int:
    free = _soon().filter(pk=key).select_for_update(skip_locked=True, of=("self",))
    for proposal in free:
        proposal.reminded_at = now()
        proposal.save(update_fields=["reminded_at"])
        if proposal.due_at is not None:
            act = ProposalReminded(
                subject=proposal.pk, waits_in=proposal.state, due_at=proposal.due_at
            )
            record(act, actor=SYSTEM)
        return 1
    return 0


def _lapse(proposal: Proposal) -> None:
    waited_in = proposal.state
    PROPOSAL.move(proposal, ProposalState.LAPSED)
    round_end(SYSTEM, proposal)
    proposal.concluded_at = now()
    lasts(proposal)
    proposal.save()
    record(ProposalLapsed(subject=proposal.pk, waited_in=waited_in), actor=SYSTEM)
