"""What proposals tell the journal; the subject is the proposal."""

import datetime as dt
import uuid
from dataclasses import dataclass

from apps.journal.acts import Act


@dataclass(frozen=True, kw_only=True)
class ProposalStarted(Act):
    """Someone began a draft."""

    kind = "proposals.proposal.started"
    code: str


@dataclass(frozen=True, kw_only=True)
class RevisionAdded(Act):
    """The author wrote another text."""

    kind = "proposals.revision.added"
    number: int
    text_hash: str


@dataclass(frozen=True, kw_only=True)
class ProposalSubmitted(Act):
    """A draft without faults became public, with its impact."""

    kind = "proposals.proposal.submitted"
    code: str
    text_hash: str
    impact_hash: str


@dataclass(frozen=True, kw_only=True)
class ConsultationOpened(Act):
    """Anyone in good standing may comment until the due instant."""

    kind = "proposals.consultation.opened"
    due_at: dt.datetime | None


@dataclass(frozen=True, kw_only=True)
class ReviewOpened(Act):
    """The consultation ended, and a review round began."""

    kind = "proposals.review.opened"
    round: uuid.UUID
    text_hash: str


@dataclass(frozen=True, kw_only=True)
class TextFrozen(Act):
    """The text was frozen with the impact that goes to the vote."""

    kind = "proposals.text.frozen"
    text_hash: str
    snapshot_hash: str
    impact_hash: str
    digest: str


@dataclass(frozen=True, kw_only=True)
class BallotCalled(Act):
    """The three chambers were called to vote."""

    kind = "proposals.ballot.called"
    ballot: uuid.UUID
    digest: str


@dataclass(frozen=True, kw_only=True)
class ProposalConcluded(Act):
    """The ballot was counted; an adopted proposal is a rule, which begins at `effective_at`."""

    kind = "proposals.proposal.concluded"
    ballot: uuid.UUID
    outcome: str
    rule: uuid.UUID | None = None
    effective_at: dt.datetime | None = None


@dataclass(frozen=True, kw_only=True)
class ImpactRecomputed(Act):
    """An adopted rule began; so many listings change otherwise than the chambers were shown."""

    kind = "proposals.impact.recomputed"
    rule: uuid.UUID
    impact_hash: str
    frozen_hash: str
    appeared: int
    vanished: int
    allowed: int
    beyond: bool


@dataclass(frozen=True, kw_only=True)
class ProposalWithdrawn(Act):
    """The author took it back."""

    kind = "proposals.proposal.withdrawn"
    reason: str


@dataclass(frozen=True, kw_only=True)
class ProposalReminded(Act):
    """The present step ends in a few days: a consultation, or the time for the next step."""

    kind = "proposals.proposal.reminded"
    waits_in: str
    due_at: dt.datetime


@dataclass(frozen=True, kw_only=True)
class ProposalLapsed(Act):
    """Nobody took the next step in time."""

    kind = "proposals.proposal.lapsed"
    waited_in: str


@dataclass(frozen=True, kw_only=True)
class CommentPosted(Act):
    """Someone commented on the text or one clause of it."""

    kind = "proposals.comment.posted"
    comment: uuid.UUID
    revision: int
    clause: int | None


@dataclass(frozen=True, kw_only=True)
class CommentRemoved(Act):
    """A clerk hid a comment, for a reason of the published rules."""

    kind = "proposals.comment.removed"
    comment: uuid.UUID
    reason: str


@dataclass(frozen=True, kw_only=True)
class RemovalAppealed(Act):
    """Who wrote a comment asks for it to be shown again."""

    kind = "proposals.removal.appealed"
    comment: uuid.UUID


@dataclass(frozen=True, kw_only=True)
class AppealDecided(Act):
    """A chair decided whether the comment is shown."""

    kind = "proposals.appeal.decided"
    comment: uuid.UUID
    outcome: str
