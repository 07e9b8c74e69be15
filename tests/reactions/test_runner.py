"""The runner: it answers within moments, and goes on after whatever goes wrong."""

import dataclasses
import time
import uuid

import pytest
from django.db import transaction

from apps.core.actor import ANONYMOUS
from apps.journal.acts import Act
from apps.journal.selectors import history, lags, position
from apps.journal.services import record
from apps.reactions import runner as running
from apps.reactions.runner import Runner
from apps.reactions.table import CONSUMERS
from apps.reactions.tasks import journal_tick
from tests.database.base import as_superuser


@dataclasses.dataclass(frozen=True, kw_only=True)
class GateOpened(Act):
    kind = "tests.gate.opened"
    number: int


GATE = uuid.uuid4()


def open_gate(number: int) -> None:
    with transaction.atomic():
        record(GateOpened(subject=GATE, number=number), actor=ANONYMOUS)


def wait_for(condition, seconds: float = 10) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "It did not happen in time."
        time.sleep(0.02)


@pytest.fixture
def runner(transactional_db):
    """A runner at work, stopped afterwards."""
    at_work = Runner()
    at_work.start()
    yield at_work
    at_work.stop(5)
    assert not any(loop.is_alive() for loop in at_work.loops)


def answered(count: int) -> bool:
    caught_up = lags() == {consumer.name: 0 for consumer in CONSUMERS}
    return caught_up and len(history(GATE)) == count


def test_an_act_is_numbered_and_answered_without_being_asked(runner):
    open_gate(1)

    wait_for(lambda: answered(1), seconds=5)

    assert position() == 1
    assert runner.healthy()


def test_after_losing_the_database_it_begins_anew(runner):
    open_gate(1)
    wait_for(lambda: answered(1))

    as_superuser(
        "select pg_terminate_backend(pid) from pg_stat_activity "
        "where datname = current_database() and usename = 'sangam_app' "
        "and query like '%%journal_%%' and state = 'idle'"
    )
    running.connections.close_all()
    open_gate(2)

    wait_for(lambda: answered(2))
    assert [act.payload["number"] for act in history(GATE)] == [2, 1]
    assert runner.healthy()


def test_two_runners_harm_nothing(runner):
    second = Runner()
    second.start()

    for number in range(20):
        open_gate(number)

    wait_for(lambda: answered(20))
    second.stop(5)
    assert [act.seq for act in history(GATE)] == list(range(20, 0, -1))


def test_a_tick_that_fails_does_not_hold_up_the_others(monkeypatch, transactional_db):
    done = []

    def broken() -> None:
        raise ValueError("on purpose")

    def whole() -> None:
        done.append(1)

    monkeypatch.setattr(running, "TICKS", (broken, whole))
    monkeypatch.setattr(running, "TICKING", 0.05)
    runner = Runner()
    runner.start()

    wait_for(lambda: len(done) >= 2)
    runner.stop(5)


@pytest.mark.django_db(transaction=True)
def test_the_spare_alarm_does_one_round():
    open_gate(1)

    journal_tick()

    assert position() == 1
    assert answered(1)
