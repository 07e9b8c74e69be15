"""A ballot that closes soon is reminded of once."""

from django.db import transaction

from apps.core.actor import Actor
from apps.core.clock import now
from apps.journal.services import record
from apps.voting import errors
from apps.voting.acts import BallotReminded
from apps.voting.models import Ballot, RollEntry, Vote
from apps.voting.services.locking import locked
from apps.voting.states import Part


@transaction.atomic
def ballot_remind(*, actor: Actor, ballot: Ballot) -> Ballot:
    """Say, once, that the last day of an open ballot has begun and how many seats have not voted.

    Called by business time; raises `TooEarly` for a ballot of which nothing is to be said.
    """
    ballot, moment = locked(ballot.pk), now()
    if not Ballot.objects.due_to_remind().filter(pk=ballot.pk).exists():
        raise errors.TooEarly
    ballot.reminded_at = moment
    ballot.save(update_fields=["reminded_at"])
    voted = Vote.objects.filter(ballot=ballot).values("entry")
    roll = RollEntry.objects.filter(ballot=ballot, part=Part.VOTES, recused_at__isnull=True)
    act = BallotReminded(
        subject=ballot.pk,
        matter=ballot.subject,
        closes_at=ballot.closes_at,
        owed=roll.exclude(pk__in=voted).count(),
    )
    record(act, actor=actor)
    return ballot
