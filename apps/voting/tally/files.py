"""The published file of a ballot: read strictly, counted, and answered as plain JSON values."""

import json
import re
from collections import Counter
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from apps.voting.tally.majority import Chamber, concurrent_majority

METHOD = "concurrent-majority"
LATER = ("approval", "irv", "schulze", "stv")
FIGURES = ("roll", "recused", "yes", "no", "abstain")
CHOICES = ("yes", "no", "abstain")
FRACTION = re.compile(r"(\d{1,9})(?:/(\d{1,9}))?")


class FileMalformed(ValueError):
    """The file cannot be counted; the words say where and why."""


@dataclass(frozen=True, slots=True)
class BallotFile:
    """What a file of a concurrent majority holds."""

    chambers: dict[str, Chamber]
    quorum: Fraction
    threshold: Fraction


def count_file(text: str) -> dict[str, Any]:
    """Read and count one file; raise `FileMalformed`."""
    read = file_read(text)
    count = concurrent_majority(read.chambers, quorum=read.quorum, threshold=read.threshold)
    per_chamber = {
        name: {figure: getattr(chamber, figure) for figure in FIGURES}
        | {
            "eligible": chamber.eligible,
            "quorum_seats": chamber.quorum_seats(read.quorum),
            "quorum_met": chamber.has_quorum(read.quorum),
            "can_decide": chamber.can_decide,
            "threshold": written(count.threshold),
            "carried": count.verdicts[name] == "carried",
            "result": count.verdicts[name].value,
        }
        for name, chamber in read.chambers.items()
    }
    return {
        "outcome": count.outcome.value,
        "winners": ["yes"] if count.outcome == "carried" else [],
        "per_chamber": per_chamber,
        "rounds": [],
        "pairwise": [],
        "ties": count.ties,
        "condorcet_winner": None,
    }


def file_read(text: str) -> BallotFile:
    """Read the text of a file; raise `FileMalformed` at the first thing that is wrong."""
    told = _json(text)
    if not isinstance(told, dict):
        raise FileMalformed("the file is no JSON object")
    _method(told.get("method"))
    chambers = told.get("chambers")
    if not isinstance(chambers, dict) or not chambers:
        raise FileMalformed("chambers: an object with at least one chamber is needed")
    if told.get("ballots"):
        raise FileMalformed("ballots[0]: ranked ballots have no place in a concurrent majority")
    read = {name: _chamber(name, figures) for name, figures in chambers.items()}
    _marks(told.get("votes", []), read)
    quorum = _fraction(told, "quorum")
    if quorum > 1:
        raise FileMalformed("quorum: it is a part of the roll, at most 1")
    threshold = _fraction(told, "threshold")
    if threshold >= 1:
        raise FileMalformed("threshold: nothing exceeds the whole, so it must be below 1")
    return BallotFile(read, quorum, threshold)


def written(fraction: Fraction) -> str:
    """Return a fraction as the file has it: `1/2`, or `0` and `1` whole."""
    return str(fraction)


def _json(text: str) -> Any:
    try:
        return json.loads(text, object_pairs_hook=_pairs, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        raise FileMalformed(f"line {error.lineno}, column {error.colno}: {error.msg}") from error
    except RecursionError as error:
        raise FileMalformed("the file is nested too deeply") from error
    except FileMalformed:
        raise
    except ValueError as error:
        raise FileMalformed(f"a figure cannot be read: {error}") from error


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    twice = [name for name, times in Counter(name for name, _ in pairs).items() if times > 1]
    if twice:
        raise FileMalformed(f"“{twice[0]}” stands twice in one object")
    return dict(pairs)


def _no_constant(name: str) -> None:
    raise FileMalformed(f"{name} is no figure")


def _method(method: object) -> None:
    if method in LATER:
        raise FileMalformed(f"method: “{method}” is not counted by this version")
    if method != METHOD:
        raise FileMalformed(f"method: “{METHOD}” is expected, not {json.dumps(method)}")


def _chamber(name: str, figures: object) -> Chamber:
    if not isinstance(figures, dict):
        raise FileMalformed(f"chamber {name}: an object of figures is needed")
    values = [_figure(name, figures, figure) for figure in FIGURES]
    chamber = Chamber(*values)
    if chamber.recused > chamber.roll:
        raise FileMalformed(f"chamber {name}: more stepped aside than are on the roll")
    if chamber.present > chamber.eligible:
        raise FileMalformed(f"chamber {name}: more marks than seats that may vote")
    return chamber


def _figure(name: str, figures: dict[str, Any], figure: str) -> int:
    value = figures.get(figure)
    if type(value) is not int or value < 0:
        raise FileMalformed(
            f"chamber {name}: {figure} must be a whole number from 0, not {json.dumps(value)}"
        )
    return value


def _fraction(told: dict[str, Any], name: str) -> Fraction:
    value = told.get(name)
    found = FRACTION.fullmatch(value) if isinstance(value, str) else None
    if not found or (found[2] is not None and int(found[2]) == 0):
        raise FileMalformed(f'{name}: a fraction such as "1/2" is needed, not {json.dumps(value)}')
    return Fraction(int(found[1]), int(found[2] or 1))


def _marks(votes: object, chambers: dict[str, Chamber]) -> None:
    """Check the named votes, where there are any, against the figures of the chambers."""
    if not isinstance(votes, list):
        raise FileMalformed("votes: a list is needed")
    if not votes:
        return
    seats: set[tuple[str, str]] = set()
    found: Counter[tuple[str, str]] = Counter()
    for place, vote in enumerate(votes):
        chamber, seat, choice = _mark(place, vote, chambers)
        if (chamber, seat) in seats:
            raise FileMalformed(f"votes[{place}]: seat {seat} of {chamber} votes twice")
        seats.add((chamber, seat))
        found[chamber, choice] += 1
    for name, figures in chambers.items():
        for choice in CHOICES:
            if found[name, choice] != getattr(figures, choice):
                raise FileMalformed(
                    f"chamber {name}: {choice} is {getattr(figures, choice)}, and the votes "
                    f"come to {found[name, choice]}"
                )


def _mark(place: int, vote: object, chambers: dict[str, Chamber]) -> tuple[str, str, str]:
    told = vote if isinstance(vote, dict) else {}
    chamber, seat, choice = (told.get(name) for name in ("chamber", "seat", "choice"))
    if chamber not in chambers:
        raise FileMalformed(f"votes[{place}]: the chamber is none of the file's")
    if not isinstance(seat, str) or not seat:
        raise FileMalformed(f"votes[{place}]: the seat is not named")
    if choice not in CHOICES:
        raise FileMalformed(f"votes[{place}]: {json.dumps(choice)} is none of {', '.join(CHOICES)}")
    return chamber, seat, choice
