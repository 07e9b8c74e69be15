"""The states of a round and of a reviewer's assignment, and the kinds of verdict."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from apps.core.states import Move, StateTable


class RoundState(TextChoices):
    """Whether verdicts are still taken."""

    OPEN = "open", _("Open")
    CLOSED = "closed", _("Closed")


ROUND = StateTable(
    states=RoundState,
    initial=RoundState.OPEN,
    moves=(Move("close", RoundState.OPEN, RoundState.CLOSED, "the convener, or its clock"),),
    main_line=(RoundState.OPEN, RoundState.CLOSED),
)


class AssignmentState(TextChoices):
    """What became of asking one reviewer."""

    ASKED = "asked", _("Asked")
    ACCEPTED = "accepted", _("Accepted")
    DONE = "done", _("Verdict given")
    DECLINED = "declined", _("Declined")
    LAPSED = "lapsed", _("Round closed before a verdict")


ASSIGNMENT = StateTable(
    states=AssignmentState,
    initial=AssignmentState.ASKED,
    moves=(
        Move("accept", AssignmentState.ASKED, AssignmentState.ACCEPTED, "the reviewer"),
        Move("give verdict", AssignmentState.ASKED, AssignmentState.DONE, "the reviewer"),
        Move("give verdict", AssignmentState.ACCEPTED, AssignmentState.DONE, "the reviewer"),
        Move("decline", AssignmentState.ASKED, AssignmentState.DECLINED, "the reviewer"),
        Move("decline", AssignmentState.ACCEPTED, AssignmentState.DECLINED, "the reviewer"),
        Move("lapse", AssignmentState.ASKED, AssignmentState.LAPSED, "the end of the round"),
        Move("lapse", AssignmentState.ACCEPTED, AssignmentState.LAPSED, "the end of the round"),
    ),
    main_line=(AssignmentState.ASKED, AssignmentState.ACCEPTED, AssignmentState.DONE),
)
OWING = (AssignmentState.ASKED, AssignmentState.ACCEPTED)


class VerdictKind(TextChoices):
    """What a reviewer finds."""

    READY = "ready", _("Ready")
    WITH_NITS = "with-nits", _("Ready with small changes")
    NOT_READY = "not-ready", _("Not ready")
    BLOCK = "block", _("Blocked")
