"""Reading rounds and what is owed in them."""

import re
import uuid
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from apps.core.actor import Actor
from apps.institutions.models import SeatTerm, Suspension, User
from apps.institutions.sectors import Sector
from apps.reviews.errors import AssignmentUnknown, ReviewerUnknown, RoundUnknown
from apps.reviews.models import Assignment, ReviewRound, Verdict
from apps.reviews.permissions import people_concerned
from apps.reviews.states import OWING, AssignmentState, RoundState, VerdictKind

SEAT = re.compile(rf"({'|'.join(Sector.values)})-([1-9][0-9]{{0,3}})")


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
    found = ReviewRound.objects.select_related("clock__rule").filter(pk=review_round).first()
    if found is None:
        raise RoundUnknown
    return found


def rounds(state: RoundState) -> QuerySet[ReviewRound]:
    """Return the rounds of one state, the newest first, with how many were asked and answered."""
    asked = ~Q(assignments__state=AssignmentState.DECLINED)
    rows = ReviewRound.objects.filter(state=state).select_related("clock")
    counted = rows.annotate(
        asked=Count("assignments", filter=asked),
        answered=Count("assignments", filter=Q(assignments__state=AssignmentState.DONE)),
    )
    return counted.order_by("-opened_at", "-id")


def rounds_counted() -> dict[RoundState, int]:
    """Return how many rounds stand in each state."""
    rows = ReviewRound.objects.order_by().values_list("state").annotate(times=Count("pk"))
    found = dict(rows)
    return {state: found.get(state, 0) for state in RoundState}


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
    return rows.select_related("reviewer", "verdict", "clock__rule").order_by("asked_at", "id")


def reviews_owed(actor: Actor) -> QuerySet[Assignment]:
    """Return the assignments that the actor still owes a verdict, the first due first."""
    rows = Assignment.objects.filter(reviewer=actor.person, state__in=OWING)
    return rows.select_related("round", "clock__rule").order_by("clock__due_at", "id")


def assignment_for(actor: Actor, assignment: uuid.UUID) -> Assignment:
    """Return one of the actor's own assignments; raise `AssignmentUnknown`."""
    rows = Assignment.objects.filter(reviewer=actor.person, pk=assignment)
    found = rows.select_related("round", "clock").first()
    if found is None:
        raise AssignmentUnknown
    return found


def candidates(review_round: ReviewRound) -> list[SeatTerm]:
    """Return who sits in a chamber and can be asked: in good standing, not concerned, not asked."""
    suspended = Suspension.objects.held().filter(user=OuterRef("user"))
    asked = Assignment.objects.filter(round=review_round).values("reviewer")
    held = SeatTerm.objects.held().filter(~Exists(suspended), user__is_active=True)
    free = held.exclude(user__in=asked).exclude(user__in=people_concerned(review_round))
    rows = list(free.select_related("user", "seat", "chamber"))
    chambers = list(Sector)
    return sorted(
        rows, key=lambda row: (chambers.index(Sector(row.chamber.sector)), row.seat.number)
    )


def person_named(reviewer: str) -> User:
    """Return the person of an address, or of a seat as `samaj-3`; raise `ReviewerUnknown`."""
    named = reviewer.strip()
    if seat := SEAT.fullmatch(named):
        terms = SeatTerm.objects.held().filter(chamber__sector=seat[1], seat__number=int(seat[2]))
        people = User.objects.filter(pk__in=terms.values("user"))
    else:
        people = User.objects.filter(email__iexact=named)
    found = people.first()
    if found is None:
        raise ReviewerUnknown(field="reviewer")
    return found
