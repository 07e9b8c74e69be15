"""Rules and their versions."""

import datetime as dt
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from apps.core.clock import Now
from apps.core.ids import uuid7
from apps.policy.states import (
    RULE_TABLE,
    LiabilityTag,
    RuleMode,
    RuleOutcome,
    RuleState,
    StatuteKind,
)


class Rule(models.Model):
    """One rule through all its versions; `code` is how people cite it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    number = models.BigIntegerField(unique=True)
    code = models.TextField(unique=True)
    kind = models.TextField(choices=StatuteKind.choices)
    title = models.TextField()
    authority = models.TextField(help_text="Who made it, in words.")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="policy_rule_kind", condition=Q(kind__in=StatuteKind.values)
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


class RuleVersionQuerySet(models.QuerySet["RuleVersion"]):
    """Sentences about rule versions."""

    def in_force(self, at: dt.datetime | None = None) -> "RuleVersionQuerySet":
        """Return the versions whose dates hold now, or held at a moment."""
        moment = at or Now()
        return self.filter(
            Q(effective_at__lte=moment)
            & (Q(ended_at__isnull=True) | Q(ended_at__gt=moment))
            & (Q(sunset_at__isnull=True) | Q(sunset_at__gt=moment))
        )

    def standing(self) -> "RuleVersionQuerySet":
        """Return the versions that have not ended: in force or to come."""
        return self.exclude(state=RuleState.ENDED)


class RuleVersion(models.Model):
    """One text of a rule, with the expression that runs; its words never change.

    `jurisdictions` and `uses` are the scope, empty for all. A half-open time in force begins at
    `effective_at` and ends at `sunset_at`, or earlier at `ended_at`. `allowed_jurisdictions` says
    for the outcome "restrict" where a listing may still be offered.
    """

    objects: ClassVar[models.Manager["RuleVersion"]] = RuleVersionQuerySet.as_manager()

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    rule = models.ForeignKey(Rule, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    title = models.TextField()
    summary = models.TextField(blank=True)
    expression = models.TextField()
    outcome = models.SmallIntegerField(choices=RuleOutcome.choices)
    allowed_jurisdictions = ArrayField(models.TextField(), default=list, blank=True)
    liability_tag = models.TextField(choices=LiabilityTag.choices, blank=True)
    mode = models.TextField(choices=RuleMode.choices)
    jurisdictions = ArrayField(models.TextField(), default=list, blank=True)
    uses = ArrayField(models.TextField(), default=list, blank=True)
    effective_at = models.DateTimeField()
    sunset_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    legal_basis = models.TextField()
    citation = models.TextField(blank=True)
    gazette_reference = models.TextField(blank=True)
    why_knowledge = models.TextField(_("Who knows the risk"), blank=True, default="")
    why_means = models.TextField(_("Whether who harms can pay"), blank=True, default="")
    why_suits = models.TextField(_("Whether the harmed would sue"), blank=True, default="")
    why_cost = models.TextField(_("What it costs to run"), blank=True, default="")
    origin_ref = models.TextField(blank=True)
    text_hash = models.CharField(max_length=64)
    state = models.TextField(choices=RuleState.choices, default=RULE_TABLE.initial)

    class Meta:
        constraints = [
            RULE_TABLE.constraint("policy_ruleversion_state"),
            models.UniqueConstraint(fields=["rule", "number"], name="policy_one_version_number"),
            models.UniqueConstraint(
                fields=["rule"],
                condition=Q(state=RuleState.IN_FORCE),
                name="policy_one_version_in_force",
            ),
            models.CheckConstraint(
                name="policy_ruleversion_mode", condition=Q(mode__in=RuleMode.values)
            ),
            models.CheckConstraint(
                name="policy_ruleversion_outcome", condition=Q(outcome__in=RuleOutcome.values)
            ),
            models.CheckConstraint(
                name="policy_ruleversion_tag",
                condition=Q(liability_tag="") | Q(liability_tag__in=LiabilityTag.values),
            ),
            models.CheckConstraint(
                name="policy_ruleversion_dates",
                condition=Q(sunset_at__isnull=True) | Q(sunset_at__gt=F("effective_at")),
            ),
            models.CheckConstraint(
                name="policy_ruleversion_end",
                condition=Q(state=RuleState.ENDED, ended_at__isnull=False)
                | (~Q(state=RuleState.ENDED) & Q(ended_at__isnull=True)),
            ),
        ]
        indexes = [
            models.Index(fields=["-effective_at", "-id"], name="policy_version_gazette"),
            models.Index(fields=["state", "effective_at", "id"], name="policy_version_state"),
            GinIndex(fields=["uses"], name="policy_version_uses"),
            GinIndex(fields=["jurisdictions"], name="policy_version_places"),
        ]

    def __str__(self) -> str:
        return f"{self.rule_id} v{self.number}"


class RulesetChange(models.Model):
    """One step of the ruleset's version: which rules stand was changed at this moment."""

    number = models.BigIntegerField(primary_key=True)
    changed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"ruleset {self.number}"
