"""What ballots tell the journal; how a seat marked is not told before the count is."""

import datetime as dt
import uuid
from dataclasses import dataclass

from apps.journal.acts import Act


@dataclass(frozen=True, kw_only=True)
class BallotPrepared(Act):
    """A question was set down for a ballot; `matter` is the convener's thing."""

    kind = "voting.ballot.prepared"
    matter: uuid.UUID
    text_hash: str
    procedure: str
    opens_at: dt.datetime
    closes_at: dt.datetime


@dataclass(frozen=True, kw_only=True)
class BallotOpened(Act):
    """The rolls were frozen: seats that vote, that only advise, and that stepped aside by law."""

    kind = "voting.ballot.opened"
    matter: uuid.UUID
    roll_hash: str
    closes_at: dt.datetime
    voting: dict[str, int]
    advising: int
    recused: list[uuid.UUID]


@dataclass(frozen=True, kw_only=True)
class BallotReminded(Act):
    """The last day of a ballot began; `owed` seats have not voted."""

    kind = "voting.ballot.reminded"
    matter: uuid.UUID
    closes_at: dt.datetime
    owed: int


@dataclass(frozen=True, kw_only=True)
class BallotClosed(Act):
    """The ballot ended and was counted; `results` says it by chamber."""

    kind = "voting.ballot.closed"
    matter: uuid.UUID
    outcome: str
    results: dict[str, str]


@dataclass(frozen=True, kw_only=True)
class BallotAnnulled(Act):
    """The ballot was called off before its end."""

    kind = "voting.ballot.annulled"
    matter: uuid.UUID
    reason: str


@dataclass(frozen=True, kw_only=True)
class VoteCast(Act):
    """A seat marked its paper, for the first time or anew."""

    kind = "voting.vote.cast"
    seat: uuid.UUID
    again: bool


@dataclass(frozen=True, kw_only=True)
class RecusalDeclared(Act):
    """A seat stepped aside for a particular interest."""

    kind = "voting.recusal.declared"
    seat: uuid.UUID
    interest: str
