"""A review is asked for, owed soon or closed: tell the reviewer, and the author of a proposal."""

from apps.institutions.offices import Office
from apps.journal.selectors import JournalAct
from apps.notices.services import NoticeDraft
from apps.notices.states import NoticeKind
from apps.proposals.models import Proposal
from apps.proposals.selectors.reviewing import unanswered
from apps.proposals.states import ProposalState
from apps.reactions import audience, places
from apps.reactions.on_deadline import verdict_draft
from apps.reactions.telling import tell
from apps.reviews.models import Assignment
from apps.reviews.states import OWING, VerdictKind


def asked(act: JournalAct) -> None:
    """Ask the reviewer."""
    _tell_reviewer(act, NoticeKind.REVIEW_ASKED)


def reminded(act: JournalAct) -> None:
    """Remind the reviewer that a few days are left."""
    _tell_reviewer(act, NoticeKind.REVIEW_DUE)


def closed(act: JournalAct) -> None:
    """Tell the author of a proposal that waits for its next step; clerks too if it needs a round.

    Where the round ended with too few verdicts, either of them opens another one.
    """
    under_review = Proposal.objects.filter(round=act.subject, state=ProposalState.REVIEW)
    for proposal in under_review.select_related("round"):
        if unanswered(proposal):
            people = {proposal.author_id, *audience.holders(Office.CLERK)}
            tell(act, people, _closed(act, proposal, NoticeKind.REVIEW_UNANSWERED))
        else:
            draft = _closed(act, proposal, NoticeKind.REVIEW_CLOSED)
            tell(act, [proposal.author_id], draft)


def _closed(act: JournalAct, proposal: Proposal, kind: NoticeKind) -> NoticeDraft:
    verdicts: dict[str, int] = act.payload["verdicts"]
    return NoticeDraft(
        kind=kind,
        path=places.proposal(proposal.code),
        parameters={
            "proposal": proposal.code,
            "given": sum(verdicts.values()),
            "blocks": verdicts.get(VerdictKind.BLOCK, 0),
        },
        due_at=proposal.due_at,
    )


def _tell_reviewer(act: JournalAct, kind: NoticeKind) -> None:
    rows = Assignment.objects.select_related("round", "clock")
    assignment = rows.get(pk=act.payload["assignment"])
    if assignment.state in OWING:
        draft = verdict_draft(assignment, kind, assignment.clock)
        tell(act, [assignment.reviewer_id], draft)


ON_REVIEWS = {
    "reviews.reviewer.assigned": asked,
    "reviews.reviewer.reminded": reminded,
    "reviews.round.closed": closed,
}
