"""Rounds, assignments and verdicts."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from apps.clocks.models import Clock
from apps.core.ids import uuid7
from apps.institutions.models import User
from apps.reviews.states import (
    ASSIGNMENT,
    OWING,
    ROUND,
    AssignmentState,
    RoundState,
    VerdictKind,
)


class ReviewRound(models.Model):
    """One question put to reviewers about the text of one SHA-256.

    `subject` is the convener's own thing; whom the matter concerns was handed over by it, and
    none of them reviews. `concerned_matters` are the reference codes under which someone may have
    declared an interest in it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    subject = models.UUIDField()
    question = models.CharField(max_length=500)
    text_hash = models.CharField(max_length=64)
    state = models.CharField(max_length=8, choices=RoundState, default=RoundState.OPEN)
    clock = models.ForeignKey(Clock, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    concerned_people = ArrayField(models.UUIDField(), default=list, blank=True)
    concerned_organisations = ArrayField(models.UUIDField(), default=list, blank=True)
    concerned_matters = ArrayField(models.CharField(max_length=40), default=list, blank=True)

    class Meta:
        constraints = [
            ROUND.constraint("reviews_round_state"),
            models.CheckConstraint(
                name="reviews_round_closed_at",
                condition=Q(state=RoundState.CLOSED, closed_at__isnull=False)
                | (~Q(state=RoundState.CLOSED) & Q(closed_at__isnull=True)),
            ),
        ]
        indexes = [
            models.Index(fields=["subject", "-opened_at", "-id"], name="reviews_round_subject"),
            models.Index(
                fields=["clock"], condition=Q(state=RoundState.OPEN), name="reviews_round_open"
            ),
        ]

    def __str__(self) -> str:
        return f"round {self.id}"


class Assignment(models.Model):
    """One reviewer asked in one round; the clock says until when the verdict is owed."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    round = models.ForeignKey(ReviewRound, models.PROTECT, related_name="assignments")
    reviewer = models.ForeignKey(User, models.PROTECT, related_name="review_assignments")
    state = models.CharField(max_length=10, choices=AssignmentState, default=AssignmentState.ASKED)
    clock = models.ForeignKey(Clock, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True)
    refusal = models.CharField(_("why the reviewer declined"), max_length=500, blank=True)

    class Meta:
        constraints = [
            ASSIGNMENT.constraint("reviews_assignment_state"),
            models.UniqueConstraint("round", "reviewer", name="reviews_one_assignment_each"),
        ]
        indexes = [
            models.Index(
                fields=["reviewer", "asked_at", "id"],
                condition=Q(state__in=OWING),
                name="reviews_owed",
            ),
            models.Index(
                fields=["clock"],
                condition=Q(state__in=OWING, reminded_at__isnull=True),
                name="reviews_to_remind",
            ),
        ]

    def __str__(self) -> str:
        return f"assignment {self.id}"


class Verdict(models.Model):
    """What one reviewer found, with reasons; never changed."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    assignment = models.OneToOneField(Assignment, models.PROTECT, related_name="verdict")
    kind = models.CharField(max_length=10, choices=VerdictKind)
    reasons = models.TextField()
    given_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="reviews_verdict_kind", condition=Q(kind__in=VerdictKind.values)
            ),
            models.CheckConstraint(name="reviews_verdict_with_reasons", condition=~Q(reasons="")),
        ]

    def __str__(self) -> str:
        return f"verdict {self.id}"
