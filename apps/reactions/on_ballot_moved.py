"""A ballot opened, closes soon, closed or was called off: tell the people on its rolls."""

from apps.journal.selectors import JournalAct
from apps.notices.services import NoticeDraft
from apps.notices.states import NoticeKind
from apps.reactions import places
from apps.reactions.telling import tell
from apps.voting.models import Ballot, RollEntry, Vote
from apps.voting.states import BallotState, Part


def opened(act: JournalAct) -> None:
    """Ask every voting seat for its vote."""
    ballot = Ballot.objects.get(pk=act.subject)
    tell(act, _voters(ballot), _draft(ballot, NoticeKind.BALLOT_OPENED))


def reminded(act: JournalAct) -> None:
    """Ask the seats again that have not voted, while the ballot is open."""
    ballot = Ballot.objects.get(pk=act.subject)
    if ballot.state != BallotState.OPEN:
        return
    voted = Vote.objects.filter(ballot=ballot).values_list("entry__person", flat=True)
    tell(act, _voters(ballot) - set(voted), _draft(ballot, NoticeKind.BALLOT_CLOSING))


def closed(act: JournalAct) -> None:
    """Tell the result."""
    ballot = Ballot.objects.get(pk=act.subject)
    tell(act, _voters(ballot), _draft(ballot, NoticeKind.BALLOT_CLOSED))


def annulled(act: JournalAct) -> None:
    """Tell that there is nothing more to vote on."""
    ballot = Ballot.objects.get(pk=act.subject)
    tell(act, _voters(ballot), _draft(ballot, NoticeKind.BALLOT_ANNULLED))


def _voters(ballot: Ballot) -> set:
    """Return the people on the rolls who vote and have not stepped aside."""
    lines = RollEntry.objects.filter(ballot=ballot, part=Part.VOTES, recused_at__isnull=True)
    return set(lines.values_list("person", flat=True))


def _draft(ballot: Ballot, kind: NoticeKind) -> NoticeDraft:
    asks = kind in {NoticeKind.BALLOT_OPENED, NoticeKind.BALLOT_CLOSING}
    return NoticeDraft(
        kind=kind,
        path=places.ballot(ballot.code),
        parameters={
            "ballot": ballot.code,
            "question": ballot.question,
            "vote": ballot.outcome,
            "reason": ballot.annulment,
        },
        due_at=ballot.closes_at if asks else None,
    )


ON_BALLOTS = {
    "voting.ballot.opened": opened,
    "voting.ballot.reminded": reminded,
    "voting.ballot.closed": closed,
    "voting.ballot.annulled": annulled,
}
