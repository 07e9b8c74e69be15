"""The states of a clock."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from apps.core.states import Move, StateTable


class ClockState(TextChoices):
    """Where a clock is."""

    RUNNING = "running", _("Running")
    PAUSED = "paused", _("Paused")
    STOPPED = "stopped", _("Met in time")
    EXPIRED = "expired", _("Run out")
    MET_LATE = "met-late", _("Met late")


class Stage(TextChoices):
    """How far a running deadline has come when the portal reminds of it."""

    HALF = "half", _("Half of the time is over")
    LAST_DAY = "last-day", _("The last day has begun")


HOLDER = _("whoever holds the matter")
TIME = _("business time")
CLOCK = StateTable(
    states=ClockState,
    initial=ClockState.RUNNING,
    moves=(
        Move("pause", ClockState.RUNNING, ClockState.PAUSED, HOLDER),
        Move("resume", ClockState.PAUSED, ClockState.RUNNING, HOLDER),
        Move("stop", ClockState.RUNNING, ClockState.STOPPED, HOLDER),
        Move("stop", ClockState.PAUSED, ClockState.STOPPED, HOLDER),
        Move("expire", ClockState.RUNNING, ClockState.EXPIRED, TIME),
        Move("expire", ClockState.PAUSED, ClockState.EXPIRED, TIME),
        Move("stop late", ClockState.EXPIRED, ClockState.MET_LATE, HOLDER),
        Move("show it was in time", ClockState.EXPIRED, ClockState.STOPPED, HOLDER),
    ),
    main_line=(ClockState.RUNNING, ClockState.STOPPED),
)
OPEN = (ClockState.RUNNING, ClockState.PAUSED)
BREACHED = (ClockState.EXPIRED, ClockState.MET_LATE)
