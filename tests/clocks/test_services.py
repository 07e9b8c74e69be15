import datetime as dt
import uuid

import pytest
from django.db import DatabaseError, connection, transaction

from apps.clocks.errors import (
    ClockClosed,
    ClockOutOfOrder,
    ClockRunOut,
    ExtensionNotProvided,
    PauseNotProvided,
)
from apps.clocks.models import Clock, ClockEvent, Holiday
from apps.clocks.selectors import has_run_out
from apps.clocks.services import (
    clock_extend,
    clock_pause,
    clock_resume,
    clock_start,
    clock_stop,
    clocks_expire,
    clocks_realign,
)
from apps.core.actor import SYSTEM
from apps.core.clock import now
from apps.core.errors import MoveRefused
from apps.journal.selectors import acts_after
from apps.journal.services import sequence
from tests.factories.clocks import clock_of, deadline_rule

HOUR = dt.timedelta(hours=1)
pytestmark = pytest.mark.django_db
KINDS = "clocks.clock."


def kinds() -> list[str]:
    sequence(everything=True)
    return [act.kind.removeprefix(KINDS) for act in acts_after(0, limit=100)]


def test_a_started_clock_knows_its_due_instant_and_tells_the_journal():
    rule, thing, owner = deadline_rule(), uuid.uuid4(), uuid.uuid4()
    begun = now() - HOUR

    clock = clock_start(actor=SYSTEM, rule=rule.code, thing=thing, owner=owner, at=begun)

    assert (clock.state, clock.due_at) == ("running", begun + 48 * HOUR)
    assert kinds() == ["started"]
    [act] = acts_after(0, limit=10)
    assert act.payload == {
        "thing": str(thing),
        "owner": str(owner),
        "rule": "tests.answer",
        "owed_by": "company",
        "due_at": (begun + 48 * HOUR).isoformat(),
    }


def test_one_occasion_has_one_clock():
    rule, thing, owner = deadline_rule(), uuid.uuid4(), uuid.uuid4()
    asked = {"actor": SYSTEM, "rule": rule.code, "thing": thing, "owner": owner}

    first, again = clock_start(**asked), clock_start(**asked)
    second = clock_start(**asked, occasion="second question")

    assert (first.id, first.events.count()) == (again.id, 1)
    assert second.id != first.id
    assert kinds() == ["started", "started"]


def test_a_clock_cannot_start_in_the_future():
    rule = deadline_rule()

    with pytest.raises(ClockOutOfOrder):
        clock_start(actor=SYSTEM, rule=rule.code, thing=rule.id, owner=rule.id, at=now() + HOUR)

    assert Clock.objects.count() == 0


def test_a_paused_clock_has_no_due_instant_until_it_is_resumed(clock):
    running = clock_of(deadline_rule())
    due = running.due_at

    paused = clock_pause(actor=SYSTEM, clock=running, reason="awaiting-information")
    clock.advance("3 hours")
    resumed = clock_resume(actor=SYSTEM, clock=paused)

    assert (paused.state, paused.due_at) == ("paused", None)
    assert resumed.state == "running"
    assert dt.timedelta(0) <= resumed.due_at - due - 3 * HOUR < dt.timedelta(minutes=1)
    assert kinds() == ["started", "paused", "resumed"]


def test_a_pause_needs_a_reason_that_the_rule_provides():
    running = clock_of(deadline_rule())

    with pytest.raises(PauseNotProvided):
        clock_pause(actor=SYSTEM, clock=running, reason="we are busy")

    assert Clock.objects.get().state == "running"
    assert kinds() == ["started"]


@pytest.mark.parametrize("amounts", [(25,), (0,), (-1,), (20, 5)])
def test_no_extension_beyond_what_the_rule_allows_in_all(amounts):
    running = clock_of(deadline_rule())
    for amount in amounts[:-1]:
        clock_extend(actor=SYSTEM, clock=running, amount=amount, reason="complex")
    before = Clock.objects.get().due_at

    with pytest.raises(ExtensionNotProvided):
        clock_extend(actor=SYSTEM, clock=running, amount=amounts[-1], reason="complex")

    assert Clock.objects.get().due_at == before
    assert kinds() == ["started", *["extended"] * (len(amounts) - 1)]


def test_an_extension_moves_the_due_instant():
    running = clock_of(deadline_rule())
    due = running.due_at

    longer = clock_extend(actor=SYSTEM, clock=running, amount=24, reason="complex")

    assert longer.due_at == due + 24 * HOUR


def test_what_is_done_before_the_due_instant_is_met_in_time():
    running = clock_of(deadline_rule())

    stopped = clock_stop(actor=SYSTEM, clock=running, reason="question-answered")

    assert (stopped.state, has_run_out(stopped, now() + 100 * HOUR)) == ("stopped", False)
    assert kinds() == ["started", "stopped"]


def test_a_closed_clock_takes_nothing_more():
    stopped = clock_stop(actor=SYSTEM, clock=clock_of(deadline_rule()), reason="done")

    with pytest.raises(ClockClosed):
        clock_extend(actor=SYSTEM, clock=stopped, amount=1, reason="complex")
    for move in (clock_resume, lambda **given: clock_stop(**given, reason="again")):
        with pytest.raises(MoveRefused):
            move(actor=SYSTEM, clock=stopped)

    assert ClockEvent.objects.count() == 2


def test_after_the_due_instant_refusals_do_not_wait_for_the_expiry(clock):
    running = clock_of(deadline_rule())
    clock.advance("48 hours")

    assert has_run_out(running, now())
    assert running.state == "running"
    for refused in (
        lambda: clock_pause(actor=SYSTEM, clock=running, reason="awaiting-information"),
        lambda: clock_extend(actor=SYSTEM, clock=running, amount=1, reason="complex"),
    ):
        with pytest.raises(ClockRunOut):
            refused()
    assert kinds() == ["started"]


def test_the_due_instant_itself_is_late():
    running = clock_of(deadline_rule())

    assert not has_run_out(running, running.due_at - dt.timedelta(microseconds=1))
    assert has_run_out(running, running.due_at)


def test_expiry_is_an_act_and_happens_once(clock):
    running = clock_of(deadline_rule())
    clock.advance("47 hours")
    assert clocks_expire() == 0
    clock.advance("1 hour")

    assert [clocks_expire(), clocks_expire()] == [1, 0]

    expired = Clock.objects.get()
    assert (expired.state, expired.closed_at) == ("expired", running.due_at)
    assert [event.happening for event in expired.events.order_by("number")] == ["start", "expire"]
    assert kinds() == ["started", "expired"]


@pytest.mark.parametrize("ticked", [True, False])
def test_what_is_done_late_stays_a_breach(clock, ticked):
    running = clock_of(deadline_rule())
    clock.advance("50 hours")
    if ticked:
        clocks_expire()

    late = clock_stop(actor=SYSTEM, clock=running, reason="question-answered")

    assert (late.state, has_run_out(late, now())) == ("met-late", True)
    assert kinds() == ["started", "expired", "met-late"]


def test_what_was_done_in_time_and_learned_late_is_no_breach(clock):
    running = clock_of(deadline_rule())
    clock.advance("50 hours")
    clocks_expire()

    met = clock_stop(
        actor=SYSTEM, clock=running, reason="question-answered", at=running.due_at - HOUR
    )

    assert (met.state, met.closed_at) == ("stopped", running.due_at - HOUR)
    assert kinds() == ["started", "expired", "stopped"]


def test_a_stop_before_the_latest_entry_is_refused():
    running = clock_of(deadline_rule())
    before = running.started_at - HOUR

    with pytest.raises(ClockOutOfOrder):
        clock_stop(actor=SYSTEM, clock=running, reason="question-answered", at=before)

    assert Clock.objects.get().state == "running"


def test_a_new_day_off_moves_the_due_instant_by_an_act():
    rule = deadline_rule(amount=3, unit="working-days")
    running = clock_of(rule)
    last_day = (running.due_at - HOUR).astimezone(rule.zone).date()
    assert clocks_realign() == 0

    Holiday.objects.create(calendar_id="IN", date=last_day, name="Mourning", source="Tests")

    assert [clocks_realign(), clocks_realign()] == [1, 0]
    assert Clock.objects.get().due_at > running.due_at
    assert kinds() == ["started", "realigned"]


def test_a_clock_past_its_old_due_instant_is_not_expired_on_a_day_off(clock):
    rule = deadline_rule(amount=1, unit="working-days")
    running = clock_of(rule)
    last_day = (running.due_at - HOUR).astimezone(rule.zone).date()
    Holiday.objects.create(calendar_id="IN", date=last_day, name="Mourning", source="Tests")
    ahead = running.due_at - now() + dt.timedelta(minutes=1)
    clock.advance(f"{ahead.total_seconds()} seconds")

    assert clocks_expire() == 0

    assert Clock.objects.get().state == "running"


def test_events_are_never_rewritten_and_clocks_never_deleted():
    running = clock_of(deadline_rule())

    for statement in (
        "update clocks_clockevent set reason = 'x'",
        "delete from clocks_clockevent",
        "delete from clocks_clock",
    ):
        with (
            pytest.raises(DatabaseError, match="permission denied"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)

    assert running.events.count() == 1


@pytest.mark.django_db(transaction=True)
def test_an_idle_tick_writes_nothing():
    clock_start(actor=SYSTEM, rule="in.it-rules.resolve", thing=uuid.uuid4(), owner=uuid.uuid4())

    with transaction.atomic(), connection.cursor() as cursor:
        assert clocks_expire() == 0
        cursor.execute("select pg_current_xact_id_if_assigned() is null")
        assert cursor.fetchone()[0]
