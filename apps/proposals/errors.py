"""What proposals refuse."""

from django.utils.translation import gettext_lazy as _

from apps.core.errors import Conflict, Invalid, NotFound


class ProposalUnknown(NotFound):
    """No proposal has this code, or it is someone's draft."""

    code = "proposal-unknown"
    title = _("There is no such proposal.")


class RevisionUnknown(NotFound):
    """The proposal has no text of this number."""

    code = "revision-unknown"
    title = _("This proposal has no such revision.")


class CommentUnknown(NotFound):
    """No comment of this proposal has this number."""

    code = "comment-unknown"
    title = _("There is no such comment.")


class KindNotProposed(Invalid):
    """The chambers adopt policies and codes; an instrument is a regulator's."""

    code = "kind-not-proposed"
    title = _("A statutory instrument is not proposed to the chambers.")
    remedy = _("Choose a marketplace policy or a code of practice.")


class SummaryMissing(Invalid):
    """A submitted proposal says in plain words what it does."""

    code = "summary-missing"
    title = _("The proposal has no summary.")
    remedy = _("Say in plain words what the rule does and for whom.")


class TextSettled(Conflict):
    """The text can no longer be revised."""

    code = "text-settled"
    title = _("The text of this proposal can no longer be changed.")


class CommentsClosed(Conflict):
    """Comments are taken in consultation only."""

    code = "comments-closed"
    title = _("This proposal takes no comments now.")
    remedy = _("Comments are taken while the consultation is open.")


class CommentRefused(Invalid):
    """A comment has words, and names a clause that the text has."""

    code = "comment-refused"
    title = _("The comment cannot be taken as it stands.")
    remedy = _("Write up to 5,000 letters, on a clause of this text or on the whole.")


class ReasonMissing(Invalid):
    """The reason is public."""

    code = "proposal-reason-missing"
    title = _("A reason is needed.")
    remedy = _("Write it in up to 500 letters.")


class ConsultationHeld(Conflict):
    """A text that is under review has had its consultation."""

    code = "consultation-held"
    title = _("The consultation of this text is over.")
    remedy = _("Only another text, written by the author, goes back to consultation.")


class ConsultationRuns(Conflict):
    """The consultation is never shortened."""

    code = "consultation-runs"
    title = _("The consultation is still open.")
    remedy = _("Wait until its clock has run out.")


class ReviewRuns(Conflict):
    """The reviewers are still at work."""

    code = "review-runs"
    title = _("The review round is still open.")
    remedy = _("Wait until the round has closed.")


class ReviewBlocks(Conflict):
    """A reviewer blocked this text."""

    code = "review-blocks"
    title = _("A reviewer blocked this text, with reasons.")
    remedy = _("Revise the text; it goes back to consultation.")


class ReviewUnanswered(Conflict):
    """A round without enough verdicts says nothing about the text."""

    code = "review-unanswered"
    title = _("The review ended with too few verdicts.")
    remedy = _("Open another review round and ask people who answer, or write another text.")


class ReviewHeld(Conflict):
    """The text was reviewed; another round on it would only be another opinion."""

    code = "review-held"
    title = _("This text has been reviewed.")
    remedy = _("Freeze it, or write another text.")


class VotingBegun(Conflict):
    """A proposal is not taken back from chambers that vote, or have voted."""

    code = "voting-begun"
    title = _("The chambers have begun to vote on this proposal.")
    remedy = _("Wait for the result.")


class TextChanged(Conflict):
    """The text is not the one that was frozen."""

    code = "text-changed"
    title = _("The text is not the one that was frozen.")


class SameOfficer(Conflict):
    """Who removed a comment does not decide the appeal."""

    code = "same-officer"
    title = _("Someone else than who removed it decides this appeal.")
