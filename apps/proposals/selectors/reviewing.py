"""How the review of a proposal stands: whether its text may be frozen, or needs another round."""

import datetime as dt

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import TruncDate

from apps.core.errors import DomainError
from apps.proposals import errors
from apps.proposals.models import Proposal, ReviewMinimum
from apps.reviews.models import ReviewRound
from apps.reviews.selectors import RoundSummary, summary
from apps.reviews.states import RoundState


def freeze_refusal(proposal: Proposal) -> DomainError | None:
    """Return why the reviewed text may not be frozen; `None` where it may.

    Its round is closed, has the verdicts that were demanded when it opened, and nobody blocks.
    """
    if proposal.round is None or proposal.round.state == RoundState.OPEN:
        return errors.ReviewRuns()
    found = summary(proposal.round)
    if found.blocked:
        return errors.ReviewBlocks()
    return None if _answered(proposal.round, found) else errors.ReviewUnanswered()


def renewal_refusal(proposal: Proposal) -> DomainError | None:
    """Return why no other round may be opened on the same text; `None` where one may."""
    if proposal.round is None or proposal.round.state == RoundState.OPEN:
        return errors.ReviewRuns()
    found = summary(proposal.round)
    if found.blocked:
        return errors.ReviewBlocks()
    return errors.ReviewHeld() if _answered(proposal.round, found) else None


def unanswered(proposal: Proposal) -> bool:
    """Whether its round ended without the verdicts that a frozen text needs."""
    return renewal_refusal(proposal) is None


def with_verdicts(rows: QuerySet[Proposal]) -> QuerySet[Proposal]:
    """Say of each in `answered` whether its round, where it has one, got enough verdicts."""
    valid = Q(valid_until_date=None) | Q(valid_until_date__gt=OuterRef("round_day"))
    needed = ReviewMinimum.objects.filter(valid, valid_from_date__lte=OuterRef("round_day"))
    newest = needed.order_by("-valid_from_date").values("verdicts")[:1]
    dated = rows.annotate(round_day=TruncDate("round__opened_at", tzinfo=dt.UTC))
    counted = dated.annotate(verdicts=Count("round__assignments__verdict"), needed=Subquery(newest))
    return counted.annotate(answered=Q(verdicts__gte=F("needed")))


def _answered(review_round: ReviewRound, found: RoundSummary) -> bool:
    return found.answered >= _minimum(review_round.opened_at.date()).verdicts


def _minimum(day: dt.date) -> ReviewMinimum:
    valid = Q(valid_until_date=None) | Q(valid_until_date__gt=day)
    return ReviewMinimum.objects.filter(valid, valid_from_date__lte=day).latest("valid_from_date")
