"""Procedure settings: quorum, threshold and days, from a day until a day, with their source."""

from fractions import Fraction

from django.db import models
from django.db.models import F, Q

from apps.core.ids import uuid7
from apps.voting.states import Procedure


class ProcedureSettings(models.Model):
    """The settings of one procedure; a change is a new row, so a ballot keeps its own for ever.

    `notice_days` lie between its call and its opening, `open_days` between opening and close.
    A chamber has its quorum with at least `quorum` of the seats that did not step aside, and
    carries with more than `threshold` of yes and no.
    """

    is_reference = True

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    procedure = models.CharField(max_length=16, choices=Procedure)
    valid_from_date = models.DateField()
    valid_until_date = models.DateField(null=True, blank=True)
    quorum_numerator = models.PositiveSmallIntegerField()
    quorum_denominator = models.PositiveSmallIntegerField()
    threshold_numerator = models.PositiveSmallIntegerField()
    threshold_denominator = models.PositiveSmallIntegerField()
    open_days = models.PositiveSmallIntegerField()
    notice_days = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=300)
    notice_source = models.CharField(max_length=300)
    note = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="voting_procedure", condition=Q(procedure__in=Procedure.values)
            ),
            models.UniqueConstraint(
                "procedure", "valid_from_date", name="voting_one_setting_from_a_day"
            ),
            models.UniqueConstraint(
                "procedure",
                condition=Q(valid_until_date__isnull=True),
                name="voting_one_setting_without_end",
            ),
            models.CheckConstraint(
                name="voting_setting_ends_after_it_begins",
                condition=Q(valid_until_date__isnull=True)
                | Q(valid_until_date__gt=F("valid_from_date")),
            ),
            models.CheckConstraint(
                name="voting_quorum_is_a_part",
                condition=Q(
                    quorum_denominator__gt=0, quorum_numerator__lte=F("quorum_denominator")
                ),
            ),
            models.CheckConstraint(
                name="voting_threshold_is_a_part",
                condition=Q(threshold_numerator__lt=F("threshold_denominator")),
            ),
            models.CheckConstraint(name="voting_open_a_while", condition=Q(open_days__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.procedure} from {self.valid_from_date}"

    @property
    def quorum(self) -> Fraction:
        """The part of the seats that must vote."""
        return Fraction(self.quorum_numerator, self.quorum_denominator)

    @property
    def threshold(self) -> Fraction:
        """The part of yes and no that yes must exceed."""
        return Fraction(self.threshold_numerator, self.threshold_denominator)
