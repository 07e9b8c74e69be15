"""A proposal took a step: tell its circle, and who has to act or is touched.

The circle is who wrote it, commented on it or follows it; each is told once.
"""

import datetime as dt
import uuid
from collections.abc import Iterable

from apps.institutions.offices import Office
from apps.journal.selectors import JournalAct
from apps.notices.services import NoticeDraft
from apps.notices.states import NoticeKind
from apps.notices.words import Value
from apps.proposals.models import Comment, Proposal
from apps.proposals.selectors.proposals import impact_of, text_of
from apps.proposals.states import ProposalState
from apps.reactions import places
from apps.reactions.audience import circle, holders, kept_by, owners
from apps.reactions.telling import tell


def submitted(act: JournalAct) -> None:
    """Tell the clerks, who open the consultation."""
    proposal = _proposal(act)
    _tell(act, proposal, holders(Office.CLERK), NoticeKind.PROPOSAL_SUBMITTED, due=True)


def consultation_opened(act: JournalAct) -> None:
    """Tell the author, the companies whose listings the text would change, and who follows it."""
    proposal = _proposal(act)
    _tell(act, proposal, [proposal.author_id], NoticeKind.CONSULTATION_OPENED, due=True)
    told = {proposal.author_id} | _tell_concerned(act, proposal)
    _tell(act, proposal, circle(proposal) - told, NoticeKind.CONSULTATION_FOLLOWED, due=True)


def reminded(act: JournalAct) -> None:
    """Tell who can still do something before the step ends, unless it has ended meanwhile."""
    proposal = _proposal(act)
    if proposal.state != act.payload["waits_in"]:
        return
    if proposal.state == ProposalState.CONSULTATION:
        _tell(act, proposal, circle(proposal), NoticeKind.CONSULTATION_ENDING, due=True)
    elif proposal.state == ProposalState.REVIEW:
        _tell(act, proposal, [proposal.author_id], NoticeKind.AUTHOR_STEP_OWED, due=True)
    else:
        _tell(act, proposal, holders(Office.CLERK), NoticeKind.CLERK_STEP_OWED, due=True)


def consultation_ended(act: JournalAct) -> None:
    """Tell its circle that reviewers judge it now."""
    proposal = _proposal(act)
    _tell(act, proposal, circle(proposal), NoticeKind.CONSULTATION_ENDED)


def frozen(act: JournalAct) -> None:
    """Tell its circle, and the clerks, who call the ballot."""
    proposal = _proposal(act)
    _tell(act, proposal, circle(proposal), NoticeKind.TEXT_FROZEN)
    _tell(act, proposal, holders(Office.CLERK), NoticeKind.BALLOT_TO_CALL, due=True)


def called(act: JournalAct) -> None:
    """Tell its circle when the chambers vote."""
    proposal = _proposal(act)
    opens_at = proposal.ballot.opens_at if proposal.ballot else act.recorded_at
    _tell(act, proposal, circle(proposal), NoticeKind.BALLOT_CALLED, opens_at=opens_at)


def concluded(act: JournalAct) -> None:
    """Tell its circle what the chambers decided."""
    proposal = _proposal(act)
    _tell(act, proposal, circle(proposal), NoticeKind.PROPOSAL_CONCLUDED)


def recomputed(act: JournalAct) -> None:
    """Tell the chairs where a rule begins in warn, for it changes other listings than shown."""
    if act.payload["beyond"]:
        _tell(act, _proposal(act), holders(Office.CHAIR), NoticeKind.COMMENCED_IN_WARN)


def withdrawn(act: JournalAct) -> None:
    """Tell its circle that the author took it back."""
    proposal = _proposal(act)
    _tell(act, proposal, _public(proposal), NoticeKind.PROPOSAL_WITHDRAWN)


def lapsed(act: JournalAct) -> None:
    """Tell its circle that nobody took the next step."""
    proposal = _proposal(act)
    _tell(act, proposal, _public(proposal), NoticeKind.PROPOSAL_LAPSED)


def comment_removed(act: JournalAct) -> None:
    """Tell who wrote the comment, with the reason."""
    comment = _comment(act)
    _tell_of_comment(act, comment, [comment.author_id], NoticeKind.COMMENT_REMOVED)


def removal_appealed(act: JournalAct) -> None:
    """Tell the chairs; who removed the comment decides nothing."""
    comment = _comment(act)
    chairs = holders(Office.CHAIR) - {comment.remover_id, comment.author_id}
    _tell_of_comment(act, comment, chairs, NoticeKind.REMOVAL_APPEALED)


def removal_decided(act: JournalAct) -> None:
    """Tell who appealed."""
    comment = _comment(act)
    _tell_of_comment(act, comment, [comment.author_id], NoticeKind.REMOVAL_DECIDED)


def _proposal(act: JournalAct) -> Proposal:
    return Proposal.objects.select_related("ballot").get(pk=act.subject)


def _comment(act: JournalAct) -> Comment:
    rows = Comment.objects.select_related("revision__proposal")
    return rows.get(pk=act.payload["comment"])


def _public(proposal: Proposal) -> set[uuid.UUID]:
    """A draft was seen by its author alone."""
    return circle(proposal) if proposal.submitted_at else set()


def _tell_concerned(act: JournalAct, proposal: Proposal) -> set[uuid.UUID]:
    """Tell the owners of the companies that the text touches, and return them."""
    impact, told = impact_of(text_of(proposal)), set()
    for company, listings in kept_by(impact.changed if impact else []).items():
        draft = NoticeDraft(
            kind=NoticeKind.CONSULTATION_CONCERNS,
            path=places.proposal(proposal.code),
            parameters={
                "proposal": proposal.code,
                "title": proposal.title,
                "listings": len(listings),
                "company": company.name,
            },
            due_at=proposal.due_at,
        )
        concerned = owners(company.pk)
        tell(act, concerned, draft)
        told |= concerned
    return told


def _tell(
    act: JournalAct,
    proposal: Proposal,
    people: Iterable[uuid.UUID],
    kind: NoticeKind,
    *,
    due: bool = False,
    opens_at: dt.datetime | None = None,
) -> None:
    values: dict[str, Value] = {"proposal": proposal.code, "title": proposal.title}
    if kind == NoticeKind.PROPOSAL_CONCLUDED:
        values["state"] = act.payload["outcome"]
    if opens_at is not None:
        values["opens_at"] = opens_at.isoformat()
    draft = NoticeDraft(
        kind=kind,
        path=places.proposal(proposal.code),
        parameters=values,
        due_at=proposal.due_at if due else None,
    )
    tell(act, people, draft)


def _tell_of_comment(
    act: JournalAct, comment: Comment, people: Iterable[uuid.UUID], kind: NoticeKind
) -> None:
    proposal = comment.revision.proposal
    draft = NoticeDraft(
        kind=kind,
        path=places.proposal(proposal.code),
        parameters={
            "proposal": proposal.code,
            "reason": comment.removal,
            "comment": comment.state,
        },
    )
    tell(act, people, draft)


ON_PROPOSALS = {
    "proposals.proposal.submitted": submitted,
    "proposals.consultation.opened": consultation_opened,
    "proposals.proposal.reminded": reminded,
    "proposals.review.opened": consultation_ended,
    "proposals.text.frozen": frozen,
    "proposals.ballot.called": called,
    "proposals.proposal.concluded": concluded,
    "proposals.impact.recomputed": recomputed,
    "proposals.proposal.withdrawn": withdrawn,
    "proposals.proposal.lapsed": lapsed,
    "proposals.comment.removed": comment_removed,
    "proposals.removal.appealed": removal_appealed,
    "proposals.appeal.decided": removal_decided,
}
