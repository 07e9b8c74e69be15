"""What the application of rules makes known."""

import datetime as dt
import uuid
from dataclasses import dataclass

from apps.journal.acts import Act

REGISTER = uuid.UUID("8b0f6c1e-5f0a-5d0e-9c58-0c1f5b1a7a11")
"""The subject of all changes of standings: one feed, read in order."""
APPLICATION = uuid.UUID("8b0f6c1e-5f0a-5d0e-9c58-0c1f5b1a7a12")
"""The subject of all that marketplaces come to owe."""


@dataclass(frozen=True, kw_only=True)
class StandingsChanged(Act):
    """The standings of some listings became others; at most a thousand in one act."""

    kind = "compliance.standings.changed"

    listings: list[uuid.UUID]
    ruleset_version: int
    reason: str


@dataclass(frozen=True, kw_only=True)
class SandboxGranted(Act):
    """A regulator opened a supervised trial."""

    kind = "compliance.sandbox.granted"

    code: str
    jurisdictions: list[str]
    until_at: dt.datetime


@dataclass(frozen=True, kw_only=True)
class SandboxEnded(Act):
    """A supervised trial was closed before its time, and its exemptions with it."""

    kind = "compliance.sandbox.ended"

    listings: list[uuid.UUID]


@dataclass(frozen=True, kw_only=True)
class ExemptionGranted(Act):
    """A regulator exempted one listing from one rule for a time."""

    kind = "compliance.exemption.granted"

    code: str
    rule: uuid.UUID
    listing: uuid.UUID
    until_at: dt.datetime


@dataclass(frozen=True, kw_only=True)
class ExemptionEnded(Act):
    """An exemption was taken back before its time."""

    kind = "compliance.exemption.ended"

    rule: uuid.UUID
    listing: uuid.UUID


@dataclass(frozen=True, kw_only=True)
class MeasureImposed(Act):
    """A decision or an order set an outcome on a listing."""

    kind = "compliance.measure.imposed"

    code: str
    listing: uuid.UUID
    outcome: str
    source: str
    reference: str


@dataclass(frozen=True, kw_only=True)
class MeasureLifted(Act):
    """A measure was lifted before its time."""

    kind = "compliance.measure.lifted"

    listing: uuid.UUID
    reference: str


@dataclass(frozen=True, kw_only=True)
class IncidentCounted(Act):
    """A triaged or decided case counts against a listing."""

    kind = "compliance.incident.counted"

    listing: uuid.UUID
    reference: str
    severity: int
    basis: str


@dataclass(frozen=True, kw_only=True)
class IncidentClosed(Act):
    """An incident no longer stands open."""

    kind = "compliance.incident.closed"

    listing: uuid.UUID
    reference: str


@dataclass(frozen=True, kw_only=True)
class AcknowledgementsOwed(Act):
    """Some marketplaces owe it to apply or lift what changed for some listings; at most 1,000.

    One change can need several acts. `first_for` names the marketplaces that no earlier act of
    the same change names; all that it begins is owed since `since_at`.
    """

    kind = "compliance.acknowledgements.owed"

    marketplaces: list[uuid.UUID]
    first_for: list[uuid.UUID]
    listings: list[uuid.UUID]
    count: int
    since_at: dt.datetime


@dataclass(frozen=True, kw_only=True)
class AcknowledgementsEnded(Act):
    """Some marketplaces owe nothing more for some listings; at most 1,000."""

    kind = "compliance.acknowledgements.ended"

    marketplaces: list[uuid.UUID]
    listings: list[uuid.UUID]
    count: int


@dataclass(frozen=True, kw_only=True)
class AcknowledgementsOverdue(Act):
    """The time of some marketplaces ran out before they had done what they owe; at most 1,000.

    What is due at one instant can need several acts. `first_for` names the marketplaces of which
    something is due at an instant that no earlier act was about.
    """

    kind = "compliance.acknowledgements.overdue"

    marketplaces: list[uuid.UUID]
    first_for: list[uuid.UUID]
    listings: list[uuid.UUID]
    count: int


@dataclass(frozen=True, kw_only=True)
class AcknowledgementsGiven(Act):
    """A marketplace said what it has seen, applied or lifted; the subject is the marketplace."""

    kind = "compliance.acknowledgements.given"

    said: str
    listings: list[uuid.UUID]
    count: int
