"""What decisions bring down from above: measures on a listing, and incidents that count."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from apps.compliance.models.grants import RunningQuerySet
from apps.compliance.states import IncidentBasis, MeasureSource
from apps.core.ids import uuid7
from apps.policy.states import RuleOutcome


class Measure(models.Model):
    """An outcome that a decision, or an order from outside, sets on one listing.

    `reference` is the decision's own code or the order's file number. Copies of the same weights
    under another name inherit it. `ended_at` is set when it is lifted before `until_at`.
    """

    objects = RunningQuerySet.as_manager()

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.TextField(unique=True)
    listing = models.ForeignKey(
        "listings.Listing", on_delete=models.PROTECT, related_name="measures"
    )
    outcome = models.SmallIntegerField(choices=RuleOutcome.choices)
    uses = ArrayField(models.TextField(), default=list, blank=True)
    jurisdictions = ArrayField(models.TextField(), default=list, blank=True)
    source = models.TextField(choices=MeasureSource.choices)
    reference = models.TextField()
    reason = models.TextField()
    since_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["listing", "reference"], name="compliance_one_measure_of_a_decision"
            ),
            models.CheckConstraint(
                name="compliance_measure_outcome",
                condition=Q(outcome__in=RuleOutcome.values) & Q(outcome__gt=RuleOutcome.ALLOW),
            ),
            models.CheckConstraint(
                name="compliance_measure_source", condition=Q(source__in=MeasureSource.values)
            ),
            models.CheckConstraint(
                name="compliance_measure_span",
                condition=Q(until_at__isnull=True) | Q(until_at__gt=F("since_at")),
            ),
        ]
        indexes = [
            models.Index(
                fields=["listing"],
                condition=Q(ended_at__isnull=True),
                name="compliance_measure_listing",
            ),
            models.Index(
                fields=["until_at"],
                condition=Q(ended_at__isnull=True),
                name="compliance_measure_ending",
            ),
        ]

    def __str__(self) -> str:
        return self.code


class IncidentCount(models.Model):
    """One incident that counts against a listing: a triaged or decided case, never a mere report.

    `until_at` is set when the case is closed and the incident no longer stands open.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    listing = models.ForeignKey(
        "listings.Listing", on_delete=models.PROTECT, related_name="incidents"
    )
    reference = models.TextField()
    severity = models.PositiveSmallIntegerField()
    basis = models.TextField(choices=IncidentBasis.choices)
    since_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["listing", "reference"], name="compliance_one_count_of_a_case"
            ),
            models.CheckConstraint(
                name="compliance_incident_severity",
                condition=Q(severity__gte=1) & Q(severity__lte=5),
            ),
            models.CheckConstraint(
                name="compliance_incident_basis", condition=Q(basis__in=IncidentBasis.values)
            ),
        ]
        indexes = [
            models.Index(
                fields=["listing"],
                condition=Q(until_at__isnull=True),
                name="compliance_incident_listing",
            )
        ]

    def __str__(self) -> str:
        return self.reference
