"""The clocks of a case: started and stopped with the deeds they wait for.

The owner named in a clock is the case or report itself, as clocks are public at once and say
nothing of companies that were not heard yet.
"""

import datetime as dt
import uuid

from apps.clocks.calendar import Event, Happening, due
from apps.clocks.models import Clock
from apps.clocks.selectors import calendars, deadline_rule
from apps.clocks.services import clock_start, clock_stop
from apps.clocks.states import ClockState
from apps.core.actor import Actor

TO_STOP = (ClockState.RUNNING, ClockState.PAUSED, ClockState.EXPIRED)


def deadline_begin(
    actor: Actor, rule: str, thing: uuid.UUID, *, at: dt.datetime | None = None
) -> Clock:
    """Start a deadline about a thing."""
    return clock_start(actor=actor, rule=rule, thing=thing, owner=thing, at=at)


def deadline_meet(actor: Actor, rule: str, thing: uuid.UUID, reason: str) -> None:
    """Stop the deadline, if it was started; one that had run out is met late."""
    for clock in Clock.objects.filter(thing=thing, rule__code=rule, state__in=TO_STOP):
        clock_stop(actor=actor, clock=clock, reason=reason)


def window_end(rule: str, since_at: dt.datetime) -> dt.datetime:
    """Return when a right runs out that nobody owes, and so has no clock that could be breached."""
    found = deadline_rule(rule, since_at.date())
    calendar = calendars([found.calendar])[found.calendar]
    end = due(found.term, [Event(Happening.START, since_at, 0)], calendar).at
    if end is None:
        raise ValueError("A window without a pause has an end.")
    return end
