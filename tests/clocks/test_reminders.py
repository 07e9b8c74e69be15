import uuid

import pytest

from apps.clocks.models import Clock
from apps.clocks.services import (
    clock_extend,
    clock_pause,
    clock_resume,
    clock_stop,
    clocks_expire,
    clocks_remind,
)
from apps.core.actor import SYSTEM
from apps.journal.models import RecordedAct
from tests.factories import clocks as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def rule():
    return make.deadline_rule(amount=240, extendable_by=240)


def stages():
    rows = RecordedAct.objects.filter(kind="clocks.clock.reminded").order_by("id")
    return [act.payload["stage"] for act in rows]


def remind(clock, span):
    clock.advance(span)
    return clocks_remind()


def test_a_running_clock_reminds_at_half_time_and_on_its_last_day(clock, rule):
    owner = uuid.uuid4()
    running = make.clock_of(rule, owner=owner)

    assert remind(clock, "119 hours") == 0
    assert remind(clock, "2 hours") == 1
    assert clocks_remind() == 0
    assert remind(clock, "94 hours") == 0
    assert remind(clock, "2 hours") == 1
    assert remind(clock, "2 hours") == 0

    assert stages() == ["half", "last-day"]
    act = RecordedAct.objects.filter(kind="clocks.clock.reminded").first()
    assert (act.subject, act.payload["owner"]) == (running.pk, str(owner))
    assert act.payload["due_at"] == running.due_at.isoformat()


def test_of_two_stages_passed_unseen_the_later_is_told(clock, rule):
    make.clock_of(rule)

    assert remind(clock, "230 hours") == 1
    assert clocks_remind() == 0

    assert stages() == ["last-day"]


def test_a_short_deadline_has_no_last_day_of_its_own(clock):
    make.clock_of(make.deadline_rule(amount=48))

    assert remind(clock, "25 hours") == 1
    assert remind(clock, "22 hours") == 0

    assert stages() == ["half"]


def test_what_is_done_paused_or_over_is_not_reminded_of(clock, rule):
    done, paused, _over = (make.clock_of(rule) for _ in range(3))
    clock_stop(actor=SYSTEM, clock=done, reason="question-answered")
    clock_pause(actor=SYSTEM, clock=paused, reason="awaiting-information")

    clock.advance("300 hours")
    clocks_expire()

    assert clocks_remind() == 0
    assert stages() == []


def test_a_resumed_clock_reminds_at_its_new_stages(clock, rule):
    running = make.clock_of(rule)
    clock_pause(actor=SYSTEM, clock=running, reason="awaiting-information")
    clock.advance("200 hours")

    clock_resume(actor=SYSTEM, clock=running)

    moved = Clock.objects.get()
    assert moved.remind_at == moved.started_at + (moved.due_at - moved.started_at) / 2
    assert remind(clock, "30 hours") == 1


def test_an_extension_moves_the_last_day_and_repeats_nothing(clock, rule):
    running = make.clock_of(rule)
    assert remind(clock, "121 hours") == 1

    clock_extend(actor=SYSTEM, clock=running, amount=240, reason="complexity")

    assert clocks_remind() == 0
    assert remind(clock, "336 hours") == 1
    assert stages() == ["half", "last-day"]
