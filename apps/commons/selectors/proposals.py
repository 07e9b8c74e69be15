"""A proposal as its page shows it: where it is, what it says, what was said of it."""

import datetime as dt
import re
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from apps.cases.selectors import public_cases
from apps.commons.selectors.impacts import ImpactShown, impact_shown
from apps.commons.selectors.revisions import TextScope, scope_of
from apps.core.actor import Actor
from apps.core.clock import now
from apps.core.pagination import Page, keyset_page
from apps.core.states import Station
from apps.policy.engine.paraphrase import Said
from apps.policy.errors import DraftFault
from apps.policy.selectors import clauses_said, said
from apps.policy.services import RuleDraft, adoption_faults, draft_of
from apps.proposals.errors import SummaryMissing
from apps.proposals.models import Comment, Proposal, Revision
from apps.proposals.permissions import can_appeal, can_decide_appeal, can_moderate
from apps.proposals.selectors.proposals import (
    clauses_counted,
    comments_on,
    impact_of,
    moderation_counts,
    text_of,
)
from apps.proposals.selectors.reviewing import unanswered
from apps.proposals.selectors.steps import Step, StepName, steps_for
from apps.proposals.states import PROPOSAL, SHOWN, CommentState, ProposalState
from apps.reviews.selectors import RoundSummary, assignments_of, summary

COMMENTS = 30
CLAUSE = re.compile(r"[1-9][0-9]{0,3}")
IN_FORCE = "in-force"


@dataclass(frozen=True, slots=True)
class ClauseLine:
    """One clause of the text, with how often it was commented on."""

    number: int
    text: str
    expression: str
    said: str
    comments: int


@dataclass(frozen=True, slots=True)
class CommentLine:
    """One comment as the reader may see it, and what they may do with it.

    Words that were removed are read by who wrote them and by who moderates.
    """

    comment: Comment
    text: str
    is_hidden: bool
    by_author: bool
    own: bool
    can_remove: bool
    can_appeal: bool
    can_decide: bool


@dataclass(frozen=True, slots=True)
class TextShown:
    """The latest text of a proposal, read back from its document."""

    revision: Revision
    draft: RuleDraft
    clauses: list[ClauseLine]
    scope: TextScope
    faults: list[DraftFault]
    revisions: list[Revision]

    @property
    def said(self) -> Said | None:
        """What the expression says, in plain words."""
        return said(self.draft.expression, self.draft.parameters)


@dataclass(frozen=True, slots=True)
class Voices:
    """A stretch of the comments, on all or one clause, and how many stand in each state."""

    lines: list[CommentLine]
    page: Page
    clause: str
    counts: dict[str, int]

    @property
    def total(self) -> int:
        """All comments ever made."""
        return sum(self.counts.values())

    @property
    def removed(self) -> int:
        """How many are hidden now."""
        return sum(n for state, n in self.counts.items() if state not in SHOWN)


@dataclass(frozen=True, slots=True)
class Review:
    """The round of reviews, in figures and in the words of its verdicts.

    `unanswered`: it ended with too few of them.
    """

    figures: RoundSummary
    verdicts: list[Any]
    unanswered: bool


def text_shown(proposal: Proposal) -> TextShown:
    """Return the latest text with its clauses; of a draft also what stands in its way."""
    revision, counted = text_of(proposal), clauses_counted(proposal)
    draft = draft_of(revision.document)
    lines = [
        ClauseLine(one.number, one.text, one.expression, one.said, counted.get(one.number, 0))
        for one in clauses_said(draft.clauses, draft.parameters)
    ]
    faults = _in_the_way(proposal, draft) if proposal.state == ProposalState.DRAFT else []
    revisions = list(proposal.revisions.order_by("-number").defer("document"))
    return TextShown(revision, draft, lines, scope_of(draft), faults, revisions)


def _in_the_way(proposal: Proposal, draft: RuleDraft) -> list[DraftFault]:
    """Return what has to be mended before a draft can be submitted."""
    missing = SummaryMissing()
    unexplained = (
        [] if draft.summary.strip() else [DraftFault("summary", missing.title, missing.remedy)]
    )
    return [*unexplained, *adoption_faults(draft, follows=proposal.follows)]


def impact_on(shown: TextShown, after: str = "") -> ImpactShown | None:
    """Return what the latest text would change, where that was worked out."""
    found = impact_of(shown.revision)
    return impact_shown(found, shown.draft.mode, after) if found else None


def voices(proposal: Proposal, actor: Actor, *, clause: str = "", after: str = "") -> Voices:
    """Return a stretch of the comments, the first ones first, as the actor may see them."""
    rows = comments_on(proposal)
    if CLAUSE.fullmatch(clause):
        rows = rows.filter(clause=int(clause))
    page = keyset_page(rows, order=("posted_at", "id"), after=after, size=COMMENTS)
    moderates, decides = can_moderate(actor), can_decide_appeal(actor)
    lines = [
        _comment(row, proposal, actor, moderates=moderates, decides=decides) for row in page.rows
    ]
    return Voices(lines, page, clause, moderation_counts(proposal))


def _comment(
    row: Comment, proposal: Proposal, actor: Actor, *, moderates: bool, decides: bool
) -> CommentLine:
    own, hidden = row.author_id == actor.person, row.state not in SHOWN
    return CommentLine(
        comment=row,
        text=row.text if own or moderates or decides or not hidden else "",
        is_hidden=hidden,
        by_author=row.author_id == proposal.author_id,
        own=own,
        can_remove=moderates and row.state == CommentState.POSTED,
        can_appeal=row.state == CommentState.REMOVED and can_appeal(actor, row),
        can_decide=decides
        and row.state == CommentState.APPEALED
        and row.remover_id != actor.person,
    )


def review_shown(proposal: Proposal) -> Review | None:
    """Return the round's figures and verdicts, where there is a round."""
    if proposal.round is None:
        return None
    given = [row for row in assignments_of(proposal.round) if hasattr(row, "verdict")]
    return Review(summary(proposal.round), given, unanswered(proposal))


def stations(proposal: Proposal) -> list[Station]:
    """Return the way of a proposal, with the moments that are known; last of all its rule."""
    freeze = getattr(proposal, "freeze", None)
    known: list[tuple[str, dt.datetime | None]] = [
        (ProposalState.DRAFT, proposal.started_at),
        (ProposalState.SUBMITTED, proposal.submitted_at),
        (ProposalState.CONSULTATION, proposal.consulted_at),
        (ProposalState.REVIEW, proposal.round.opened_at if proposal.round else None),
        (ProposalState.FROZEN, freeze.frozen_at if freeze else None),
        (ProposalState.BALLOTING, proposal.ballot.prepared_at if proposal.ballot else None),
        (proposal.state, proposal.concluded_at),
    ]
    reached = [(state, at) for state, at in known if at]
    line = PROPOSAL.timeline(proposal.state, reached)
    return [*line, *_rule_station(proposal, line[-1])]


def _rule_station(proposal: Proposal, last: Station) -> list[Station]:
    """Return the beginning of the rule; nothing where the proposal ended without one."""
    if last.state != ProposalState.ADOPTED:
        return []
    begins = proposal.enacted.effective_at if proposal.enacted else None
    place = "past" if begins and begins <= now() else "next"
    return [Station(IN_FORCE, _("In force"), place, begins)]


def steps_by_name(proposal: Proposal, actor: Actor) -> dict[str, Step]:
    """Return what the actor may do now, by name."""
    return {step.name.name.lower(): step for step in steps_for(actor, proposal)}


def primary(steps: dict[str, Step]) -> str:
    """Return the one step that moves the proposal on; its button is the filled one."""
    order = (
        *(StepName.SUBMIT, StepName.CONSULT, StepName.REVIEW),
        *(StepName.FREEZE, StepName.RENEW, StepName.CALL),
    )
    ready = [name.name.lower() for name in order if name.name.lower() in steps]
    return next((name for name in ready if not steps[name].waits), "")


def origin_of(proposal: Proposal) -> tuple[str, str]:
    """Return the reference that gave rise to a proposal, and its page where it is public."""
    code = proposal.origin_ref
    known = bool(code) and public_cases().filter(Q(code=code)).exists()
    return code, reverse("commons:case", args=[code]) if known else ""
