"""Acts as lines of a page: the words, and the thing they are about."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse

from apps.commons.words import sentence
from apps.core.errors import Text
from apps.journal.selectors import JournalAct
from apps.listings.models import Listing, Provider
from apps.policy.models import Rule
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
    found = {}
    for code, name, row in Listing.objects.filter(id__in=wanted).values_list("code", "name", "id"):
        found[row] = Subject(name, reverse("commons:listing", args=[code]))
    for code, name, row in Rule.objects.filter(id__in=wanted).values_list("code", "title", "id"):
        found[row] = Subject(name, reverse("commons:rule", args=[code]))
    rows = Provider.objects.filter(id__in=wanted).values_list("slug", "name", "id")
    for slug, name, row in rows:
        found[row] = Subject(name, reverse("commons:provider", args=[slug]))
    ballots = Ballot.objects.filter(id__in=wanted).values_list("code", "question", "id")
    for code, name, row in ballots:
        found[row] = Subject(name, reverse("commons:ballot", args=[code]))
    rounds = ReviewRound.objects.filter(id__in=wanted).values_list("question", "id")
    for question, row in rounds:
        found[row] = Subject(question, reverse("commons:review", args=[row]))
    return found
