"""Start, pause, resume, extend and stop a clock."""

import datetime as dt
import uuid

from django.db import transaction

from apps.clocks.acts import (
    ClockExtended,
    ClockMetLate,
    ClockPaused,
    ClockResumed,
    ClockStarted,
    ClockStopped,
)
from apps.clocks.calendar import Happening
from apps.clocks.errors import (
    ClockClosed,
    ClockOutOfOrder,
    ClockRunOut,
    ExtensionNotProvided,
    PauseNotProvided,
)
from apps.clocks.models import Clock
from apps.clocks.selectors import deadline_rule, has_run_out
from apps.clocks.services.keeping import Entry, enter, expire, locked
from apps.clocks.states import CLOCK, OPEN, ClockState
from apps.core.actor import Actor
from apps.core.clock import now
from apps.journal.services import record


@transaction.atomic
def clock_start(
    *,
    actor: Actor,
    rule: str,
    thing: uuid.UUID,
    owner: uuid.UUID,
    occasion: str = "",
    at: dt.datetime | None = None,
) -> Clock:
    """Start a deadline under the rule valid at its start.

    `at` is when the event happened, where that was before now. The same occasion of the same
    thing has one clock: starting it again returns the first and records nothing, so a reaction
    may be given its act twice.
    """
    present = now()
    started = at or present
    if started > present:
        raise ClockOutOfOrder(field="at")
    version = deadline_rule(rule, started.date())
    clock = Clock(rule=version, thing=thing, owner=owner, occasion=occasion, started_at=started)
    Clock.objects.bulk_create([clock], ignore_conflicts=True)
    clock = locked(Clock.objects.get(rule=version, thing=thing, occasion=occasion).id)
    if clock.events.exists():
        return clock
    enter(clock, Entry(Happening.START, started))
    act = ClockStarted(
        subject=clock.id,
        thing=thing,
        owner=owner,
        rule=version.code,
        owed_by=version.owed_by,
        due_at=clock.due_at,
    )
    record(act, actor=actor)
    return clock


@transaction.atomic
def clock_pause(*, actor: Actor, clock: Clock, reason: str) -> Clock:
    """Let a clock stand still, for one of the reasons its rule provides."""
    clock, present = _movable(clock)
    if reason not in clock.rule.pauses_on:
        raise PauseNotProvided(field="reason")
    CLOCK.move(clock, ClockState.PAUSED)
    enter(clock, Entry(Happening.PAUSE, present, reason=reason))
    act = ClockPaused(subject=clock.id, thing=clock.thing, reason=reason, due_at=clock.due_at)
    record(act, actor=actor)
    return clock


@transaction.atomic
def clock_resume(*, actor: Actor, clock: Clock) -> Clock:
    """Let a paused clock run again."""
    clock, present = _movable(clock)
    CLOCK.move(clock, ClockState.RUNNING)
    enter(clock, Entry(Happening.RESUME, present))
    act = ClockResumed(subject=clock.id, thing=clock.thing, due_at=clock.due_at)
    record(act, actor=actor)
    return clock


@transaction.atomic
def clock_extend(*, actor: Actor, clock: Clock, amount: int, reason: str) -> Clock:
    """Make a clock longer by some of its rule's units, never beyond what the rule allows in all."""
    clock, present = _movable(clock)
    if clock.state not in OPEN:
        raise ClockClosed
    given = sum(clock.events.values_list("amount", flat=True))
    if not 0 < amount <= clock.rule.extendable_by - given:
        raise ExtensionNotProvided(field="amount")
    enter(clock, Entry(Happening.EXTEND, present, amount=amount, reason=reason))
    act = ClockExtended(
        subject=clock.id,
        thing=clock.thing,
        reason=reason,
        amount=amount,
        unit=clock.rule.unit,
        due_at=clock.due_at,
    )
    record(act, actor=actor)
    return clock


@transaction.atomic
def clock_stop(*, actor: Actor, clock: Clock, reason: str, at: dt.datetime | None = None) -> Clock:
    """Close a clock because its duty was done, or fell away, at a moment that may be past.

    Where that was at or after the due instant the clock has run out first, and is met late. Where
    a clock was recorded as run out and its duty turns out to have been done before, it is met in
    time after all.
    """
    clock, present = locked(clock.id), now()
    done = at or present
    if not _latest_before_end(clock) <= done <= present:
        raise ClockOutOfOrder(field="at")
    late = clock.due_at is not None and clock.due_at <= done
    if late and clock.state in OPEN:
        record(expire(clock), actor=actor)
    CLOCK.move(clock, ClockState.MET_LATE if late else ClockState.STOPPED)
    clock.closed_at = done
    enter(clock, Entry(Happening.STOP, done, reason=reason))
    record(_ended(clock, reason, done), actor=actor)
    return clock


def _latest_before_end(clock: Clock) -> dt.datetime:
    events = clock.events.exclude(happening=Happening.EXPIRE.value)
    return events.order_by("-number").values_list("at", flat=True)[0]


def _ended(clock: Clock, reason: str, at: dt.datetime) -> ClockMetLate | ClockStopped:
    if clock.state == ClockState.MET_LATE and clock.due_at is not None:
        return ClockMetLate(
            subject=clock.id, thing=clock.thing, reason=reason, due_at=clock.due_at, at=at
        )
    return ClockStopped(subject=clock.id, thing=clock.thing, reason=reason, at=at)


def _movable(clock: Clock) -> tuple[Clock, dt.datetime]:
    """Return the locked clock and business time; raise `ClockRunOut` once it is due."""
    clock, present = locked(clock.id), now()
    if has_run_out(clock, present):
        raise ClockRunOut
    return clock, present
