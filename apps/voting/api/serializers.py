"""Ballots as JSON."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from apps.core.pagination import LARGEST
from apps.institutions.sectors import Sector
from apps.voting.models import Ballot, RollEntry, Vote
from apps.voting.selectors.counting import ChamberFigures
from apps.voting.states import BallotState, ChamberResult, Choice, Interest, Outcome
from apps.voting.tally.files import written


class BallotsQuery(serializers.Serializer):
    """Which stretch of the list, and in which state."""

    state = serializers.ChoiceField(choices=BallotState.choices, required=False)
    after = serializers.CharField(max_length=400, required=False, default="", allow_blank=True)
    limit = serializers.IntegerField(min_value=1, max_value=LARGEST, default=50)


class BallotSerializer(serializers.ModelSerializer):
    """One ballot."""

    procedure = serializers.CharField(source="procedure.procedure")
    quorum = serializers.SerializerMethodField()
    threshold = serializers.SerializerMethodField()
    outcome = serializers.ChoiceField(
        choices=Outcome.choices, allow_blank=True, help_text="Empty before the count."
    )

    class Meta:
        model = Ballot
        fields = [
            "code",
            "question",
            "text_hash",
            "subject",
            "procedure",
            "quorum",
            "threshold",
            "state",
            "opens_at",
            "closes_at",
            "jurisdictions",
            "roll_hash",
            "outcome",
        ]
        read_only_fields = fields

    def get_quorum(self, ballot: Ballot) -> str:
        """The part of the seats that must vote, as `1/3`."""
        return written(ballot.procedure.quorum)

    def get_threshold(self, ballot: Ballot) -> str:
        """The part of yes and no that yes must exceed, as `1/2`."""
        return written(ballot.procedure.threshold)


class BallotsSerializer(serializers.Serializer):
    """One page of ballots, the last to close first."""

    ballots = BallotSerializer(many=True)
    after = serializers.CharField(allow_blank=True, help_text="Give this as `after` to go on.")


class BallotChamberSerializer(serializers.Serializer):
    """One chamber on a ballot; how its seats marked is told after the count."""

    sector = serializers.ChoiceField(choices=Sector.choices)
    roll = serializers.IntegerField(source="figures.roll")
    recused = serializers.IntegerField(source="figures.recused")
    advising = serializers.IntegerField()
    quorum_seats = serializers.IntegerField()
    marked = serializers.IntegerField(help_text="Seats that have voted.")
    yes = serializers.SerializerMethodField()
    no = serializers.SerializerMethodField()
    abstain = serializers.SerializerMethodField()
    result = serializers.ChoiceField(choices=ChamberResult.choices, allow_null=True)

    def get_yes(self, chamber: ChamberFigures) -> int | None:
        """Seats that said yes."""
        return self._told(chamber, "yes")

    def get_no(self, chamber: ChamberFigures) -> int | None:
        """Seats that said no."""
        return self._told(chamber, "no")

    def get_abstain(self, chamber: ChamberFigures) -> int | None:
        """Seats that abstained."""
        return self._told(chamber, "abstain")

    def _told(self, chamber: ChamberFigures, figure: str) -> int | None:
        return getattr(chamber.figures, figure) if chamber.result else None


class OneBallotSerializer(BallotSerializer):
    """One ballot with its chambers, given beside it in the context."""

    chambers = serializers.SerializerMethodField()

    class Meta(BallotSerializer.Meta):
        fields = [*BallotSerializer.Meta.fields, "chambers"]
        read_only_fields = fields

    @extend_schema_field(BallotChamberSerializer(many=True))
    def get_chambers(self, ballot: Ballot) -> Any:
        """The three chambers."""
        return BallotChamberSerializer(self.context["chambers"], many=True).data


class VoteWrite(serializers.Serializer):
    """A seat's mark."""

    choice = serializers.ChoiceField(choices=Choice.choices)


class VoteSerializer(serializers.ModelSerializer):
    """The mark that stands."""

    ballot = serializers.CharField(source="ballot.code")
    seat = serializers.SerializerMethodField()

    class Meta:
        model = Vote
        fields = ["id", "ballot", "seat", "choice", "cast_at"]
        read_only_fields = fields

    def get_seat(self, vote: Vote) -> str:
        """The seat, as the recount file names it."""
        return seat_name(vote.entry)


class RecusalWrite(serializers.Serializer):
    """Why a seat steps aside."""

    interest = serializers.ChoiceField(choices=Interest.choices)
    reason = serializers.CharField(max_length=500)


class RecusalSerializer(serializers.ModelSerializer):
    """A seat that stepped aside."""

    ballot = serializers.CharField(source="ballot.code")
    seat = serializers.SerializerMethodField()

    class Meta:
        model = RollEntry
        fields = ["ballot", "seat", "interest", "recusal_reason", "recused_at"]
        read_only_fields = fields

    def get_seat(self, entry: RollEntry) -> str:
        """The seat, as the recount file names it."""
        return seat_name(entry)


def seat_name(entry: RollEntry) -> str:
    """Return how a seat is named in files: `samaj-3`."""
    return f"{entry.sector}-{entry.number}"
