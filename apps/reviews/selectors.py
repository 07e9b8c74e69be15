"""Reading rounds and what is owed in them."""

import uuid
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from apps.core.actor import Actor
from apps.reviews.errors import AssignmentUnknown, RoundUnknown
from apps.reviews.models import Assignment, ReviewRound, Verdict
from apps.reviews.states import OWING, VerdictKind


@dataclass(frozen=True, slots=True)
class RoundSummary:
    """A round in figures: verdicts of each kind, and how many reviewers still owe one."""

    verdicts: dict[VerdictKind, int]
    owed: int

    @property
    def blocked(self) -> bool:
        """Whether a reviewer blocks."""
        return self.verdicts[VerdictKind.BLOCK] > 0

    @property
    def answered(self) -> int:
        """How many verdicts were given."""
        return sum(self.verdicts.values())


def round_by_id(review_round: uuid.UUID) -> ReviewRound:
    """Return one round with its clock; raise `RoundUnknown`."""
    found = ReviewRound.objects.select_related("clock").filter(pk=review_round).first()
    if found is None:
        raise RoundUnknown
    return found


def rounds_of(subject: uuid.UUID) -> QuerySet[ReviewRound]:
    """Return the rounds about a convener's thing, the newest first."""
    rows = ReviewRound.objects.filter(subject=subject).select_related("clock")
    return rows.order_by("-opened_at", "-id")


def summary(review_round: ReviewRound) -> RoundSummary:
    """Return a round in figures."""
    rows = Verdict.objects.filter(assignment__round=review_round).values_list("kind")
    given = dict(rows.annotate(times=Count("pk")).order_by())
    return RoundSummary(
        verdicts={kind: given.get(kind, 0) for kind in VerdictKind},
        owed=Assignment.objects.filter(round=review_round, state__in=OWING).count(),
    )


def assignments_of(review_round: ReviewRound) -> QuerySet[Assignment]:
    """Return who was asked, with verdicts and clocks, in the order of asking."""
    rows = Assignment.objects.filter(round=review_round)
    return rows.select_related("reviewer", "verdict", "clock").order_by("asked_at", "id")


def reviews_owed(actor: Actor) -> QuerySet[Assignment]:
    """Return the assignments that the actor still owes a verdict, the first due first."""
    rows = Assignment.objects.filter(reviewer=actor.person, state__in=OWING)
    return rows.select_related("round", "clock").order_by("clock__due_at", "id")


def assignment_for(actor: Actor, assignment: uuid.UUID) -> Assignment:
    """Return one of the actor's own assignments; raise `AssignmentUnknown`."""
    rows = Assignment.objects.filter(reviewer=actor.person, pk=assignment)
    found = rows.select_related("round", "clock").first()
    if found is None:
        raise AssignmentUnknown
    return found
