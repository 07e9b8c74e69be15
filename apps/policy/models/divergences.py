"""Notices that the text of a rule and its expression part."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from apps.core.ids import uuid7
from apps.policy.models.rules import RuleVersion
from apps.policy.states import DIVERGENCE, DivergenceState


class Divergence(models.Model):
    """Someone says that what runs is not what the text says; where they part, the text prevails.

    `clause_number` is empty where the whole is meant; `listing_code` names a listing that shows it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField(max_length=20, unique=True)
    version = models.ForeignKey(RuleVersion, models.PROTECT, related_name="divergences")
    clause_number = models.PositiveSmallIntegerField(null=True)
    statement = models.TextField()
    listing_code = models.CharField(max_length=20, blank=True)
    filed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    filed_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=DivergenceState, default=DIVERGENCE.initial)
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            DIVERGENCE.constraint("policy_divergence_state"),
            models.UniqueConstraint(
                fields=["filed_by", "version", "clause_number"],
                condition=Q(state=DivergenceState.FILED),
                nulls_distinct=False,
                name="policy_one_open_divergence",
            ),
            models.CheckConstraint(
                name="policy_divergence_answered",
                condition=Q(state=DivergenceState.FILED, answered_at=None, answer="")
                | (~Q(state=DivergenceState.FILED) & ~Q(answer="") & ~Q(answered_at=None)),
            ),
        ]
        indexes = [
            models.Index(fields=["version", "-filed_at", "id"], name="policy_divergences_of"),
            models.Index(
                fields=["filed_at", "id"],
                condition=Q(state=DivergenceState.FILED),
                name="policy_divergences_waiting",
            ),
        ]

    def __str__(self) -> str:
        return self.code
