"""What the rule register tells the journal."""

import datetime as dt
import uuid
from dataclasses import dataclass

from apps.journal.acts import Act


@dataclass(frozen=True, kw_only=True)
class RuleEntered(Act):
    """A rule, or a new version of one, entered the register; it starts at `effective_at`."""

    kind = "policy.rule.entered"
    version: uuid.UUID
    code: str
    number: int
    text_hash: str
    effective_at: dt.datetime
    sunset_at: dt.datetime | None


@dataclass(frozen=True, kw_only=True)
class RuleStarted(Act):
    """Business time passed the beginning of a version: it is in force."""

    kind = "policy.rule.started"
    version: uuid.UUID
    code: str
    number: int
    effective_at: dt.datetime


@dataclass(frozen=True, kw_only=True)
class RuleEnded(Act):
    """A version is no longer in force, or will never be; `why` is one of `states.Ending`."""

    kind = "policy.rule.ended"
    version: uuid.UUID
    code: str
    number: int
    ended_at: dt.datetime
    why: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class RuleUndone(Act):
    """A version that had begun was taken back, and those that were to follow it withdrawn.

    `restored` is the version that runs from now on with the text of number `restored_from`; none
    where nothing stood in the place before.
    """

    kind = "policy.rule.undone"
    version: uuid.UUID
    code: str
    number: int
    restored: uuid.UUID | None
    restored_number: int | None
    restored_from: int | None
    withdrawn: list[int]
    reason: str


@dataclass(frozen=True, kw_only=True)
class DivergenceFiled(Act):
    """Someone says that the text of a version and its expression part."""

    kind = "policy.divergence.filed"
    divergence: uuid.UUID
    version: uuid.UUID
    code: str
    clause_number: int | None


@dataclass(frozen=True, kw_only=True)
class DivergenceAnswered(Act):
    """The office that made the rule said, with reasons, whether they part."""

    kind = "policy.divergence.answered"
    divergence: uuid.UUID
    version: uuid.UUID
    code: str
    parts: bool


@dataclass(frozen=True, kw_only=True)
class StayAsked(Act):
    """One chair asked that a version be stayed, on a notice of this code."""

    kind = "policy.stay.asked"
    stay: uuid.UUID
    version: uuid.UUID
    code: str
    chamber: str


@dataclass(frozen=True, kw_only=True)
class StayStarted(Act):
    """The chair of another chamber countersigned: `trial` advises in the version's place.

    `resumes` binds again from `until_at`; none where another version begins before.
    """

    kind = "policy.stay.started"
    stay: uuid.UUID
    version: uuid.UUID
    code: str
    chamber: str
    trial: uuid.UUID | None
    resumes: uuid.UUID | None
    until_at: dt.datetime | None


@dataclass(frozen=True, kw_only=True)
class StayEnded(Act):
    """A stay was withdrawn or lifted; `resumed` is the version that binds from now on."""

    kind = "policy.stay.ended"
    stay: uuid.UUID
    version: uuid.UUID
    code: str
    result: str
    resumed: uuid.UUID | None
