"""Proposals by code, in lists, and how many comments were removed."""

import uuid
from typing import Any

from django.db.models import Count, Exists, F, Func, OuterRef, Q, QuerySet

from apps.core.actor import Actor
from apps.core.codes import parse
from apps.listings.models import Listing
from apps.policy.models import RuleVersion
from apps.proposals.errors import CommentUnknown, ProposalUnknown, RevisionUnknown
from apps.proposals.models import (
    Commencement,
    Comment,
    Follower,
    Impact,
    Proposal,
    Revision,
)
from apps.proposals.permissions import can_read
from apps.proposals.states import CommentState, ImpactOccasion, ProposalState

LISTED = ("follows", "deadline", "ballot", "enacted__rule")
WITH = (*LISTED, "author", "round", "freeze")
MOST_WORDS = 8


def proposals(*, state: str = "", words: str = "") -> QuerySet[Proposal]:
    """Return the submitted proposals, the latest first, in one state or all, that say the words."""
    rows = Proposal.objects.public().select_related(*LISTED).order_by("-submitted_at", "-id")
    for word in words.split()[:MOST_WORDS]:
        said = Revision.objects.filter(proposal=OuterRef("pk"), document__summary__icontains=word)
        rows = rows.filter(Q(title__icontains=word) | Q(code__iexact=word) | Exists(said))
    return rows.filter(state=state) if state else rows


def proposals_counted() -> dict[str, int]:
    """Return how many submitted proposals stand in each state."""
    rows = Proposal.objects.public().order_by().values_list("state").annotate(times=Count("id"))
    return dict.fromkeys(ProposalState.values, 0) | dict(rows)


def drafts_of(actor: Actor) -> QuerySet[Proposal]:
    """Return what the actor has begun and not submitted, the latest first."""
    rows = Proposal.objects.filter(author=actor.person, state=ProposalState.DRAFT)
    return rows.order_by("-started_at", "-id")


def proposal_by_code(code: str, actor: Actor) -> Proposal:
    """Return one proposal that the actor may read; raise `ProposalUnknown`."""
    found = Proposal.objects.select_related(*WITH).filter(code=parse(code)).first()
    if found is None or not can_read(actor, found):
        raise ProposalUnknown(field="code")
    return found


def follows(actor: Actor, proposal: Proposal) -> bool:
    """Whether the actor follows a proposal."""
    return actor.known and Follower.objects.filter(user=actor.person, proposal=proposal).exists()


def proposals_followed(person: uuid.UUID) -> list[str]:
    """Return the codes of the proposals that someone follows, the first followed first."""
    rows = Follower.objects.filter(user=person).order_by("since_at", "id")
    return list(rows.values_list("proposal__code", flat=True))


def comments_kept(person: uuid.UUID) -> list[dict[str, Any]]:
    """Return what someone said of proposals, the first said first, as plain values."""
    rows = Comment.objects.filter(author=person).order_by("posted_at", "id")
    words = ("clause", "text", "state", "posted_at", "removal", "appeal", "decision")
    return list(
        rows.values(*words, proposal=F("revision__proposal__code"), number=F("revision__number"))
    )


def text_of(proposal: Proposal) -> Revision:
    """Return the latest text."""
    return proposal.revisions.order_by("-number")[0]


def revision_of(proposal: Proposal, number: int) -> Revision:
    """Return one text by its number; raise `RevisionUnknown`."""
    found = proposal.revisions.filter(number=number).first()
    if found is None:
        raise RevisionUnknown(field="number")
    return found


def impact_of(revision: Revision) -> Impact | None:
    """Return what was last worked out for a text, the frozen one where there is one.

    Its list of changed listings can be long and stays in the database: see `listings_changed`.
    """
    rows = revision.impacts.exclude(occasion=ImpactOccasion.COMMENCED)
    rows = rows.defer("changed").annotate(changes=F("changed__len"))
    return rows.order_by("-computed_at", "-id").first()


def listings_changed(impact: Impact) -> QuerySet[Listing]:
    """Return the listings that would stand otherwise, with their providers."""
    each = Func(F("changed"), function="unnest")
    changed = Impact.objects.filter(pk=impact.pk).values_list(each, flat=True)
    return Listing.objects.filter(pk__in=changed).select_related("provider")


def comments_on(proposal: Proposal) -> QuerySet[Comment]:
    """Return all comments, removed ones too, in the order of their posting."""
    rows = Comment.objects.filter(revision__proposal=proposal).select_related("revision", "author")
    return rows.order_by("posted_at", "id")


def comment_by_id(proposal: Proposal, comment: uuid.UUID) -> Comment:
    """Return one comment of a proposal; raise `CommentUnknown`."""
    found = comments_on(proposal).filter(pk=comment).first()
    if found is None:
        raise CommentUnknown(field="comment")
    return found


def moderation_counts(proposal: Proposal | None = None) -> dict[str, int]:
    """Return how many comments stand in each state, on one proposal or over all."""
    rows = Comment.objects.filter(revision__proposal=proposal) if proposal else Comment.objects
    counted = rows.order_by().values_list("state").annotate(times=Count("id"))
    return dict.fromkeys(CommentState.values, 0) | dict(counted)


def clauses_counted(proposal: Proposal) -> dict[int | None, int]:
    """Return how many comments each clause has; under `None` those on the whole."""
    rows = Comment.objects.filter(revision__proposal=proposal).order_by()
    return dict(rows.values_list("clause").annotate(times=Count("id")))


def commencement_of(version: RuleVersion) -> Commencement | None:
    """Return how an adopted rule began, where a proposal brought it and it has begun.

    A version that took its place because it began in warn has the same.
    """
    found = Commencement.objects.filter(
        proposal__enacted__rule=version.rule_id, proposal__code=version.origin_ref
    )
    return found.select_related("proposal__freeze__impact", "impact", "tolerance").first()
