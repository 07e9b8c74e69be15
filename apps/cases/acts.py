"""What casework tells the journal.

Acts about reports are sealed for ever. Public acts name no listing and no company before the
company was heard: they carry the case, and the case page opens when its time has come.
"""

import datetime as dt
import uuid
from dataclasses import dataclass

from apps.journal.acts import Act, Visibility


@dataclass(frozen=True, kw_only=True)
class ReportFiled(Act):
    """Someone reported misuse."""

    kind = "cases.report.filed"
    visibility = Visibility.SEALED

    channel: str
    voice: str
    harms: list[str]
    files: int


@dataclass(frozen=True, kw_only=True)
class ReportLinked(Act):
    """A report became part of a case."""

    kind = "cases.report.linked"
    visibility = Visibility.SEALED

    case: uuid.UUID


@dataclass(frozen=True, kw_only=True)
class EvidenceAdded(Act):
    """Someone added a file to their report with its receipt."""

    kind = "cases.evidence.added"
    visibility = Visibility.SEALED

    media_type: str
    sha256: str


@dataclass(frozen=True, kw_only=True)
class CaseOpened(Act):
    """A case was opened, from reports or by a regulator of its own motion."""

    kind = "cases.case.opened"

    code: str
    origin: str
    severity: int


@dataclass(frozen=True, kw_only=True)
class CaseIdentified(Act):
    """It was found out which model a case is about."""

    kind = "cases.case.identified"

    code: str


@dataclass(frozen=True, kw_only=True)
class CaseAssigned(Act):
    """A case was given to an officer."""

    kind = "cases.case.assigned"

    code: str


@dataclass(frozen=True, kw_only=True)
class AllegationSent(Act):
    """The company was asked to answer."""

    kind = "cases.allegation.sent"

    code: str
    due_at: dt.datetime | None


@dataclass(frozen=True, kw_only=True)
class ResponseGiven(Act):
    """The company answered; from now on the case is public."""

    kind = "cases.response.given"

    code: str
    organisation: uuid.UUID
    stance: str


@dataclass(frozen=True, kw_only=True)
class DecisionIssued(Act):
    """A decision with its statement of reasons was issued, the first one or one on appeal."""

    kind = "cases.decision.issued"

    case: uuid.UUID
    case_code: str
    code: str
    decision_kind: str
    listing: uuid.UUID | None
    outcome: str
    rule_version: uuid.UUID | None
    rule_text_hash: str


@dataclass(frozen=True, kw_only=True)
class AppealFiled(Act):
    """One side appealed."""

    kind = "cases.appeal.filed"

    case: uuid.UUID
    decision: uuid.UUID
    side: str


@dataclass(frozen=True, kw_only=True)
class AppealDecided(Act):
    """Someone who never touched the case decided an appeal."""

    kind = "cases.appeal.decided"

    case: uuid.UUID
    decision: uuid.UUID
    result: str


@dataclass(frozen=True, kw_only=True)
class CaseClosed(Act):
    """The time for appeals is over and none is open."""

    kind = "cases.case.closed"

    code: str


@dataclass(frozen=True, kw_only=True)
class OrderRecorded(Act):
    """A court or a government ordered a measure."""

    kind = "cases.order.recorded"

    code: str
    listing: uuid.UUID
    source: str
    authority: str
    provision: str
    outcome: str
    until_at: dt.datetime


@dataclass(frozen=True, kw_only=True)
class UrgentActed(Act):
    """One officer acted at once; a second has a day to confirm it."""

    kind = "cases.urgent.acted"

    code: str
    case: uuid.UUID
    listing: uuid.UUID
    outcome: str
    due_at: dt.datetime


@dataclass(frozen=True, kw_only=True)
class UrgentEscalated(Act):
    """Half of the time for a second officer is over."""

    kind = "cases.urgent.escalated"

    code: str
    case: uuid.UUID
    due_at: dt.datetime


@dataclass(frozen=True, kw_only=True)
class UrgentConfirmed(Act):
    """A second officer confirmed an urgent act."""

    kind = "cases.urgent.confirmed"

    code: str
    case: uuid.UUID
    listing: uuid.UUID


@dataclass(frozen=True, kw_only=True)
class UrgentLapsed(Act):
    """No second officer confirmed an urgent act in time."""

    kind = "cases.urgent.lapsed"

    code: str
    case: uuid.UUID
    listing: uuid.UUID


@dataclass(frozen=True, kw_only=True)
class ContestFiled(Act):
    """A company contested that a rule catches its listing; `stay` where it asked for one."""

    kind = "cases.contest.filed"

    code: str
    listing: uuid.UUID
    rule: uuid.UUID
    version: uuid.UUID
    organisation: uuid.UUID
    ground: str
    stay: bool
    due_at: dt.datetime | None


@dataclass(frozen=True, kw_only=True)
class StayDecided(Act):
    """A regulator granted or refused a stay of a standing until the ruling."""

    kind = "cases.contest.stay-decided"

    code: str
    listing: uuid.UUID
    result: str
    until_at: dt.datetime | None


@dataclass(frozen=True, kw_only=True)
class ContestRuled(Act):
    """A contest was upheld or rejected, by someone without a hand in rule or stay."""

    kind = "cases.contest.ruled"

    code: str
    listing: uuid.UUID
    rule: uuid.UUID
    version: uuid.UUID
    ground: str
    result: str
    exemption: uuid.UUID | None
    dispute: uuid.UUID | None


@dataclass(frozen=True, kw_only=True)
class ContestWithdrawn(Act):
    """The company took its contest back."""

    kind = "cases.contest.withdrawn"

    code: str
    listing: uuid.UUID
