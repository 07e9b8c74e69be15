"""A seat marks its paper, or steps aside."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.core.actor import Actor
from apps.core.clock import now
from apps.institutions.permissions import refusal
from apps.institutions.services.constraints import refused_as
from apps.journal.services import record
from apps.voting import errors
from apps.voting.acts import RecusalDeclared, VoteCast
from apps.voting.models import Ballot, RollEntry, Vote
from apps.voting.permissions import speaks_for, still_sits
from apps.voting.services.locking import locked
from apps.voting.states import BallotState, Choice, Interest

LAWS = {
    "voting_vote_in_time": errors.BallotClosed,
    "voting_vote_of_a_voter": errors.SeatRecused,
}
LONGEST_REASON = 500
ENDED = (BallotState.CLOSED, BallotState.TALLIED)


@transaction.atomic
def vote_cast(*, actor: Actor, ballot: Ballot, choice: Choice) -> Vote:
    """Record one seat's mark; a later mark replaces it until the close, the same one is no news.

    The database's own clock judges the time when the row is written. An adviser's mark is kept and
    published as advice, and never counted.
    """
    ballot = locked(ballot.pk)
    entry = _entry_of(actor, ballot)
    _must_be_open(ballot)
    if entry.recused_at:
        raise errors.SeatRecused
    before, moment = Vote.objects.standing().filter(entry=entry).first(), now()
    if before and before.choice == Choice(choice):
        return before
    if before:
        before.replaced_at = moment
        before.save(update_fields=["replaced_at"])
    with refused_as(LAWS):
        vote = Vote.objects.create(
            ballot=ballot, entry=entry, choice=Choice(choice), cast_at=moment
        )
    again = before is not None
    record(VoteCast(subject=ballot.pk, seat=entry.seat_id, again=again), actor=actor)
    return vote


@transaction.atomic
def recusal_declare(*, actor: Actor, ballot: Ballot, interest: Interest, reason: str) -> RollEntry:
    """Take a seat out of the count for a particular interest; its mark, if any, falls.

    The seat itself declares it, while the ballot is open; it is not taken back.
    """
    ballot = locked(ballot.pk)
    entry = _entry_of(actor, ballot)
    _must_be_open(ballot)
    if entry.recused_at:
        raise errors.SeatRecused
    if not 0 < len(reason.strip()) <= LONGEST_REASON:
        raise errors.ReasonMissing(field="reason")
    moment = now()
    for vote in Vote.objects.standing().filter(entry=entry):
        vote.replaced_at = moment
        vote.save(update_fields=["replaced_at"])
    entry.recused_at, entry.interest = moment, Interest(interest)
    entry.recusal_reason = reason.strip()
    entry.save(update_fields=["recused_at", "interest", "recusal_reason"])
    record(
        RecusalDeclared(subject=ballot.pk, seat=entry.seat_id, interest=entry.interest),
        actor=actor,
    )
    return entry


def _entry_of(actor: Actor, ballot: Ballot) -> RollEntry:
    """Return the actor's own line of the roll; raise where there is none, or the seat was left."""
    entry = RollEntry.objects.filter(ballot=ballot, person=actor.person).first()
    if entry is None:
        if ballot.state == BallotState.DRAFT:
            raise errors.BallotNotOpen
        raise errors.NotOnTheRoll
    if not speaks_for(actor, entry):
        raise refusal(actor, _("Your account may not act at present."))
    if not still_sits(entry):
        raise errors.SeatLeft
    return entry


def _must_be_open(ballot: Ballot) -> None:
    if ballot.state in ENDED or (ballot.state == BallotState.OPEN and ballot.closes_at <= now()):
        raise errors.BallotClosed
    if ballot.state != BallotState.OPEN:
        raise errors.BallotNotOpen
