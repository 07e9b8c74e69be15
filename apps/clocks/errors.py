"""What clocks refuse."""

from django.utils.translation import gettext_lazy as _

from apps.core.errors import Conflict, NotFound


class DeadlineRuleUnknown(NotFound):
    """No deadline rule of this code is valid on this day."""

    code = "deadline-rule-unknown"
    title = _("No such deadline is in force on this day.")


class ClockRunOut(Conflict):
    """The deadline is over, whether or not its expiry has been recorded."""

    code = "clock-run-out"
    title = _("This deadline has run out.")
    remedy = _("It can no longer be paused, resumed or extended; what is owed is now late.")


class ClockClosed(Conflict):
    """What was owed is done, or fell away."""

    code = "clock-closed"
    title = _("This deadline is closed.")


class PauseNotProvided(Conflict):
    """The rule knows no such reason for a pause."""

    code = "pause-not-provided"
    title = _("The law gives no pause for this reason.")


class ExtensionNotProvided(Conflict):
    """The rule allows no extension, or none so long."""

    code = "extension-not-provided"
    title = _("The law does not allow so long an extension.")


class ClockOutOfOrder(Conflict):
    """The event lies in the future, or before the clock's latest event."""

    code = "clock-out-of-order"
    title = _("This moment does not fit the clock's history.")
    remedy = _("Give a moment that is past and not before the latest entry.")
