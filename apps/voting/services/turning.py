"""What business time brings to ballots."""

from collections.abc import Callable

from django.db import transaction

from apps.core.actor import SYSTEM
from apps.voting.models import Ballot
from apps.voting.models.ballots import BallotQuerySet
from apps.voting.services.closing import ballot_close
from apps.voting.services.opening import ballot_open
from apps.voting.services.reminding import ballot_remind

BATCH = 50


def ballots_turn() -> int:
    """Open, remind of and close what business time has passed; return how many ballots moved.

    Safe from several processes at once: each ballot is turned under its lock, in a transaction of
    its own, and passed over where another has it.
    """
    opened = _each(Ballot.objects.due_to_open().order_by("opens_at", "id"), ballot_open)
    reminded = _each(Ballot.objects.due_to_remind().order_by("closes_at", "id"), ballot_remind)
    return (
        opened
        + reminded
        + _each(Ballot.objects.due_to_close().order_by("closes_at", "id"), ballot_close)
    )


def _each(due: BallotQuerySet, step: Callable[..., Ballot]) -> int:
    moved = 0
    for found in list(due.values_list("pk", flat=True)[:BATCH]):
        with transaction.atomic():
            free = due.select_for_update(skip_locked=True, of=("self",), no_key=True)
            for ballot in free.filter(pk=found):
                step(actor=SYSTEM, ballot=ballot)
                moved += 1
    return moved
