"""Ballots for lists and pages."""

import uuid

from django.db.models import QuerySet

from apps.core.actor import Actor
from apps.core.codes import parse
from apps.core.errors import Invalid
from apps.voting.errors import BallotUnknown
from apps.voting.models import Ballot, RollEntry, Vote
from apps.voting.models.ballots import BallotQuerySet
from apps.voting.states import BallotState


def ballots_listed() -> BallotQuerySet:
    """Return all ballots, each with its settings."""
    return Ballot.objects.select_related("procedure")


def open_ballots() -> BallotQuerySet:
    """Return the ballots that are open."""
    return ballots_listed().filter(state=BallotState.OPEN)


def ballot_by_code(code: str) -> Ballot:
    """Return one ballot; raise `BallotUnknown` where no ballot has the code."""
    try:
        found = ballots_listed().filter(code=parse(code)).first()
    except Invalid:
        found = None
    if found is None:
        raise BallotUnknown
    return found


def ballots_of(subject: uuid.UUID) -> QuerySet[Ballot]:
    """Return the ballots about a convener's thing, the newest first."""
    return ballots_listed().filter(subject=subject).order_by("-prepared_at", "-id")


def roll_of(ballot: Ballot) -> QuerySet[RollEntry]:
    """Return the roll with its people and organisations, by chamber and seat."""
    rows = RollEntry.objects.filter(ballot=ballot).select_related("person", "organisation")
    return rows.order_by("sector", "number")


def entry_of(actor: Actor, ballot: Ballot) -> RollEntry | None:
    """Return the actor's own line of the roll, if there is one."""
    if actor.person is None:
        return None
    return RollEntry.objects.filter(ballot=ballot, person=actor.person).first()


def mark_of(entry: RollEntry) -> Vote | None:
    """Return the mark of a seat that stands, if there is one."""
    return Vote.objects.standing().filter(entry=entry).first()


def ballots_awaiting(actor: Actor) -> QuerySet[RollEntry]:
    """Return the actor's lines on open ballots that have no mark yet, the first to close first."""
    marked = Vote.objects.standing().filter(entry__person=actor.person).values("entry")
    lines = RollEntry.objects.filter(
        person=actor.person, ballot__state=BallotState.OPEN, recused_at__isnull=True
    )
    return lines.exclude(pk__in=marked).select_related("ballot").order_by("ballot__closes_at", "id")
