"""Draw the consequence of a counted ballot, for whoever called it."""

from apps.core.actor import SYSTEM
from apps.journal.selectors import JournalAct
from apps.journal.services import caused_by, consumer_of
from apps.proposals.services import proposal_conclude
from apps.voting.models import Ballot


def conclude(act: JournalAct) -> None:
    """Conclude the proposal whose ballot closed, where it was one; twice does no harm."""
    for ballot in Ballot.objects.filter(pk=act.subject, proposal__isnull=False):
        with caused_by(act.seq):
            proposal_conclude(actor=SYSTEM, ballot=ballot)


BALLOTS_CONCLUDED = consumer_of("proposals.ballots", {"voting.ballot.closed": conclude})
