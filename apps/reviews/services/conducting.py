"""A clerk asks reviewers, and ends a round before its clock does."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.core.actor import Actor
from apps.institutions.permissions import refusal
from apps.reviews import errors
from apps.reviews.models import Assignment, ReviewRound
from apps.reviews.permissions import can_conduct
from apps.reviews.selectors import person_named, summary
from apps.reviews.services.convening import reviewer_assign, round_close, round_locked


@transaction.atomic
def reviewer_ask(*, actor: Actor, review_round: ReviewRound, reviewer: str) -> Assignment:
    """Ask a person named by address or seat (`samaj-3`), as a clerk whom it does not concern.

    Raises what `reviewer_assign` does, and `ReviewerUnknown`.
    """
    _conducted(actor, review_round)
    person = person_named(reviewer)
    return reviewer_assign(actor=actor, review_round=review_round, reviewer=person)


@transaction.atomic
def round_end(*, actor: Actor, review_round: ReviewRound) -> ReviewRound:
    """End a round that has verdicts and is owed none, as a clerk; business time ends the others.

    Raises `RoundIncomplete`.
    """
    found = _conducted(actor, review_round)
    so_far = summary(found)
    if so_far.owed or not so_far.answered:
        raise errors.RoundIncomplete
    return round_close(actor=actor, review_round=found)


def _conducted(actor: Actor, review_round: ReviewRound) -> ReviewRound:
    found = round_locked(review_round.pk)
    if not can_conduct(actor, found):
        raise refusal(actor, _("A clerk whom the matter does not concern conducts the round."))
    return found
