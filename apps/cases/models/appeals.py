"""Appeals, and who touched a case: the database holds the two apart."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from apps.cases.models.cases import Case, Decision
from apps.cases.models.reports import MisuseReport
from apps.cases.states import APPEAL, AppealState, Deed, Side
from apps.core.ids import uuid7

USER = settings.AUTH_USER_MODEL


class Touch(models.Model):
    """An officer had a hand in a case; never taken back."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="touches")
    user = models.ForeignKey(USER, models.PROTECT, related_name="+")
    deed = models.CharField(max_length=10, choices=Deed)

    class Meta:
        constraints = [
            models.UniqueConstraint("case", "user", "deed", name="cases_one_touch_of_a_deed"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.deed} {self.case_id}"


class Appeal(models.Model):
    """One side's appeal against a decision.

    A trigger of the database refuses a `decided_by` who touched the case before.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    decision = models.ForeignKey(Decision, models.PROTECT, related_name="appeals")
    side = models.CharField(max_length=10, choices=Side)
    organisation = models.ForeignKey(
        "institutions.Organisation", models.PROTECT, null=True, related_name="appeals"
    )
    report = models.ForeignKey(MisuseReport, models.PROTECT, null=True, related_name="appeals")
    text = models.TextField(_("what is wrong with the decision"), max_length=5000)
    state = models.CharField(max_length=8, choices=AppealState, default=AppealState.FILED)
    filed_at = models.DateTimeField()
    clock = models.OneToOneField("clocks.Clock", models.PROTECT, related_name="+")
    decided_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    reasons = models.TextField(_("reasons"), max_length=5000, blank=True)
    new_decision = models.OneToOneField(
        Decision, models.PROTECT, null=True, related_name="from_appeal"
    )

    class Meta:
        constraints = [
            APPEAL.constraint("cases_appeal_state"),
            models.CheckConstraint(
                name="cases_appeal_of_one_side",
                condition=Q(side=Side.COMPANY, organisation__isnull=False, report__isnull=True)
                | Q(side=Side.REPORTER, organisation__isnull=True, report__isnull=False),
            ),
            models.CheckConstraint(
                name="cases_appeal_decided_whole",
                condition=Q(
                    state=AppealState.FILED, decided_by__isnull=True, decided_at__isnull=True
                )
                | Q(
                    ~Q(state=AppealState.FILED),
                    decided_by__isnull=False,
                    decided_at__isnull=False,
                ),
            ),
            models.UniqueConstraint(
                fields=["decision", "organisation"],
                name="cases_one_appeal_of_a_company",
                condition=Q(organisation__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["decision", "report"],
                name="cases_one_appeal_of_a_reporter",
                condition=Q(report__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                fields=["filed_at", "id"],
                name="cases_appeals_open",
                condition=Q(state=AppealState.FILED),
            )
        ]

    def __str__(self) -> str:
        return f"appeal against {self.decision_id}"
