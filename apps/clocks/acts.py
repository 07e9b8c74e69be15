"""What clocks tell the journal. The subject is the clock; `thing` is what the deadline is about."""

import datetime as dt
import uuid
from dataclasses import dataclass

from apps.journal.acts import Act


@dataclass(frozen=True, kw_only=True)
class ClockStarted(Act):
    """A deadline began to run."""

    kind = "clocks.clock.started"

    thing: uuid.UUID
    owner: uuid.UUID
    rule: str
    owed_by: str
    due_at: dt.datetime | None


@dataclass(frozen=True, kw_only=True)
class ClockPaused(Act):
    """A deadline stands still, for a reason that its rule provides."""

    kind = "clocks.clock.paused"

    thing: uuid.UUID
    reason: str
    due_at: dt.datetime | None


@dataclass(frozen=True, kw_only=True)
class ClockResumed(Act):
    """A deadline runs again."""

    kind = "clocks.clock.resumed"

    thing: uuid.UUID
    due_at: dt.datetime | None


@dataclass(frozen=True, kw_only=True)
class ClockExtended(Act):
    """A deadline was made longer, within what its rule allows."""

    kind = "clocks.clock.extended"

    thing: uuid.UUID
    reason: str
    amount: int
    unit: str
    due_at: dt.datetime | None


@dataclass(frozen=True, kw_only=True)
class ClockStopped(Act):
    """What was owed was done in time, or fell away."""

    kind = "clocks.clock.stopped"

    thing: uuid.UUID
    reason: str
    at: dt.datetime


@dataclass(frozen=True, kw_only=True)
class ClockReminded(Act):
    """Half of a deadline is over, or its last day began, and the duty is not done."""

    kind = "clocks.clock.reminded"

    thing: uuid.UUID
    owner: uuid.UUID
    rule: str
    owed_by: str
    stage: str
    due_at: dt.datetime


@dataclass(frozen=True, kw_only=True)
class ClockExpired(Act):
    """A deadline ran out with its duty not done: a breach, whoever owed it."""

    kind = "clocks.clock.expired"

    thing: uuid.UUID
    owner: uuid.UUID
    rule: str
    owed_by: str
    due_at: dt.datetime


@dataclass(frozen=True, kw_only=True)
class ClockMetLate(Act):
    """What was owed was done after its deadline had run out."""

    kind = "clocks.clock.met-late"

    thing: uuid.UUID
    reason: str
    due_at: dt.datetime
    at: dt.datetime


@dataclass(frozen=True, kw_only=True)
class ClockRealigned(Act):
    """A due instant moved because the calendar's days off became known or were corrected."""

    kind = "clocks.clock.realigned"

    thing: uuid.UUID
    before: dt.datetime | None
    due_at: dt.datetime | None
    edition: str
