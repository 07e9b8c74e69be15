"""What voting refuses."""

from django.utils.translation import gettext_lazy as _

from apps.core.errors import Conflict, Invalid, NotFound, NotPermitted


class BallotUnknown(NotFound):
    """No ballot has the code."""

    code = "ballot-unknown"
    title = _("There is no such ballot.")


class QuestionMissing(Invalid):
    """A ballot asks something, in at most 300 characters."""

    code = "question-missing"
    title = _("A ballot needs a question of 1 to 300 characters.")


class TextHashMalformed(Invalid):
    """The text voted on is named by its SHA-256."""

    code = "text-hash-malformed"
    title = _("The text is named by its SHA-256: 64 hexadecimal figures.")


class BallotTooShort(Invalid):
    """The procedure's settings say how many days a ballot stays open at least."""

    code = "ballot-too-short"
    title = _("The ballot is shorter than its procedure allows.")
    remedy = _("Leave the closing time away, or set it later.")


class ProcedureUnsettled(Conflict):
    """No settings of the procedure are in force on the day."""

    code = "procedure-unsettled"
    title = _("This procedure has no settings in force.")


class TooEarly(Conflict):
    """A ballot neither opens nor closes before its time."""

    code = "ballot-too-early"
    title = _("The time for this has not come.")


class BallotNotOpen(Conflict):
    """The ballot is still to come, or was annulled."""

    code = "ballot-not-open"
    title = _("This ballot is not open.")


class BallotClosed(Conflict):
    """Business time has passed the end of the ballot."""

    code = "ballot-closed"
    title = _("This ballot is closed.")
    remedy = _("The count stands on the ballot's page.")


class NotOnTheRoll(NotPermitted):
    """The actor's seat is not on the roll that was frozen at the opening."""

    code = "not-on-the-roll"
    title = _("You hold no seat on the roll of this ballot.")
    remedy = _("The roll was frozen when the ballot opened; seats given later vote next time.")


class SeatLeft(NotPermitted):
    """The term has ended since the roll was frozen."""

    code = "seat-left"
    title = _("You hold this seat no more.")
    remedy = _("The seat stays on the roll and in the count; nobody else votes with it.")


class SeatRecused(Conflict):
    """The seat stepped aside."""

    code = "seat-recused"
    title = _("This seat stepped aside from this ballot.")
    remedy = _("It is counted neither for the quorum nor for the result.")


class ReasonMissing(Invalid):
    """Who steps aside says why, in at most 500 characters."""

    code = "reason-missing"
    title = _("Say why, in 1 to 500 characters.")


class NotCounted(Conflict):
    """The file is published after the close, so that no vote is read before all are cast."""

    code = "ballot-not-counted"
    title = _("This ballot is not counted yet.")
    remedy = _("Ask again after it has closed.")
