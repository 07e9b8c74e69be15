"""Stays of a rule by two chairs of different chambers."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from apps.core.errors import Text
from apps.core.ids import uuid7
from apps.institutions.models import Chamber
from apps.policy.models.divergences import Divergence
from apps.policy.models.rules import RuleVersion
from apps.policy.states import RULE_STAY, RuleState, RuleStayState

HELD = (RuleStayState.STAYED, RuleStayState.LIFTED)


class RuleStay(models.Model):
    """A rule binds nobody while a notice of divergence is looked into, for a time at most.

    `stayed` is the version that ran, `trial` the same text that only advises, `resumes` the same
    text again, which begins at `until_at`; none where another version begins before, or the
    sunset comes first.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    divergence = models.ForeignKey(Divergence, models.PROTECT, related_name="stays")
    stayed = models.ForeignKey(RuleVersion, models.PROTECT, related_name="stays")
    reasons = models.TextField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_for = models.ForeignKey(Chamber, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    countersigned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    countersigned_for = models.ForeignKey(Chamber, models.PROTECT, null=True, related_name="+")
    countersigned_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=10, choices=RuleStayState, default=RULE_STAY.initial)
    trial = models.OneToOneField(RuleVersion, models.PROTECT, null=True, related_name="stays_for")
    resumes = models.OneToOneField(
        RuleVersion, models.PROTECT, null=True, related_name="resumes_from"
    )
    until_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            RULE_STAY.constraint("policy_stay_state"),
            models.UniqueConstraint(
                fields=["stayed"],
                condition=Q(state=RuleStayState.ASKED),
                name="policy_one_stay_asked",
            ),
            models.CheckConstraint(
                name="policy_stay_two_people", condition=~Q(countersigned_by=F("asked_by"))
            ),
            models.CheckConstraint(
                name="policy_stay_two_chambers", condition=~Q(countersigned_for=F("asked_for"))
            ),
            models.CheckConstraint(
                name="policy_stay_countersigned",
                condition=Q(
                    state__in=HELD,
                    countersigned_by__isnull=False,
                    countersigned_for__isnull=False,
                    countersigned_at__isnull=False,
                    trial__isnull=False,
                    until_at__isnull=False,
                )
                | (~Q(state__in=HELD) & Q(countersigned_by=None, trial=None, until_at=None)),
            ),
        ]
        indexes = [
            models.Index(fields=["divergence", "-asked_at", "id"], name="policy_stays_of"),
            models.Index(
                fields=["asked_at", "id"],
                condition=Q(state=RuleStayState.ASKED),
                name="policy_stays_waiting",
            ),
        ]

    @property
    def runs(self) -> bool:
        """Whether the rule advises because of it now: its time may be over, or the rule's."""
        in_force = self.trial is not None and self.trial.state == RuleState.IN_FORCE
        return self.state == RuleStayState.STAYED and in_force

    @property
    def is_open(self) -> bool:
        """Whether it waits for its second chair, or runs."""
        return self.state == RuleStayState.ASKED or self.runs

    @property
    def word(self) -> Text:
        """How far it is, in words."""
        over = self.state == RuleStayState.STAYED and not self.runs
        return _("Its time is over") if over else RULE_STAY.label(self.state)

    def __str__(self) -> str:
        return f"{self.divergence} ({self.state})"
