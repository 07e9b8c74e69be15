"""Who may: a seat of the frozen roll that is still held, for its own mark."""

from apps.core.actor import Actor
from apps.institutions.models import SeatTerm
from apps.institutions.permissions import in_good_standing
from apps.voting.models import RollEntry


def speaks_for(actor: Actor, entry: RollEntry) -> bool:
    """Whether the actor is the person on the roll, in good standing."""
    return actor.person == entry.person_id and in_good_standing(actor)


def still_sits(entry: RollEntry) -> bool:
    """Whether the term for which the seat is on the roll still runs."""
    return SeatTerm.objects.held().filter(pk=entry.term_id).exists()


def can_vote(actor: Actor, entry: RollEntry) -> bool:
    """Whether the actor may mark for this seat: on the roll, still seated, not stepped aside."""
    return speaks_for(actor, entry) and entry.recused_at is None and still_sits(entry)
