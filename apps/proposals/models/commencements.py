"""An adopted rule began: what it changes now, held against what was foretold."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from apps.core.ids import uuid7
from apps.proposals.models.proposals import Proposal
from apps.proposals.models.revisions import Impact


class ImpactTolerance(models.Model):
    """By how much an impact may differ at commencement from the one that was voted on.

    That many percent of the listings foretold to change, but `least` in any case.
    """

    is_reference = True

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    valid_from_date = models.DateField(unique=True)
    valid_until_date = models.DateField(null=True)
    percent = models.PositiveSmallIntegerField()
    least = models.PositiveIntegerField()
    source = models.CharField(max_length=300)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="proposals_tolerance_span",
                condition=Q(valid_until_date__isnull=True)
                | Q(valid_until_date__gt=F("valid_from_date")),
            ),
            models.CheckConstraint(
                name="proposals_tolerance_percent", condition=Q(percent__lte=100)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.percent} % from {self.valid_from_date}"

    def allows(self, foretold: int) -> int:
        """Return how many listings may differ where so many were foretold to change."""
        return max(self.least, foretold * self.percent // 100)


class Commencement(models.Model):
    """The impact of an adopted rule as it began, beside the frozen one; never changed.

    `appeared` change now and were not foretold, `vanished` were foretold and do not change.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    proposal = models.OneToOneField(Proposal, models.PROTECT, related_name="commencement")
    impact = models.OneToOneField(Impact, models.PROTECT, related_name="+")
    tolerance = models.ForeignKey(ImpactTolerance, models.PROTECT, related_name="+")
    appeared = ArrayField(models.UUIDField(), default=list, blank=True)
    vanished = ArrayField(models.UUIDField(), default=list, blank=True)
    allowed = models.PositiveIntegerField()
    began_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"commencement of {self.proposal_id}"

    @property
    def differing(self) -> int:
        """For how many listings the two impacts differ."""
        return len(self.appeared) + len(self.vanished)

    @property
    def beyond(self) -> bool:
        """Whether they differ by more than is tolerated."""
        return self.differing > self.allowed
