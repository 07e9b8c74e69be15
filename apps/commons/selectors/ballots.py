"""Ballots as pages show them: lists by state, three bars, and the reader's own seat."""

from dataclasses import dataclass
from fractions import Fraction

from django.db.models import Count

from apps.core.actor import Actor
from apps.institutions.sectors import Sector
from apps.voting.models import Ballot, RollEntry, Vote
from apps.voting.selectors import ChamberFigures, ballots_listed, entry_of
from apps.voting.selectors.ballots import mark_of, roll_of
from apps.voting.states import BallotState, ChamberResult

WIDTH = 600
ORDERS = {
    BallotState.OPEN: ("closes_at", "id"),
    BallotState.DRAFT: ("opens_at", "id"),
    BallotState.TALLIED: ("-closes_at", "-id"),
    BallotState.ANNULLED: ("-closes_at", "-id"),
}


@dataclass(frozen=True, slots=True)
class Stretch:
    """One piece of a bar, in units of its picture: what its seats did, and how many they are."""

    did: str
    seats: int
    x: int
    width: int


@dataclass(frozen=True, slots=True)
class Bar:
    """One chamber drawn: the bar is the seats that did not step aside.

    The ticks stand where the quorum is reached, and where yes must reach beyond to carry.
    """

    chamber: ChamberFigures
    stretches: list[Stretch]
    quorum_x: int | None
    threshold_x: int | None

    @property
    def sector(self) -> Sector:
        """Whose bar it is."""
        return self.chamber.sector

    @property
    def silent(self) -> int:
        """Seats that did not vote."""
        return self.chamber.figures.eligible - self.chamber.marked


@dataclass(frozen=True, slots=True)
class RollLine:
    """One seat of the roll, and how it marked once that is public."""

    entry: RollEntry
    mark: Vote | None
    has_marked: bool


@dataclass(frozen=True, slots=True)
class OwnSeat:
    """The reader's seat on a ballot, and the mark of it that stands."""

    entry: RollEntry
    mark: Vote | None


def ballots_counted() -> list[tuple[BallotState, int]]:
    """Return how many ballots stand in each state that a list shows."""
    rows = ballots_listed().order_by().values_list("state").annotate(times=Count("pk"))
    found = dict(rows)
    return [(state, found.get(state, 0)) for state in ORDERS]


def bars(chambers: list[ChamberFigures], threshold: Fraction) -> list[Bar]:
    """Return one bar for each chamber."""
    return [_bar(chamber, threshold) for chamber in chambers]


def own_seat(actor: Actor, ballot: Ballot) -> OwnSeat | None:
    """Return the reader's seat on the roll, if there is one."""
    entry = entry_of(actor, ballot)
    return OwnSeat(entry, mark_of(entry)) if entry else None


def roll_lines(ballot: Ballot) -> list[RollLine]:
    """Return the roll by seat; before the count without how anyone marked."""
    marks = {vote.entry_id: vote for vote in Vote.objects.standing().filter(ballot=ballot)}
    told = ballot.state == BallotState.TALLIED
    chambers = list(Sector)
    entries = sorted(
        roll_of(ballot), key=lambda row: (chambers.index(Sector(row.sector)), row.number)
    )
    return [
        RollLine(entry, marks.get(entry.pk) if told else None, entry.pk in marks)
        for entry in entries
    ]


def _bar(chamber: ChamberFigures, threshold: Fraction) -> Bar:
    figures, seats = chamber.figures, chamber.figures.eligible
    if not seats:
        return Bar(chamber, [], None, None)
    decided = figures.yes + figures.no
    may_carry = decided > 0 and chamber.result != ChamberResult.CANNOT_DECIDE
    return Bar(
        chamber=chamber,
        stretches=_stretches(chamber, seats),
        quorum_x=_at(Fraction(chamber.quorum_seats), seats),
        threshold_x=_at(decided * threshold, seats) if may_carry else None,
    )


def _stretches(chamber: ChamberFigures, seats: int) -> list[Stretch]:
    figures = chamber.figures
    counted = [("yes", figures.yes), ("no", figures.no), ("abstain", figures.abstain)]
    pieces = counted if chamber.result else [("marked", chamber.marked)]
    stretches, done = [], 0
    for did, number in pieces:
        x, done = _at(Fraction(done), seats), done + number
        if number:
            stretches.append(Stretch(did, number, x, _at(Fraction(done), seats) - x))
    return stretches


def _at(part: Fraction, seats: int) -> int:
    return round(part * WIDTH / seats)
