"""Acts as lines of a page: the words, and the thing they are about."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from apps.commons.words import sentence
from apps.core.errors import Text
from apps.journal.selectors import JournalAct
from apps.listings.models import Listing, Provider
from apps.policy.models import Rule
from apps.proposals.models import Proposal
from apps.reviews.models import ReviewRound
from apps.voting.models import Ballot


@dataclass(frozen=True, slots=True)
class Subject:
    """A thing with a page of its own."""

    name: str
    url: str


@dataclass(frozen=True, slots=True)
class ActLine:
    """One act as a list shows it."""

    act: JournalAct
    words: Text
    subject: Subject | None


def act_lines(acts: Sequence[JournalAct]) -> list[ActLine]:
    """Return acts with their words and subjects, in one query for each kind of thing."""
    known = subjects({act.subject for act in acts if not act.sealed})
    return [ActLine(act, sentence(act.kind), known.get(act.subject)) for act in acts]


def subjects(ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, Subject]:
    """Return the pages of the things that have one."""
    wanted = set(ids)
    if not wanted:
        return {}
    return {
        row: Subject(name, reverse(page, args=[key]))
        for rows, name_of, key_of, page in KINDS
        for row, name, key in rows.all().filter(id__in=wanted).values_list("id", name_of, key_of)
    }


# What each kind of thing is called, and what its address is made of.
KINDS: tuple[tuple[QuerySet[Any], str, str, str], ...] = (
    (Listing.objects.all(), "name", "code", "commons:listing"),
    (Rule.objects.all(), "title", "code", "commons:rule"),
    (Provider.objects.all(), "name", "slug", "commons:provider"),
    (Ballot.objects.all(), "question", "code", "commons:ballot"),
    (ReviewRound.objects.all(), "question", "id", "commons:review"),
    (Proposal.objects.public(), "title", "code", "commons:proposal"),
)
