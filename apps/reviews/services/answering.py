"""A reviewer accepts, declines or gives a verdict."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.clocks.services import clock_stop
from apps.core.actor import Actor
from apps.core.clock import now
from apps.institutions.permissions import refusal
from apps.journal.services import record
from apps.reviews import errors
from apps.reviews.acts import ReviewerAccepted, ReviewerDeclined, VerdictGiven
from apps.reviews.models import Assignment, ReviewRound, Verdict
from apps.reviews.permissions import can_review, is_concerned
from apps.reviews.services.convening import round_locked
from apps.reviews.states import ASSIGNMENT, AssignmentState, VerdictKind

LONGEST_REFUSAL = 500
LONGEST_REASONS = 20_000


@transaction.atomic
def assignment_accept(*, actor: Actor, assignment: Assignment) -> Assignment:
    """Say that a verdict will be given."""
    review_round, assignment = _own(actor, assignment)
    ASSIGNMENT.move(assignment, AssignmentState.ACCEPTED)
    assignment.save(update_fields=["state"])
    act = ReviewerAccepted(
        subject=review_round.pk, matter=review_round.subject, assignment=assignment.pk
    )
    record(act, actor=actor)
    return assignment


@transaction.atomic
def assignment_decline(*, actor: Actor, assignment: Assignment, reason: str) -> Assignment:
    """Say that no verdict will be given, and why."""
    review_round, assignment = _own(actor, assignment)
    if not 0 < len(reason.strip()) <= LONGEST_REFUSAL:
        raise errors.ReasonsMissing(field="reason")
    ASSIGNMENT.move(assignment, AssignmentState.DECLINED)
    assignment.refusal = reason.strip()
    assignment.save(update_fields=["state", "refusal"])
    clock_stop(actor=actor, clock=assignment.clock, reason="declined")
    act = ReviewerDeclined(
        subject=review_round.pk, matter=review_round.subject, assignment=assignment.pk
    )
    record(act, actor=actor)
    return assignment


@transaction.atomic
def verdict_give(
    *, actor: Actor, assignment: Assignment, kind: VerdictKind, reasons: str
) -> Verdict:
    """Answer a round, with reasons; late is possible until it closes, and stays late.

    The conflict check is made anew: who has become concerned since being asked gives no verdict.
    """
    review_round, assignment = _own(actor, assignment)
    if is_concerned(assignment.reviewer_id, review_round):
        raise errors.ReviewerConflicted
    if not 0 < len(reasons.strip()) <= LONGEST_REASONS:
        raise errors.ReasonsMissing(field="reasons")
    ASSIGNMENT.move(assignment, AssignmentState.DONE)
    assignment.save(update_fields=["state"])
    verdict = Verdict.objects.create(
        assignment=assignment, kind=VerdictKind(kind), reasons=reasons.strip(), given_at=now()
    )
    clock_stop(actor=actor, clock=assignment.clock, reason="verdict-given")
    record(
        VerdictGiven(
            subject=review_round.pk,
            matter=review_round.subject,
            assignment=assignment.pk,
            verdict=verdict.kind,
        ),
        actor=actor,
    )
    return verdict


def _own(actor: Actor, assignment: Assignment) -> tuple[ReviewRound, Assignment]:
    """Return the locked round and assignment of the reviewer who acts."""
    review_round = round_locked(assignment.round_id)
    rows = Assignment.objects.select_for_update(of=("self",)).select_related("clock")
    assignment = rows.get(pk=assignment.pk)
    if not can_review(actor, assignment):
        raise refusal(actor, _("Only the person who was asked answers."))
    return review_round, assignment
