"""The file from which anyone can recount a ballot."""

from typing import Any

from apps.voting.errors import NotCounted
from apps.voting.models import Ballot, RollEntry, Tally, Vote
from apps.voting.states import BallotState, Part
from apps.voting.tally.files import FIGURES, METHOD, written


def recount_file(ballot: Ballot) -> dict[str, Any]:
    """Return the published file of a counted ballot; raise `NotCounted` before the count.

    `manage.py ballot_tally` reads it; roll and votes of every seat stand beside the figures.
    """
    if ballot.state != BallotState.TALLIED:
        raise NotCounted
    tallies = Tally.objects.filter(ballot=ballot).order_by("sector")
    return {
        "method": METHOD,
        "options": ["yes", "no"],
        "seats": 1,
        "threshold": written(ballot.procedure.threshold),
        "quorum": written(ballot.procedure.quorum),
        "seed": "",
        "chambers": {
            row.sector: {figure: getattr(row, figure) for figure in FIGURES} for row in tallies
        },
        "ballots": [],
        "ballot": ballot.code,
        "question": ballot.question,
        "text_hash": ballot.text_hash,
        "roll_hash": ballot.roll_hash,
        "closed_at": ballot.closed_at.isoformat() if ballot.closed_at else None,
        "outcome": ballot.outcome,
        **_roll(ballot),
    }


def _roll(ballot: Ballot) -> dict[str, Any]:
    entries = list(RollEntry.objects.filter(ballot=ballot).order_by("sector", "number"))
    marks = dict(Vote.objects.standing().filter(ballot=ballot).values_list("entry_id", "choice"))
    said = [(entry, marks[entry.pk]) for entry in entries if entry.pk in marks]
    return {
        "roll": [
            _line(entry)
            | {
                "seat_id": str(entry.seat_id),
                "term_id": str(entry.term_id),
                "part": entry.part,
                "recused": entry.recused_at is not None,
                "interest": entry.interest,
            }
            for entry in entries
        ],
        "votes": [_line(e) | {"choice": choice} for e, choice in said if e.part == Part.VOTES],
        "advice": [_line(e) | {"choice": choice} for e, choice in said if e.part != Part.VOTES],
    }


def _line(entry: RollEntry) -> dict[str, Any]:
    return {"chamber": entry.sector, "seat": f"{entry.sector}-{entry.number}"}
