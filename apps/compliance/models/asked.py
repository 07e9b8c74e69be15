"""What was asked and answered: an asker's own log, and counts that name nobody."""

from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import Q

from apps.policy.states import RuleOutcome


class AskedQuestion(models.Model):
    """One question of an asker who is known, and its answer; kept for a time, never changed.

    `asker` is the organisation for which a token speaks, else the person. `model`, `digest`,
    `marketplace` and `asked_version` are as they were asked; `listing` and `version` are what was
    meant, empty where nothing was.
    """

    asker = models.UUIDField()
    asked_at = models.DateTimeField()
    model = models.TextField()
    digest = models.TextField()
    marketplace = models.UUIDField(null=True)
    asked_version = models.IntegerField(null=True)
    use = models.TextField()
    jurisdiction = models.TextField()
    commercial = models.BooleanField()
    listing = models.TextField()
    version = models.IntegerField(null=True)
    outcome = models.PositiveSmallIntegerField(choices=RuleOutcome.choices)
    facts_version = models.BigIntegerField(null=True)
    ruleset_version = models.BigIntegerField()

    class Meta:
        indexes = [
            models.Index(fields=["asker", "-asked_at", "-id"], name="compliance_asked_of"),
            models.Index(
                fields=["asker", "listing", "-asked_at", "-id"], name="compliance_asked_listing"
            ),
            models.Index(
                fields=["asker", "outcome", "-asked_at", "-id"], name="compliance_asked_outcome"
            ),
            BrinIndex(fields=["asked_at"], name="compliance_asked_age"),
        ]
        constraints = [
            models.CheckConstraint(
                name="compliance_asked_answer", condition=Q(outcome__in=RuleOutcome.values)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.model} for {self.use} in {self.jurisdiction}"


class AskedCount(models.Model):
    """How many questions of a day, of everyone together, had one outcome for a use and place."""

    day_date = models.DateField()
    outcome = models.PositiveSmallIntegerField(choices=RuleOutcome.choices)
    use = models.TextField()
    jurisdiction = models.TextField()
    questions = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["day_date", "outcome", "use", "jurisdiction"],
                name="compliance_asked_counted_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.questions} on {self.day_date}"


class AskedLoss(models.Model):
    """How many questions of a day were answered and could not be logged."""

    day_date = models.DateField(primary_key=True)
    questions = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.questions} on {self.day_date}"
