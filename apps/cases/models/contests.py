"""Contests: a company says that a rule should not catch its listing, and another one rules."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from apps.cases.states import CONTEST, STAY, ContestGround, ContestState, StayState
from apps.core.ids import uuid7

USER = settings.AUTH_USER_MODEL
OPEN = Q(state=ContestState.FILED)
RULED = Q(state__in=[ContestState.UPHELD, ContestState.REJECTED])


class Contest(models.Model):
    """One organisation's contest of one rule version for one of its listings, on one ground.

    `rule_author` is who entered the version, none where a procedure adopted it. A trigger of the
    database refuses a `ruled_by` who entered it, decided the stay, filed the contest or belongs
    to the organisation. `exemption` and `dispute` are what followed from upholding it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField(max_length=20, unique=True)
    listing = models.ForeignKey("listings.Listing", models.PROTECT, related_name="contests")
    version = models.ForeignKey("listings.ListingVersion", models.PROTECT, related_name="+")
    rule_version = models.ForeignKey("policy.RuleVersion", models.PROTECT, related_name="contests")
    rule_author = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    organisation = models.ForeignKey(
        "institutions.Organisation", models.PROTECT, related_name="contests"
    )
    ground = models.CharField(max_length=12, choices=ContestGround)
    fact = models.CharField(max_length=40, blank=True)
    statement = models.TextField(_("statement"), max_length=5000)
    confidential = models.TextField(_("for the officer only"), max_length=5000, blank=True)
    evidence = models.URLField(_("evidence"), max_length=500, blank=True)
    state = models.CharField(max_length=10, choices=ContestState, default=ContestState.FILED)
    filed_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    filed_at = models.DateTimeField()
    clock = models.OneToOneField("clocks.Clock", models.PROTECT, related_name="+")
    ruled_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    ruled_at = models.DateTimeField(null=True)
    reasons = models.TextField(_("reasons"), max_length=5000, blank=True)
    exemption = models.OneToOneField(
        "compliance.Exemption", models.PROTECT, null=True, related_name="+"
    )
    dispute = models.OneToOneField("listings.Dispute", models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            CONTEST.constraint("cases_contest_state"),
            models.UniqueConstraint(
                fields=["organisation", "listing", "rule_version", "ground"],
                name="cases_one_open_contest",
                condition=OPEN,
            ),
            models.CheckConstraint(
                name="cases_contest_of_a_fact",
                condition=Q(~Q(fact=""), ground=ContestGround.FACT)
                | Q(~Q(ground=ContestGround.FACT), fact=""),
            ),
            models.CheckConstraint(
                name="cases_contest_ruled_whole",
                condition=Q(RULED, ~Q(reasons=""), ruled_by__isnull=False, ruled_at__isnull=False)
                | Q(~RULED, reasons="", ruled_by__isnull=True, ruled_at__isnull=True),
            ),
            models.CheckConstraint(
                name="cases_contest_followed",
                condition=Q(state=ContestState.UPHELD)
                | Q(exemption__isnull=True, dispute__isnull=True),
            ),
            models.CheckConstraint(
                name="cases_contest_withdrawn_whole",
                condition=Q(state=ContestState.WITHDRAWN, withdrawn_at__isnull=False)
                | Q(~Q(state=ContestState.WITHDRAWN), withdrawn_at__isnull=True),
            ),
        ]
        indexes = [
            models.Index(fields=["filed_at", "id"], name="cases_contests_open", condition=OPEN),
            models.Index(fields=["-filed_at", "-id"], name="cases_contests_newest"),
            models.Index(fields=["listing", "-filed_at", "-id"], name="cases_contests_of_listing"),
            models.Index(
                fields=["organisation", "-filed_at", "-id"], name="cases_contests_of_company"
            ),
        ]

    def __str__(self) -> str:
        return self.code


class ContestStay(models.Model):
    """What a company asked for with its contest: that the rule waits until the ruling.

    A granted one is an exemption for a short time, which ends with the contest.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    contest = models.OneToOneField(Contest, models.PROTECT, related_name="stay")
    necessity = models.TextField(_("why it cannot wait"), max_length=2000)
    state = models.CharField(max_length=8, choices=StayState, default=StayState.ASKED)
    clock = models.OneToOneField("clocks.Clock", models.PROTECT, related_name="+")
    decided_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    reasons = models.TextField(_("reasons"), max_length=2000, blank=True)
    exemption = models.OneToOneField(
        "compliance.Exemption", models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        constraints = [
            STAY.constraint("cases_stay_state"),
            models.CheckConstraint(
                name="cases_stay_decided_whole",
                condition=Q(~Q(reasons=""), decided_by__isnull=False, decided_at__isnull=False)
                | Q(
                    reasons="",
                    decided_by__isnull=True,
                    decided_at__isnull=True,
                    exemption__isnull=True,
                    state__in=[StayState.ASKED, StayState.ENDED],
                ),
            ),
            models.CheckConstraint(
                name="cases_stay_granted_runs",
                condition=Q(exemption__isnull=False) | ~Q(state=StayState.GRANTED),
            ),
        ]

    def __str__(self) -> str:
        return f"stay of {self.contest_id}"
