"""The electoral roll of a ballot, and the votes of its seats."""

from django.db import models
from django.db.models import F, Q

from apps.core.ids import uuid7
from apps.institutions.models import Organisation, Seat, SeatTerm, User
from apps.institutions.sectors import Sector
from apps.voting.models.ballots import Ballot
from apps.voting.states import Choice, Interest, Part


class RollEntry(models.Model):
    """One seat on a ballot's roll, as it was held when the ballot opened.

    Seats that step aside stay on the roll, and leave both denominators.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    ballot = models.ForeignKey(Ballot, models.PROTECT, related_name="roll")
    sector = models.CharField(max_length=8, choices=Sector)
    number = models.PositiveIntegerField()
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    term = models.ForeignKey(SeatTerm, models.PROTECT, related_name="+")
    person = models.ForeignKey(User, models.PROTECT, related_name="roll_entries")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+"
    )
    part = models.CharField(max_length=8, choices=Part, default=Part.VOTES)
    recused_at = models.DateTimeField(null=True)
    interest = models.CharField(max_length=16, choices=Interest, blank=True)
    recusal_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("ballot", "seat", name="voting_one_entry_per_seat"),
            models.UniqueConstraint("ballot", "person", name="voting_one_entry_per_person"),
            models.UniqueConstraint("ballot", "id", name="voting_entry_of_its_ballot"),
            models.CheckConstraint(
                name="voting_entry_sector", condition=Q(sector__in=Sector.values)
            ),
            models.CheckConstraint(name="voting_entry_part", condition=Q(part__in=Part.values)),
            models.CheckConstraint(
                name="voting_recusal_names_an_interest",
                condition=Q(recused_at__isnull=True, interest="", recusal_reason="")
                | (Q(recused_at__isnull=False, interest__in=Interest.values)),
            ),
        ]
        indexes = [
            models.Index(fields=["ballot", "sector", "number"], name="voting_roll_list"),
        ]

    def __str__(self) -> str:
        return f"{self.sector} {self.number} of {self.ballot_id}"


class VoteQuerySet(models.QuerySet):
    """Votes, the replaced ones among them."""

    def standing(self) -> "VoteQuerySet":
        """Those that no later mark has replaced."""
        return self.filter(replaced_at__isnull=True)


class Vote(models.Model):
    """One mark of a seat. A later mark closes the earlier one: a seat has one that stands.

    The database itself (migration `0002_laws`) refuses a vote on a ballot that is not open at
    that moment of business time, one of a seat that stepped aside, and any other rewriting.
    """

    objects = VoteQuerySet.as_manager()

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    ballot = models.ForeignKey(Ballot, models.PROTECT, related_name="votes")
    entry = models.ForeignKey(RollEntry, models.PROTECT, related_name="votes")
    choice = models.CharField(max_length=8, choices=Choice)
    cast_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "entry",
                condition=Q(replaced_at__isnull=True),
                name="voting_one_standing_vote_per_seat",
            ),
            models.CheckConstraint(
                name="voting_vote_choice", condition=Q(choice__in=Choice.values)
            ),
            models.CheckConstraint(
                name="voting_replaced_after_cast",
                condition=Q(replaced_at__isnull=True) | Q(replaced_at__gte=F("cast_at")),
            ),
        ]
        indexes = [models.Index(fields=["ballot", "entry"], name="voting_vote_of_ballot")]

    def __str__(self) -> str:
        return f"vote {self.id}"
