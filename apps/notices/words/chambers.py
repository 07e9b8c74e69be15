"""What notices say about proposals, their review and their ballot."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from apps.notices.states import NoticeKind as Kind
from apps.notices.words.wording import OWNER, Wording

CIRCLE = _("You wrote this proposal, commented on it or follow it.")
CLERK = _("You are a clerk.")
SEAT = _("Your seat is on the roll.")

REVIEWS: dict[Kind, Wording] = {
    Kind.REVIEW_ASKED: Wording(
        _("You are asked for a review: %(question)s"),
        _("The matter concerns neither you nor your own, so you can judge it."),
        _("Accept or decline, and give your verdict with reasons in time."),
    ),
    Kind.REVIEW_DUE: Wording(
        _("Your review is still owed: %(question)s"),
        _("You were asked for a verdict."),
        _("Give your verdict with reasons in time, or decline."),
    ),
    Kind.REVIEW_OVERDUE: Wording(
        _("Your review is late: %(question)s"),
        _("You were asked for a verdict."),
        _("Give it while the round is open; then it still counts."),
    ),
    Kind.REVIEW_CLOSED: Wording(
        _("The review of %(proposal)s is closed: %(given)s given, %(blocks)s blocked"),
        _("You wrote the proposal."),
        _("Freeze the text for the vote, or write another one; otherwise it lapses."),
    ),
    Kind.REVIEW_UNANSWERED: Wording(
        _("The review of %(proposal)s ended with too few verdicts: %(given)s given"),
        _("You wrote the proposal, or you are a clerk."),
        _("Open another review round and ask people who answer; otherwise it lapses."),
    ),
}
PROPOSALS: dict[Kind, Wording] = {
    Kind.PROPOSAL_SUBMITTED: Wording(
        _("A proposal was submitted: %(proposal)s %(title)s"),
        CLERK,
        _("Open its consultation; without a next step it lapses."),
    ),
    Kind.CONSULTATION_OPENED: Wording(
        _("The consultation on your proposal %(proposal)s is open"),
        _("You wrote the proposal."),
        _("Read the comments, and write another text where they are right."),
    ),
    Kind.CONSULTATION_FOLLOWED: Wording(
        _("The consultation on %(proposal)s is open: %(title)s"),
        CIRCLE,
        _("Read the text and comment while the consultation is open."),
    ),
    Kind.CONSULTATION_CONCERNS: Wording(
        ngettext_lazy(
            "A proposal would change how %(listings)d of your listings stands: %(title)s",
            "A proposal would change how %(listings)d of your listings stand: %(title)s",
            "listings",
        ),
        OWNER,
        _("Read %(proposal)s and comment while the consultation is open."),
    ),
    Kind.CONSULTATION_ENDING: Wording(
        _("The consultation on %(proposal)s ends soon"),
        CIRCLE,
        _("Say what is still to be said while it is open."),
    ),
    Kind.CLERK_STEP_OWED: Wording(
        _("The proposal %(proposal)s lapses soon: %(title)s"),
        CLERK,
        _("Take its next step: open the consultation, or call the ballot."),
    ),
    Kind.AUTHOR_STEP_OWED: Wording(
        _("Your proposal %(proposal)s lapses soon: %(title)s"),
        _("You wrote the proposal."),
        _("Freeze the text for the vote, or write another one."),
    ),
    Kind.CONSULTATION_ENDED: Wording(
        _("The consultation on %(proposal)s is over; reviewers judge it now"),
        CIRCLE,
        _("Nothing now. You can follow the review on its page."),
    ),
    Kind.TEXT_FROZEN: Wording(
        _("The text of %(proposal)s is frozen for the vote"),
        CIRCLE,
        _("Nothing now. A clerk calls the three chambers to vote."),
    ),
    Kind.BALLOT_TO_CALL: Wording(
        _("The text of %(proposal)s is frozen and waits for its ballot"),
        CLERK,
        _("Call the ballot; without a next step the proposal lapses."),
    ),
    Kind.BALLOT_CALLED: Wording(
        _("The three chambers vote on %(proposal)s from %(opens_at)s"),
        CIRCLE,
        _("Nothing now. The result comes when the ballot closes."),
    ),
    Kind.PROPOSAL_CONCLUDED: Wording(
        _("The vote on %(proposal)s is counted: %(state)s"),
        CIRCLE,
        _("See how each chamber voted, and from when the rule applies if there is one."),
    ),
    Kind.COMMENCED_IN_WARN: Wording(
        _("The rule of %(proposal)s begins in warn: it changes other listings than were shown"),
        _("You are a chair."),
        _("See what differs; to enforce it, the chambers adopt a next version."),
    ),
    Kind.PROPOSAL_WITHDRAWN: Wording(
        _("The proposal %(proposal)s was withdrawn: %(title)s"), CIRCLE, _("Read the reason.")
    ),
    Kind.PROPOSAL_LAPSED: Wording(
        _("The proposal %(proposal)s has lapsed: %(title)s"),
        CIRCLE,
        _("Nobody took the next step in time. Anyone may propose it again."),
    ),
    Kind.COMMENT_REMOVED: Wording(
        _("Your comment on %(proposal)s was removed: %(reason)s"),
        _("You wrote the comment."),
        _("You may appeal; a chair who did not remove it decides."),
    ),
    Kind.REMOVAL_APPEALED: Wording(
        _("An appeal waits: a comment on %(proposal)s was removed"),
        _("You are a chair and did not remove it."),
        _("Decide whether the comment is shown again, with reasons."),
    ),
    Kind.REMOVAL_DECIDED: Wording(
        _("Your appeal is decided: your comment on %(proposal)s is %(comment)s"),
        _("You wrote the comment."),
        _("Read the reasons."),
    ),
}
BALLOTS: dict[Kind, Wording] = {
    Kind.BALLOT_OPENED: Wording(
        _("Ballot %(ballot)s is open: %(question)s"),
        SEAT,
        _("Vote in time. Step aside if you have a particular interest in the matter."),
    ),
    Kind.BALLOT_CLOSING: Wording(
        _("Ballot %(ballot)s closes soon and your seat has not voted: %(question)s"),
        SEAT,
        _("Vote in time; a seat that does not vote counts against the quorum."),
    ),
    Kind.BALLOT_CLOSED: Wording(
        _("Ballot %(ballot)s is counted: %(vote)s"),
        SEAT,
        _("Check your vote in the public file; anyone can recount it."),
    ),
    Kind.BALLOT_ANNULLED: Wording(
        _("Ballot %(ballot)s was called off: %(reason)s"), SEAT, _("Nothing now.")
    ),
}
