"""What comes from outside, and what cannot wait: orders and urgent acts."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from apps.cases.models.cases import Case
from apps.cases.states import URGENT, UrgentState
from apps.compliance.states import MeasureSource
from apps.core.ids import uuid7
from apps.policy.states import RuleOutcome

USER = settings.AUTH_USER_MODEL
OUTSIDE = (MeasureSource.COURT, MeasureSource.GOVERNMENT)


class ExternalOrder(models.Model):
    """An order of a court or a government: never voted, always counted in public."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField(max_length=20, unique=True)
    listing = models.ForeignKey("listings.Listing", models.PROTECT, related_name="orders")
    source = models.CharField(max_length=12, choices=MeasureSource)
    authority = models.CharField(_("authority"), max_length=200)
    rank = models.CharField(_("rank of the officer who signed"), max_length=120)
    provision = models.CharField(_("provision"), max_length=300)
    reference = models.CharField(_("file number"), max_length=120)
    jurisdictions = ArrayField(models.CharField(max_length=8))
    outcome = models.SmallIntegerField(choices=RuleOutcome.choices)
    reason = models.TextField(_("what it says, in public words"), max_length=2000)
    until_at = models.DateTimeField(_("until"))
    recorded_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    measure = models.OneToOneField("compliance.Measure", models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="cases_order_from_outside", condition=Q(source__in=OUTSIDE)
            ),
            models.UniqueConstraint(
                "listing", "authority", "reference", name="cases_one_order_once"
            ),
        ]
        indexes = [models.Index(fields=["-recorded_at", "-id"], name="cases_orders_newest")]

    def __str__(self) -> str:
        return self.code


class UrgentAction(models.Model):
    """One officer's act that could not wait; a second confirms it within a day, or it lapses.

    Its measure ends by itself at `due_at`; the confirmed one follows it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField(max_length=20, unique=True)
    case = models.ForeignKey(Case, models.PROTECT, related_name="urgent_actions")
    listing = models.ForeignKey("listings.Listing", models.PROTECT, related_name="urgent_actions")
    outcome = models.SmallIntegerField(choices=RuleOutcome.choices)
    jurisdictions = ArrayField(models.CharField(max_length=8))
    necessity = models.TextField(_("why it cannot wait"), max_length=2000)
    state = models.CharField(max_length=10, choices=UrgentState, default=UrgentState.ACTED)
    acted_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    acted_at = models.DateTimeField()
    due_at = models.DateTimeField()
    clock = models.OneToOneField("clocks.Clock", models.PROTECT, related_name="+")
    measure = models.OneToOneField("compliance.Measure", models.PROTECT, related_name="+")
    escalated_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    confirmed_measure = models.OneToOneField(
        "compliance.Measure", models.PROTECT, null=True, related_name="+"
    )
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            URGENT.constraint("cases_urgent_state"),
            models.CheckConstraint(
                name="cases_urgent_second_officer",
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("acted_by")),
            ),
            models.CheckConstraint(
                name="cases_urgent_confirmed_by_someone",
                condition=Q(state=UrgentState.CONFIRMED, confirmed_by__isnull=False)
                | (~Q(state=UrgentState.CONFIRMED) & Q(confirmed_by__isnull=True)),
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at"], name="cases_urgent_open", condition=Q(state=UrgentState.ACTED)
            )
        ]

    def __str__(self) -> str:
        return self.code
