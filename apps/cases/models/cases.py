"""Cases: what is looked into, what was alleged and answered, and what was decided."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from apps.cases.models.reports import MisuseReport
from apps.cases.states import (
    CASE,
    Automation,
    CaseState,
    DecisionKind,
    Ground,
    Origin,
    Stance,
)
from apps.core.ids import uuid7
from apps.policy.states import RuleOutcome

USER = settings.AUTH_USER_MODEL


class Case(models.Model):
    """One matter under review: a listing, a provider, a segment, or a thing not yet identified."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField(max_length=20, unique=True)
    origin = models.CharField(max_length=16, choices=Origin)
    listing = models.ForeignKey("listings.Listing", models.PROTECT, null=True, related_name="cases")
    provider = models.ForeignKey(
        "listings.Provider", models.PROTECT, null=True, related_name="cases"
    )
    segment = models.CharField(_("segment"), max_length=60, blank=True)
    title = models.CharField(_("title"), max_length=200)
    questions = models.TextField(_("questions"), max_length=5000, blank=True)
    severity = models.PositiveSmallIntegerField(_("severity"))
    jurisdictions = ArrayField(models.CharField(max_length=8))
    state = models.CharField(max_length=12, choices=CaseState, default=CaseState.RECEIVED)
    officer = models.ForeignKey(USER, models.PROTECT, null=True, related_name="cases")
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            CASE.constraint("cases_case_state"),
            models.CheckConstraint(
                name="cases_case_severity", condition=Q(severity__gte=1, severity__lte=4)
            ),
            models.CheckConstraint(
                name="cases_case_about_one_thing",
                condition=Q(listing__isnull=True, provider__isnull=True)
                | Q(listing__isnull=True, segment="")
                | Q(provider__isnull=True, segment=""),
            ),
            models.CheckConstraint(
                name="cases_officer_from_assignment",
                condition=Q(
                    state__in=[CaseState.RECEIVED, CaseState.IDENTIFYING, CaseState.TRIAGED]
                )
                | Q(officer__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["state", "opened_at", "id"], name="cases_by_state"),
            models.Index(fields=["-opened_at", "-id"], name="cases_newest"),
            models.Index(fields=["officer", "opened_at"], name="cases_of_officer"),
        ]

    def __str__(self) -> str:
        return self.code


class CaseReport(models.Model):
    """A report that is part of a case; several reports make one case."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="links")
    report = models.OneToOneField(MisuseReport, models.PROTECT, related_name="link")

    def __str__(self) -> str:
        return f"{self.report_id} in {self.case_id}"


class Allegation(models.Model):
    """What a company is asked to answer; none of the reporters' words stand in it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.OneToOneField(Case, models.PROTECT, related_name="allegation")
    organisation = models.ForeignKey(
        "institutions.Organisation", models.PROTECT, null=True, related_name="allegations"
    )
    text = models.TextField(_("allegation"), max_length=5000)
    sent_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()
    clock = models.OneToOneField("clocks.Clock", models.PROTECT, related_name="+")

    class Meta:
        indexes = [
            models.Index(fields=["organisation", "-sent_at"], name="cases_allegations_to"),
        ]

    def __str__(self) -> str:
        return f"allegation in {self.case_id}"


class Response(models.Model):
    """A company's answer: what everyone reads, and what only the officer does."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    allegation = models.OneToOneField(Allegation, models.PROTECT, related_name="response")
    organisation = models.ForeignKey(
        "institutions.Organisation", models.PROTECT, related_name="responses"
    )
    stance = models.CharField(max_length=10, choices=Stance)
    statement = models.TextField(_("statement for everyone"), max_length=5000)
    confidential = models.TextField(_("for the officer only"), max_length=5000, blank=True)
    given_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    given_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"answer to {self.allegation_id}"


class Decision(models.Model):
    """A statement of reasons; never changed: an appeal makes a new one.

    The rule's text and hash are kept as they stood; `measure` is what it set on the listing.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField(max_length=20, unique=True)
    case = models.ForeignKey(Case, models.PROTECT, related_name="decisions")
    kind = models.CharField(max_length=8, choices=DecisionKind)
    outcome = models.SmallIntegerField(choices=RuleOutcome.choices)
    uses = ArrayField(models.TextField(), default=list)
    jurisdictions = ArrayField(models.TextField(), default=list)
    until_at = models.DateTimeField(null=True)
    ground = models.CharField(max_length=10, choices=Ground)
    rule_version = models.ForeignKey(
        "policy.RuleVersion", models.PROTECT, null=True, related_name="decisions"
    )
    rule_text_snapshot = models.TextField(blank=True)
    rule_text_hash = models.CharField(max_length=64, blank=True)
    facts = models.TextField(_("facts"), max_length=5000)
    reasons = models.TextField(_("why this follows from the ground"), max_length=5000)
    milder = models.TextField(_("why nothing milder would do"), max_length=2000, blank=True)
    automation = models.CharField(max_length=8, choices=Automation)
    measure = models.ForeignKey("compliance.Measure", models.PROTECT, null=True, related_name="+")
    decided_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    issued_at = models.DateTimeField()
    appeal_until_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case"],
                name="cases_one_first_decision",
                condition=Q(kind=DecisionKind.FIRST),
            ),
            models.CheckConstraint(
                name="cases_rule_with_its_text",
                condition=Q(rule_version__isnull=True, rule_text_snapshot="", rule_text_hash="")
                | (
                    Q(rule_version__isnull=False)
                    & ~Q(rule_text_snapshot="")
                    & ~Q(rule_text_hash="")
                ),
            ),
            models.CheckConstraint(
                name="cases_measure_has_a_ground",
                condition=Q(outcome=RuleOutcome.ALLOW) | ~Q(ground=Ground.NONE),
            ),
            models.CheckConstraint(
                name="cases_rule_ground_names_it",
                condition=~Q(ground=Ground.RULE) | Q(rule_version__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["case", "issued_at"], name="cases_decisions_of")]

    def __str__(self) -> str:
        return self.code
