"""What reviews refuse."""

from django.utils.translation import gettext_lazy as _

from apps.core.errors import Conflict, Invalid, NotFound


class RoundUnknown(NotFound):
    """There is no such round."""

    code = "review-round-unknown"
    title = _("There is no such review round.")


class AssignmentUnknown(NotFound):
    """There is no such assignment of this person."""

    code = "assignment-unknown"
    title = _("There is no such review for you to do.")


class QuestionRefused(Invalid):
    """A round asks something, in at most 500 characters."""

    code = "review-question-refused"
    title = _("A review needs a question of 1 to 500 characters.")


class RoundHashMalformed(Invalid):
    """The text under review is named by its SHA-256."""

    code = "review-hash-malformed"
    title = _("The text is named by its SHA-256: 64 hexadecimal figures.")


class ReviewerUnknown(Invalid):
    """No account has the address, or nobody holds the seat."""

    code = "reviewer-unknown"
    title = _("Nobody is known by this address or seat.")
    remedy = _("Give the address of an account, or a seat that is held, as samaj-3.")


class ReviewerConflicted(Conflict):
    """The reviewer is concerned by the matter, or belongs to someone who is."""

    code = "reviewer-conflicted"
    title = _("This person has a particular interest in the matter.")
    remedy = _("Ask someone outside it: no party, its group, nor anyone who declared an interest.")


class ReviewerUnavailable(Conflict):
    """The account is closed or suspended."""

    code = "reviewer-unavailable"
    title = _("This person may not act at present.")


class ReviewerAskedAlready(Conflict):
    """Each reviewer is asked once in a round."""

    code = "reviewer-asked-already"
    title = _("This person was asked in this round already.")


class RoundClosed(Conflict):
    """The round takes no more."""

    code = "review-round-closed"
    title = _("This review round is closed.")


class RoundIncomplete(Conflict):
    """Who was asked has until their clock to answer, and a round without a verdict says nothing."""

    code = "review-incomplete"
    title = _("This round is not complete.")
    remedy = _("Wait until there is a verdict and nobody owes one, or until its time is over.")


class ReasonsMissing(Invalid):
    """A verdict, and a refusal to give one, say why."""

    code = "review-reasons-missing"
    title = _("Give your reasons.")
