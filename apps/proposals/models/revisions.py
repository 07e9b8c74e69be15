"""The texts of a proposal, what each would change, and the text that was frozen."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from apps.core.ids import uuid7
from apps.proposals.models.proposals import Proposal
from apps.proposals.states import ImpactOccasion


class Revision(models.Model):
    """One whole text; never changed.

    `document` is the draft as plain JSON, `text_hash` the SHA-256 of exactly that, canonical.
    `justification` says why the rule is needed; it is no part of the rule, and not hashed.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()
    document = models.JSONField()
    text_hash = models.CharField(max_length=64)
    note = models.CharField(max_length=500, blank=True)
    justification = models.TextField(blank=True)
    written_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint("proposal", "number", name="proposals_one_revision_number")
        ]

    def __str__(self) -> str:
        return f"revision {self.number}"


class Impact(models.Model):
    """What one text would change, as it was worked out at one moment; never changed.

    `document` holds the breakdowns, and is empty for what was worked out before there were any.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="impacts")
    occasion = models.CharField(max_length=12, choices=ImpactOccasion)
    listings = models.PositiveIntegerField()
    enforced = models.JSONField()
    would_be = models.JSONField()
    changed = ArrayField(models.UUIDField(), default=list, blank=True)
    document = models.JSONField(default=dict, blank=True)
    ruleset = models.BigIntegerField()
    snapshot = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    computed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint("revision", "occasion", name="proposals_one_impact_each"),
            models.CheckConstraint(
                name="proposals_impact_occasion", condition=Q(occasion__in=ImpactOccasion.values)
            ),
        ]

    def __str__(self) -> str:
        return f"impact {self.digest[:8]}"


class Freeze(models.Model):
    """The text and the impact that go to the vote; `digest` is what the ballot is about."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    proposal = models.OneToOneField(Proposal, models.PROTECT, related_name="freeze")
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="+")
    impact = models.ForeignKey(Impact, models.PROTECT, related_name="+")
    text_hash = models.CharField(max_length=64)
    snapshot_hash = models.CharField(max_length=64)
    impact_hash = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    frozen_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"freeze {self.digest[:8]}"
