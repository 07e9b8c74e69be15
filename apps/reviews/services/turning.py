"""What business time brings to reviews: reminders, and the end of rounds."""

import datetime as dt

from django.db import transaction

from apps.core.actor import SYSTEM
from apps.core.clock import now
from apps.journal.services import record
from apps.reviews.acts import ReviewerReminded
from apps.reviews.models import Assignment, ReviewRound
from apps.reviews.services.convening import round_close
from apps.reviews.states import OWING, RoundState

BATCH = 100
REMINDER = dt.timedelta(days=3)


def reviews_turn() -> int:
    """Remind who owes a verdict soon, and close rounds whose clock has run out; return how many.

    Safe from several processes at once: each row is turned under its lock and passed over where
    another has it.
    """
    return _close_rounds() + _remind()


def _close_rounds() -> int:
    closed = 0
    due = ReviewRound.objects.filter(state=RoundState.OPEN, clock__due_at__lte=now())
    for found in list(due.order_by("clock__due_at", "id").values_list("pk", flat=True)[:BATCH]):
        with transaction.atomic():
            for review_round in due.select_for_update(skip_locked=True, of=("self",)).filter(
                pk=found
            ):
                round_close(actor=SYSTEM, review_round=review_round)
                closed += 1
    return closed


@transaction.atomic
def _remind() -> int:
    moment = now()
    soon = Assignment.objects.filter(
        state__in=OWING,
        reminded_at__isnull=True,
        round__state=RoundState.OPEN,
        clock__due_at__lte=moment + REMINDER,
    )
    rows = soon.select_for_update(skip_locked=True, of=("self",)).select_related("round", "clock")
    owing = list(rows.order_by("clock__due_at", "id")[:BATCH])
    for assignment in owing:
        assignment.reminded_at = moment
        assignment.save(update_fields=["reminded_at"])
        record(
            ReviewerReminded(
                subject=assignment.round_id,
                matter=assignment.round.subject,
                assignment=assignment.pk,
                person=assignment.reviewer_id,
                due_at=assignment.clock.due_at,
            ),
            actor=SYSTEM,
        )
    return len(owing)
