"""Grants: a sandbox to try things in, and an exemption of one listing from one rule."""

import datetime as dt

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from apps.core.ids import uuid7


class RunningQuerySet(models.QuerySet):
    """Sentences about what runs for a time."""

    def running(self, moment: dt.datetime) -> "RunningQuerySet":
        """Return what has begun and neither run out nor been ended."""
        runs = Q(until_at__isnull=True) | Q(until_at__gt=moment)
        return self.filter(
            runs, Q(ended_at__isnull=True) | Q(ended_at__gt=moment), since_at__lte=moment
        )


class Sandbox(models.Model):
    """A supervised trial: where, for which uses, with how many listings, until when.

    It is granted by an act of a regulator, and a listing takes part by an exemption that names it.
    `ended_at` is set when it is closed early.
    """

    objects = RunningQuerySet.as_manager()

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.TextField(unique=True)
    name = models.TextField()
    jurisdictions = ArrayField(models.TextField())
    uses = ArrayField(models.TextField(), default=list, blank=True)
    cohort_cap = models.PositiveIntegerField()
    exit_plan = models.TextField()
    legal_basis = models.TextField()
    issuer = models.ForeignKey("institutions.User", on_delete=models.PROTECT, related_name="+")
    since_at = models.DateTimeField()
    until_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = "sandboxes"
        constraints = [
            models.CheckConstraint(
                name="compliance_sandbox_span", condition=Q(until_at__gt=F("since_at"))
            ),
            models.CheckConstraint(
                name="compliance_sandbox_cohort", condition=Q(cohort_cap__gte=1)
            ),
            models.CheckConstraint(
                name="compliance_sandbox_place", condition=Q(jurisdictions__len__gte=1)
            ),
        ]
        indexes = [models.Index(fields=["-since_at", "-id"], name="compliance_sandbox_list")]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class Exemption(models.Model):
    """One listing is exempt from one rule, for some uses (none: all), in some places, for a time.

    `uses` and `jurisdictions` are empty for all that the rule covers. `ended_at` is set when it is
    taken back early.
    """

    objects = RunningQuerySet.as_manager()

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.TextField(unique=True)
    rule = models.ForeignKey("policy.Rule", on_delete=models.PROTECT, related_name="exemptions")
    listing = models.ForeignKey(
        "listings.Listing", on_delete=models.PROTECT, related_name="exemptions"
    )
    sandbox = models.ForeignKey(
        Sandbox, null=True, on_delete=models.PROTECT, related_name="exemptions"
    )
    uses = ArrayField(models.TextField(), default=list, blank=True)
    jurisdictions = ArrayField(models.TextField(), default=list, blank=True)
    reason = models.TextField()
    issuer = models.ForeignKey("institutions.User", on_delete=models.PROTECT, related_name="+")
    since_at = models.DateTimeField()
    until_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="compliance_exemption_span", condition=Q(until_at__gt=F("since_at"))
            ),
        ]
        indexes = [
            models.Index(
                fields=["listing"],
                condition=Q(ended_at__isnull=True),
                name="compliance_exemption_listing",
            ),
            models.Index(fields=["-since_at", "-id"], name="compliance_exemption_list"),
        ]

    def __str__(self) -> str:
        return self.code
