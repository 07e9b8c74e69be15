"""The figures of a ballot, by chamber."""

from dataclasses import dataclass
from fractions import Fraction

from django.db.models import Count, Q

from apps.institutions.sectors import Sector
from apps.voting.models import Ballot, RollEntry, Tally, Vote
from apps.voting.states import BallotState, ChamberResult, Choice, Outcome, Part
from apps.voting.tally import RAISED, Chamber


@dataclass(frozen=True, slots=True)
class ChamberFigures:
    """One chamber on a ballot. How seats marked is told after the count only: until then none."""

    sector: Sector
    figures: Chamber
    quorum_seats: int
    advising: int
    marked: int
    result: ChamberResult | None


@dataclass(frozen=True, slots=True)
class Result:
    """Where a ballot stands: its outcome, empty before the count, and each chamber."""

    outcome: Outcome | None
    threshold: Fraction
    chambers: list[ChamberFigures]


def chambers_of(ballot: Ballot) -> dict[Sector, Chamber]:
    """Count the roll and the marks that stand, as they are now."""
    rolls = {
        row["sector"]: row
        for row in RollEntry.objects.filter(ballot=ballot, part=Part.VOTES)
        .values("sector")
        .annotate(roll=Count("pk"), recused=Count("pk", filter=Q(recused_at__isnull=False)))
        .order_by()
    }
    counted = Vote.objects.standing().filter(ballot=ballot, entry__part=Part.VOTES)
    rows = counted.values_list("entry__sector", "choice").annotate(times=Count("pk")).order_by()
    marks = {(sector, choice): times for sector, choice, times in rows}
    return {
        sector: Chamber(
            roll=rolls.get(sector, {}).get("roll", 0),
            recused=rolls.get(sector, {}).get("recused", 0),
            yes=marks.get((sector, Choice.YES), 0),
            no=marks.get((sector, Choice.NO), 0),
            abstain=marks.get((sector, Choice.ABSTAIN), 0),
        )
        for sector in Sector
    }


def result(ballot: Ballot) -> Result:
    """Return where the ballot stands; before the count only who marked, never how."""
    tallied = ballot.state == BallotState.TALLIED
    tallies = {row.sector: row for row in Tally.objects.filter(ballot=ballot)}
    now = {sector: _chamber(row) for sector, row in tallies.items()} or chambers_of(ballot)
    advisers = RollEntry.objects.filter(ballot=ballot, part=Part.ADVISES).values_list("sector")
    advising = dict(advisers.annotate(times=Count("pk")).order_by())
    settings = ballot.procedure
    raised = not all(chamber.can_decide for chamber in now.values())
    return Result(
        outcome=Outcome(ballot.outcome) if tallied else None,
        threshold=max(settings.threshold, RAISED) if raised else settings.threshold,
        chambers=[
            ChamberFigures(
                sector=sector,
                figures=chamber if tallied else _hidden(chamber),
                quorum_seats=chamber.quorum_seats(settings.quorum),
                advising=advising.get(sector, 0),
                marked=chamber.present,
                result=ChamberResult(tallies[sector].result) if tallied else None,
            )
            for sector in Sector
            for chamber in [now[sector]]
        ],
    )


def _chamber(row: Tally) -> Chamber:
    return Chamber(row.roll, row.recused, row.yes, row.no, row.abstain)


def _hidden(chamber: Chamber) -> Chamber:
    return Chamber(chamber.roll, chamber.recused, 0, 0, 0)
