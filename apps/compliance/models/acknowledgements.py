"""What marketplaces owe for the listings they offer, and what they have done."""

from django.db import models
from django.db.models import F, Q

from apps.clocks.models import DeadlineRule
from apps.compliance.states import (
    ACKNOWLEDGEMENT,
    DONE_STATES,
    OPEN_STATES,
    AcknowledgementState,
    Demand,
)
from apps.core.ids import uuid7
from apps.policy.states import RuleOutcome

CURRENT = Q(until_at__isnull=True)
OWED = Q(state__in=OPEN_STATES)


class AcknowledgementQuerySet(models.QuerySet["Acknowledgement"]):
    """Sentences about acknowledgements."""

    def current(self) -> "AcknowledgementQuerySet":
        """Return those that no later change has overtaken."""
        return self.filter(CURRENT)

    def owed(self) -> "AcknowledgementQuerySet":
        """Return those that wait for their marketplace."""
        return self.filter(CURRENT, OWED)


class Acknowledgement(models.Model):
    """What one marketplace owes for one listing since it last changed there, by when, and how far.

    `digest` tells of all that binds the marketplace for this listing: outcomes by use and place,
    and their grounds; it is empty where nothing does any more, and the marketplace lifts what it
    had applied. A later change begins a new row and closes this one. `overdue_at` is set when its
    time had run out before it was done.
    """

    objects = AcknowledgementQuerySet.as_manager()

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    marketplace = models.ForeignKey(
        "listings.Marketplace", models.PROTECT, related_name="acknowledgements"
    )
    listing = models.ForeignKey("listings.Listing", models.PROTECT, related_name="acknowledgements")
    demand = models.CharField(max_length=5, choices=Demand)
    outcome = models.SmallIntegerField(choices=RuleOutcome.choices)
    digest = models.CharField(max_length=32, blank=True)
    state = models.CharField(
        max_length=10, choices=AcknowledgementState, default=AcknowledgementState.OWED
    )
    deadline = models.ForeignKey(DeadlineRule, models.PROTECT, related_name="+")
    since_at = models.DateTimeField()
    due_at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    overdue_at = models.DateTimeField(null=True)
    until_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            ACKNOWLEDGEMENT.constraint("compliance_acknowledgement_state"),
            models.UniqueConstraint(
                fields=["marketplace", "listing"],
                condition=CURRENT,
                name="compliance_one_current_acknowledgement",
            ),
            models.CheckConstraint(
                name="compliance_acknowledgement_demand",
                condition=Q(demand=Demand.APPLY, outcome__gt=RuleOutcome.ALLOW)
                & ~Q(digest="")
                & ~Q(state=AcknowledgementState.LIFTED)
                | Q(demand=Demand.LIFT, outcome=RuleOutcome.ALLOW, digest="")
                & ~Q(state=AcknowledgementState.APPLIED),
            ),
            models.CheckConstraint(
                name="compliance_acknowledgement_outcome",
                condition=Q(outcome__in=RuleOutcome.values),
            ),
            models.CheckConstraint(
                name="compliance_acknowledgement_done",
                condition=Q(state__in=DONE_STATES, done_at__isnull=False)
                | (~Q(state__in=DONE_STATES) & Q(done_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="compliance_acknowledgement_closed",
                condition=(Q(state__in=OPEN_STATES) & CURRENT)
                | Q(state__in=DONE_STATES)
                | Q(state=AcknowledgementState.SUPERSEDED, until_at__isnull=False),
            ),
            models.CheckConstraint(
                name="compliance_acknowledgement_span",
                condition=CURRENT | Q(until_at__gte=F("since_at")),
            ),
        ]
        indexes = [
            models.Index(
                fields=["marketplace", "due_at", "id"],
                condition=CURRENT & OWED,
                name="compliance_owed_by",
            ),
            models.Index(
                fields=["due_at", "id"],
                condition=OWED & Q(overdue_at__isnull=True),
                name="compliance_owed_due",
            ),
            models.Index(
                fields=["listing", "due_at", "id"],
                condition=CURRENT,
                name="compliance_applied_to",
            ),
            models.Index(
                fields=["marketplace", "listing", "-done_at"],
                condition=Q(state__in=DONE_STATES),
                name="compliance_last_done",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.demand} by {self.marketplace_id}: {self.state}"
