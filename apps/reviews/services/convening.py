"""A round is opened, people are asked, and it ends."""

import re
import uuid
from collections.abc import Sequence

from django.db import transaction

from apps.clocks.selectors import has_run_out
from apps.clocks.services import clock_start, clock_stop
from apps.core.actor import Actor
from apps.core.clock import now
from apps.core.ids import uuid7
from apps.institutions.models import User
from apps.institutions.permissions import person_in_good_standing
from apps.institutions.services.constraints import refused_as
from apps.journal.services import record
from apps.reviews import errors
from apps.reviews.acts import ReviewerAssigned, RoundClosed, RoundOpened
from apps.reviews.models import Assignment, ReviewRound
from apps.reviews.permissions import is_concerned
from apps.reviews.selectors import summary
from apps.reviews.states import ASSIGNMENT, OWING, ROUND, AssignmentState, RoundState

HASH = re.compile(r"[0-9a-f]{64}")
LONGEST_QUESTION = 500
OF_A_ROUND = "portal.review.round"
OF_A_VERDICT = "portal.review.verdict"
ONCE = {"reviews_one_assignment_each": errors.ReviewerAskedAlready}


@transaction.atomic
def round_open(
    *,
    actor: Actor,
    subject: uuid.UUID,
    question: str,
    text_hash: str,
    concerned_people: Sequence[uuid.UUID] = (),
    concerned_organisations: Sequence[uuid.UUID] = (),
    concerned_matters: Sequence[str] = (),
    reviewers: Sequence[User] = (),
) -> ReviewRound:
    """Open a round and ask its first reviewers; its clock starts, and closes it when it runs out.

    An instrument: the service that convenes asks who may, and calls this in its own transaction.
    It hands over whom the matter concerns, and the reference codes by which people know it.
    """
    if not 0 < len(question.strip()) <= LONGEST_QUESTION:
        raise errors.QuestionRefused(field="question")
    if not HASH.fullmatch(text_hash):
        raise errors.RoundHashMalformed(field="text_hash")
    key = uuid7()
    clock = clock_start(actor=actor, rule=OF_A_ROUND, thing=key, owner=subject)
    review_round = ReviewRound.objects.create(
        id=key,
        subject=subject,
        question=question.strip(),
        text_hash=text_hash,
        clock=clock,
        opened_at=now(),
        concerned_people=sorted(set(concerned_people)),
        concerned_organisations=sorted(set(concerned_organisations)),
        concerned_matters=sorted({code for code in concerned_matters if code}),
    )
    opened = RoundOpened(subject=key, matter=subject, text_hash=text_hash, due_at=clock.due_at)
    record(opened, actor=actor)
    for reviewer in reviewers:
        reviewer_assign(actor=actor, review_round=review_round, reviewer=reviewer)
    return review_round


@transaction.atomic
def reviewer_assign(*, actor: Actor, review_round: ReviewRound, reviewer: User) -> Assignment:
    """Ask a person for a verdict; refused where the matter concerns them or their own.

    The convener asks who may. No party, nobody of its organisation or owner group, nobody who
    declared an interest in it, and nobody twice.
    """
    review_round = round_locked(review_round.pk)
    if not person_in_good_standing(reviewer.pk):
        raise errors.ReviewerUnavailable(field="reviewer")
    if is_concerned(reviewer.pk, review_round):
        raise errors.ReviewerConflicted(field="reviewer")
    key = uuid7()
    clock = clock_start(actor=actor, rule=OF_A_VERDICT, thing=key, owner=reviewer.pk)
    with refused_as(ONCE):
        assignment = Assignment.objects.create(
            id=key, round=review_round, reviewer=reviewer, clock=clock, asked_at=now()
        )
    record(
        ReviewerAssigned(
            subject=review_round.pk,
            matter=review_round.subject,
            assignment=key,
            person=reviewer.pk,
            due_at=clock.due_at,
        ),
        actor=actor,
    )
    return assignment


@transaction.atomic
def round_close(*, actor: Actor, review_round: ReviewRound) -> ReviewRound:
    """Take no more verdicts; what is still owed lapses, and stays a breach where it was late.

    The convener asks who may; business time closes a round whose clock has run out.
    """
    review_round = round_locked(review_round.pk)
    ROUND.move(review_round, RoundState.CLOSED)
    review_round.closed_at = now()
    review_round.save(update_fields=["state", "closed_at"])
    owed = list(review_round.assignments.filter(state__in=OWING).select_related("clock__rule"))
    for assignment in owed:
        ASSIGNMENT.move(assignment, AssignmentState.LAPSED)
        assignment.save(update_fields=["state"])
    for clock in [review_round.clock, *(assignment.clock for assignment in owed)]:
        if not has_run_out(clock, review_round.closed_at):
            clock_stop(actor=actor, clock=clock, reason="round-closed")
    found = summary(review_round)
    record(
        RoundClosed(
            subject=review_round.pk,
            matter=review_round.subject,
            verdicts={kind.value: times for kind, times in found.verdicts.items()},
            owed=len(owed),
        ),
        actor=actor,
    )
    return review_round


def round_locked(review_round: uuid.UUID) -> ReviewRound:
    """Return the open round, its row locked until the transaction ends; raise `RoundClosed`."""
    rows = ReviewRound.objects.select_for_update(of=("self",)).select_related("clock__rule")
    found = rows.get(pk=review_round)
    if found.state != RoundState.OPEN:
        raise errors.RoundClosed
    return found
