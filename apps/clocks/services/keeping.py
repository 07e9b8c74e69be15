"""The one hand that writes a clock's events and what follows from them."""

import datetime as dt
import uuid
from dataclasses import dataclass

from apps.clocks.acts import ClockExpired, ClockReminded
from apps.clocks.calendar import Happening
from apps.clocks.models import Clock, ClockEvent
from apps.clocks.selectors import calendars, due_of, edition
from apps.clocks.states import CLOCK, OPEN, ClockState, Stage

LAST_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Entry:
    """What is to be written to a clock's history."""

    happening: Happening
    at: dt.datetime
    amount: int = 0
    reason: str = ""


def locked(clock_id: uuid.UUID) -> Clock:
    """Return the clock by the present calendar, its row locked until the transaction ends."""
    rows = Clock.objects.select_for_update(of=("self",)).select_related("rule")
    clock = rows.get(pk=clock_id)
    if clock.state in OPEN and clock.events.exists():
        align(clock)
    return clock


def enter(clock: Clock, entry: Entry) -> None:
    """Add an event and compute the due instant anew; the caller saves nothing more."""
    ClockEvent.objects.create(
        clock=clock,
        number=clock.events.count() + 1,
        happening=entry.happening.value,
        at=entry.at,
        amount=entry.amount,
        reason=entry.reason,
    )
    align(clock)
    clock.save()


def align(clock: Clock) -> None:
    """Compute the due instant from the events and the present calendar, without saving."""
    code = clock.rule.calendar
    calendar = calendars([code])[code]
    result = due_of(clock.rule, clock.events.order_by("number"), calendar)
    clock.due_at, clock.is_provisional = result.at, result.provisional
    clock.edition = edition(calendar)
    clock.remind_at = _next_reminder(clock)


def remind(clock: Clock, moment: dt.datetime) -> ClockReminded:
    """Note the latest stage that a clock has reached; return the act for the caller to record."""
    if clock.due_at is None:
        raise ValueError("A clock without a due instant reminds of nothing.")
    reached = [stage for stage, at in _stages(clock) if at <= moment]
    clock.reminders = len(reached)
    clock.remind_at = _next_reminder(clock)
    clock.save(update_fields=["reminders", "remind_at"])
    return ClockReminded(
        subject=clock.id,
        thing=clock.thing,
        owner=clock.owner,
        rule=clock.rule.code,
        owed_by=clock.rule.owed_by,
        stage=reached[-1],
        due_at=clock.due_at,
    )


def _next_reminder(clock: Clock) -> dt.datetime | None:
    if clock.state not in OPEN:
        return None
    return next((at for _stage, at in _stages(clock)[clock.reminders :]), None)


def _stages(clock: Clock) -> list[tuple[Stage, dt.datetime]]:
    """Return when a deadline reaches its stages; a short one has no last day of its own."""
    if clock.due_at is None:
        return []
    span = clock.due_at - clock.started_at
    stages = [(Stage.HALF, clock.started_at + span / 2)]
    if span > 2 * LAST_DAY:
        stages.append((Stage.LAST_DAY, clock.due_at - LAST_DAY))
    return stages


def expire(clock: Clock) -> ClockExpired:
    """Let a clock run out at its due instant; return the act for the caller to record."""
    if clock.due_at is None:
        raise ValueError("A clock without a due instant cannot run out.")
    CLOCK.move(clock, ClockState.EXPIRED)
    clock.closed_at = clock.due_at
    enter(clock, Entry(Happening.EXPIRE, clock.due_at))
    return ClockExpired(
        subject=clock.id,
        thing=clock.thing,
        owner=clock.owner,
        rule=clock.rule.code,
        owed_by=clock.rule.owed_by,
        due_at=clock.due_at,
    )
