"""A ballot, and what its count said."""

import datetime as dt
import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from apps.core.clock import Now
from apps.core.ids import uuid7
from apps.institutions.sectors import Sector
from apps.voting.models.procedures import ProcedureSettings
from apps.voting.states import BALLOT, BallotState, ChamberResult, Outcome

LAST_DAY = dt.timedelta(days=1)


class BallotQuerySet(models.QuerySet):
    """Ballots by where they stand."""

    def due_to_open(self) -> "BallotQuerySet":
        """Those whose beginning business time has passed."""
        return self.filter(state=BallotState.DRAFT, opens_at__lte=Now())

    def due_to_remind(self) -> "BallotQuerySet":
        """Those whose last day business time has reached, and that were not reminded of."""
        last_day = Q(closes_at__lte=Now() + LAST_DAY, closes_at__gt=Now())
        return self.filter(last_day, state=BallotState.OPEN, reminded_at__isnull=True)

    def due_to_close(self) -> "BallotQuerySet":
        """Those whose end business time has passed."""
        return self.filter(state=BallotState.OPEN, closes_at__lte=Now())


class Ballot(models.Model):
    """One question to three chambers, open in `[opens_at, closes_at)` by business time.

    `subject` is the convener's own thing, `text_hash` the SHA-256 of the text voted on; who is
    concerned was handed over by the convener. `roll_hash` is the SHA-256 of the frozen rolls.
    """

    objects = BallotQuerySet.as_manager()

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField(max_length=20, unique=True)
    question = models.CharField(max_length=300)
    text_hash = models.CharField(max_length=64)
    subject = models.UUIDField()
    procedure = models.ForeignKey(ProcedureSettings, models.PROTECT, related_name="ballots")
    state = models.CharField(max_length=10, choices=BallotState, default=BallotState.DRAFT)
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    jurisdictions = ArrayField(models.CharField(max_length=8), default=list, blank=True)
    concerned_people = ArrayField(models.UUIDField(), default=list, blank=True)
    concerned_organisations = ArrayField(models.UUIDField(), default=list, blank=True)
    prepared_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    roll_hash = models.CharField(max_length=64, blank=True)
    outcome = models.CharField(max_length=12, choices=Outcome, blank=True)
    annulment = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            BALLOT.constraint("voting_ballot_state"),
            models.CheckConstraint(
                name="voting_ballot_span", condition=Q(closes_at__gt=F("opens_at"))
            ),
            models.CheckConstraint(
                name="voting_ballot_outcome",
                condition=Q(state=BallotState.TALLIED, outcome__in=Outcome.values)
                | (~Q(state=BallotState.TALLIED) & Q(outcome="")),
            ),
            models.CheckConstraint(
                name="voting_ballot_annulled_with_reason",
                condition=(Q(state=BallotState.ANNULLED) & ~Q(annulment=""))
                | (~Q(state=BallotState.ANNULLED) & Q(annulment="")),
            ),
        ]
        indexes = [
            models.Index(fields=["state", "closes_at", "id"], name="voting_ballot_list"),
            models.Index(fields=["state", "opens_at", "id"], name="voting_ballot_coming"),
            models.Index(fields=["subject"], name="voting_ballot_subject"),
        ]

    def __str__(self) -> str:
        return self.code

    def concerns(self, thing: uuid.UUID | None) -> bool:
        """Whether the convener named this person or organisation as a party."""
        return thing in self.concerned_people or thing in self.concerned_organisations


class Tally(models.Model):
    """One chamber's count, written once when the ballot closes."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    ballot = models.ForeignKey(Ballot, models.PROTECT, related_name="tallies")
    sector = models.CharField(max_length=8, choices=Sector)
    roll = models.PositiveIntegerField()
    recused = models.PositiveIntegerField()
    yes = models.PositiveIntegerField()
    no = models.PositiveIntegerField()
    abstain = models.PositiveIntegerField()
    result = models.CharField(max_length=16, choices=ChamberResult)

    class Meta:
        constraints = [
            models.UniqueConstraint("ballot", "sector", name="voting_one_tally_per_chamber"),
            models.CheckConstraint(
                name="voting_tally_sector", condition=Q(sector__in=Sector.values)
            ),
            models.CheckConstraint(
                name="voting_tally_result", condition=Q(result__in=ChamberResult.values)
            ),
            models.CheckConstraint(
                name="voting_tally_adds_up",
                condition=Q(recused__lte=F("roll"))
                & Q(roll__gte=F("recused") + F("yes") + F("no") + F("abstain")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sector} of {self.ballot_id}: {self.result}"

    @property
    def quorum_met(self) -> bool:
        """Whether enough seats voted."""
        return self.result in {ChamberResult.CARRIED, ChamberResult.NOT_CARRIED}

    @property
    def carried(self) -> bool:
        """Whether the chamber carried it."""
        return self.result == ChamberResult.CARRIED
