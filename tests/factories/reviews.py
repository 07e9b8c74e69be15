"""Review rounds for tests, made by the services themselves."""

import hashlib
import uuid

from apps.core.actor import SYSTEM
from apps.core.ids import uuid7
from apps.institutions.models import User
from apps.reviews.models import Assignment, ReviewRound
from apps.reviews.services import reviewer_assign, round_open, verdict_give
from apps.reviews.states import VerdictKind
from tests.factories import institutions as make

HASH = hashlib.sha256(b"the text").hexdigest()


def review_round(
    *,
    subject: uuid.UUID | None = None,
    concerned_people: list[uuid.UUID] | None = None,
    concerned_organisations: list[uuid.UUID] | None = None,
    concerned_matters: list[str] | None = None,
    reviewers: list[User] | None = None,
) -> ReviewRound:
    """An open round."""
    return round_open(
        actor=SYSTEM,
        subject=subject or uuid7(),
        question="Is the text ready to be voted on?",
        text_hash=HASH,
        concerned_people=concerned_people or [],
        concerned_organisations=concerned_organisations or [],
        concerned_matters=concerned_matters or [],
        reviewers=reviewers or [],
    )


def assignment(review_round: ReviewRound, reviewer: User | None = None) -> Assignment:
    """A person asked in the round."""
    return reviewer_assign(
        actor=SYSTEM, review_round=review_round, reviewer=reviewer or make.person()
    )


def answered(kind: VerdictKind = VerdictKind.READY) -> Assignment:
    """The one assignment of a round, with its verdict."""
    found = assignment(review_round())
    actor = make.actor(found.reviewer)
    verdict_give(actor=actor, assignment=found, kind=kind, reasons="It is clear.")
    return Assignment.objects.select_related("round", "reviewer").get(pk=found.pk)
