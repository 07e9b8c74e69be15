"""What reviews tell the journal; `matter` is the convener's thing."""

import datetime as dt
import uuid
from dataclasses import dataclass

from apps.journal.acts import Act


@dataclass(frozen=True, kw_only=True)
class RoundOpened(Act):
    """A question was put to reviewers."""

    kind = "reviews.round.opened"
    matter: uuid.UUID
    text_hash: str
    due_at: dt.datetime | None


@dataclass(frozen=True, kw_only=True)
class RoundClosed(Act):
    """No more verdicts are taken; `verdicts` counts them by kind."""

    kind = "reviews.round.closed"
    matter: uuid.UUID
    verdicts: dict[str, int]
    owed: int


@dataclass(frozen=True, kw_only=True)
class ReviewerAssigned(Act):
    """A person without a conflict was asked."""

    kind = "reviews.reviewer.assigned"
    matter: uuid.UUID
    assignment: uuid.UUID
    person: uuid.UUID
    due_at: dt.datetime | None


@dataclass(frozen=True, kw_only=True)
class ReviewerAccepted(Act):
    """A reviewer will answer."""

    kind = "reviews.reviewer.accepted"
    matter: uuid.UUID
    assignment: uuid.UUID


@dataclass(frozen=True, kw_only=True)
class ReviewerDeclined(Act):
    """A reviewer will not answer."""

    kind = "reviews.reviewer.declined"
    matter: uuid.UUID
    assignment: uuid.UUID


@dataclass(frozen=True, kw_only=True)
class ReviewerReminded(Act):
    """A verdict is owed soon."""

    kind = "reviews.reviewer.reminded"
    matter: uuid.UUID
    assignment: uuid.UUID
    person: uuid.UUID
    due_at: dt.datetime | None


@dataclass(frozen=True, kw_only=True)
class VerdictGiven(Act):
    """A reviewer answered."""

    kind = "reviews.verdict.given"
    matter: uuid.UUID
    assignment: uuid.UUID
    verdict: str
