"""What the rules in force say of a listing version, why, and what is owed."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from apps.policy.states import RuleMode, RuleOutcome

OPEN = Q(until_at__isnull=True)
BADGE = Q(uses__len=0, jurisdictions__len=0)


class StandingQuerySet(models.QuerySet["Standing"]):
    """Sentences about standings."""

    def open(self) -> "StandingQuerySet":
        """Return what holds now."""
        return self.filter(OPEN)

    def badges(self) -> "StandingQuerySet":
        """Return the standings for any use, everywhere."""
        return self.filter(BADGE)


class Standing(models.Model):
    """One outcome of a listing version for some uses (none: any) in some places (none: all).

    `would_be` is what the outcome would be if rules in advise and warn mode were enforced, null
    where that is no different. `ruleset_version` is the rule set that first said so. A row begins
    anew when its reasons change; `outcome_since_at` is since when the outcome has been the same.
    """

    objects = StandingQuerySet.as_manager()

    id = models.BigAutoField(primary_key=True)
    # The history begins with the listing, so it needs no index of its own to be written.
    listing = models.ForeignKey(
        "listings.Listing", on_delete=models.PROTECT, related_name="standings", db_index=False
    )
    version = models.ForeignKey(
        "listings.ListingVersion", on_delete=models.PROTECT, related_name="standings"
    )
    uses = ArrayField(models.TextField(), default=list)
    jurisdictions = ArrayField(models.TextField(), default=list)
    outcome = models.SmallIntegerField(choices=RuleOutcome.choices)
    would_be = models.SmallIntegerField(choices=RuleOutcome.choices, null=True)
    since_at = models.DateTimeField()
    outcome_since_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)
    ruleset_version = models.BigIntegerField()
    digest = models.CharField(max_length=32, help_text="Of all the above and the findings.")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["version", "digest"], condition=OPEN, name="compliance_one_open_standing"
            ),
            models.UniqueConstraint(
                fields=["version"],
                condition=OPEN & Q(uses=[], jurisdictions=[]),
                name="compliance_one_open_badge",
            ),
            models.CheckConstraint(
                name="compliance_standing_outcome", condition=Q(outcome__in=RuleOutcome.values)
            ),
            models.CheckConstraint(
                name="compliance_standing_would_be",
                condition=Q(would_be__isnull=True) | Q(would_be__gt=F("outcome")),
            ),
            models.CheckConstraint(
                name="compliance_standing_span",
                condition=Q(until_at__isnull=True) | Q(until_at__gte=F("since_at")),
            ),
        ]
        indexes = [
            models.Index(fields=["listing"], condition=OPEN, name="compliance_standing_listing"),
            models.Index(
                fields=["outcome", "listing"],
                condition=OPEN & Q(uses=[], jurisdictions=[]),
                name="compliance_badge_outcome",
            ),
            models.Index(
                fields=["listing", "-since_at", "-id"], name="compliance_standing_history"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_outcome_display()} for listing {self.listing_id}"

    @property
    def is_badge(self) -> bool:
        """Whether this is the standing for any use, everywhere."""
        return not self.uses and not self.jurisdictions


class LastRound(models.Model):
    """When the standings of all listings were last worked out; one row."""

    id = models.BooleanField(primary_key=True, default=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="compliance_one_last_round", condition=Q(id=True))
        ]

    def __str__(self) -> str:
        return f"all worked out at {self.at}"


class Finding(models.Model):
    """One reason of a standing: a rule version whose clauses fired, or a measure.

    A computed finding is an allegation: only in enforce mode does it bear on the outcome.
    """

    id = models.BigAutoField(primary_key=True)
    standing = models.ForeignKey(Standing, on_delete=models.PROTECT, related_name="findings")
    rule_version = models.ForeignKey(
        "policy.RuleVersion", null=True, on_delete=models.PROTECT, related_name="findings"
    )
    measure = models.ForeignKey(
        "compliance.Measure", null=True, on_delete=models.PROTECT, related_name="findings"
    )
    clause_numbers = ArrayField(models.PositiveSmallIntegerField(), default=list)
    outcome = models.SmallIntegerField(choices=RuleOutcome.choices)
    mode = models.TextField(choices=RuleMode.choices)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="compliance_finding_has_one_ground",
                condition=Q(rule_version__isnull=True, measure__isnull=False)
                | Q(rule_version__isnull=False, measure__isnull=True),
            ),
            models.CheckConstraint(
                name="compliance_finding_outcome", condition=Q(outcome__in=RuleOutcome.values)
            ),
            models.CheckConstraint(
                name="compliance_finding_mode", condition=Q(mode__in=RuleMode.values)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_outcome_display()} ({self.mode})"

    @property
    def clause_number(self) -> int | None:
        """The first clause that fired; a measure has none."""
        return self.clause_numbers[0] if self.clause_numbers else None


class Duty(models.Model):
    """What someone owes because an enforced rule fired for a listing version.

    `due_at` is null where the rule sets no time; `until_at` is when the reason fell away.
    """

    id = models.BigAutoField(primary_key=True)
    listing = models.ForeignKey("listings.Listing", on_delete=models.PROTECT, related_name="duties")
    version = models.ForeignKey(
        "listings.ListingVersion", on_delete=models.PROTECT, related_name="duties"
    )
    rule_duty = models.ForeignKey(
        "policy.RuleDuty", on_delete=models.PROTECT, related_name="duties"
    )
    since_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    until_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = "duties"
        constraints = [
            models.UniqueConstraint(
                fields=["version", "rule_duty"], condition=OPEN, name="compliance_one_open_duty"
            )
        ]
        indexes = [
            models.Index(fields=["listing"], condition=OPEN, name="compliance_duty_listing"),
            models.Index(fields=["due_at", "id"], condition=OPEN, name="compliance_duty_due"),
        ]

    def __str__(self) -> str:
        return f"duty of listing {self.listing_id}"
