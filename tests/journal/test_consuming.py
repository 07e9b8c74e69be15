import dataclasses
import uuid

import pytest

from apps.core.actor import ANONYMOUS
from apps.journal.acts import Act
from apps.journal.models import Checkpoint, Parked
from apps.journal.selectors import lags, parked
from apps.journal.services import (
    Consumer,
    consumer_of,
    parked_retry,
    pass_over,
    record,
    sequence,
    step,
)


@dataclasses.dataclass(frozen=True, kw_only=True)
class BellRung(Act):
    kind = "tests.bell.rung"
    number: int


@dataclasses.dataclass(frozen=True, kw_only=True)
class BellMuted(Act):
    kind = "tests.bell.muted"


BELL, OTHER_BELL = uuid.uuid4(), uuid.uuid4()


class Listener:
    """A consumer that writes down what it heard and stumbles over chosen numbers."""

    def __init__(self) -> None:
        self.heard: list[int] = []
        self.stumbles: set[int] = set()

    def hear(self, act) -> None:
        if act.payload["number"] in self.stumbles:
            raise ValueError(f"cannot hear {act.payload['number']}")
        self.heard.append(act.payload["number"])


@pytest.fixture
def listener():
    return Listener()


@pytest.fixture
def consumer(listener) -> Consumer:
    return consumer_of("tests.listener", {"tests.bell.rung": listener.hear})


def ring(*numbers: int, bell: uuid.UUID = BELL) -> None:
    for number in numbers:
        record(BellRung(subject=bell, number=number), actor=ANONYMOUS)
    sequence(everything=True)


@pytest.mark.django_db
def test_a_consumer_answers_each_act_once_and_in_order(consumer, listener):
    ring(1, 2, 3)

    assert step(consumer) == 3
    assert step(consumer) == 0
    assert listener.heard == [1, 2, 3]
    assert Checkpoint.objects.get(consumer=consumer.name).seq == 3


@pytest.mark.django_db
def test_nobody_waits_and_nobody_is_moved(consumer, django_assert_num_queries):
    ring(1)
    step(consumer)

    with django_assert_num_queries(1):
        assert pass_over([consumer]) == 0


@pytest.mark.django_db
def test_an_idle_consumer_writes_nothing(consumer, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert step(consumer) == 0

    assert not Checkpoint.objects.filter(consumer=consumer.name).exists()


@pytest.mark.django_db
def test_acts_of_other_kinds_are_passed_over_without_being_read(
    consumer, listener, django_assert_num_queries
):
    ring(1)
    step(consumer)
    for _ in range(3):
        record(BellMuted(subject=BELL), actor=ANONYMOUS)
    sequence(everything=True)

    with django_assert_num_queries(1):
        assert pass_over([consumer]) == 3

    assert Checkpoint.objects.get(consumer=consumer.name).seq == 4
    assert step(consumer) == 0
    assert listener.heard == [1]


@pytest.mark.django_db
def test_only_those_are_moved_on_who_are_shown_nothing(consumer, listener):
    deaf = consumer_of("tests.deaf", {"tests.bell.broken": listener.hear})
    late = consumer_of("tests.late", {"tests.bell.broken": listener.hear})
    ring(1)
    step(deaf)
    step(consumer)
    ring(2)
    ring(3)
    Checkpoint.objects.create(consumer=late.name, seq=0)

    assert pass_over([consumer, deaf, late]) == 3

    assert lags() == {"tests.deaf": 0, "tests.late": 0, "tests.listener": 2}
    assert (step(consumer), listener.heard) == (2, [1, 2, 3])


@pytest.mark.django_db
def test_a_consumer_with_parked_acts_is_not_moved_on(consumer, listener):
    listener.stumbles = {1}
    ring(1)
    step(consumer)
    record(BellMuted(subject=BELL), actor=ANONYMOUS)
    sequence(everything=True)

    assert pass_over([consumer]) == 0


@pytest.mark.django_db
def test_nobody_is_moved_on_past_a_gap(consumer):
    record(BellMuted(subject=BELL), actor=ANONYMOUS)
    sequence(everything=True)
    Checkpoint.objects.create(consumer=consumer.name, seq=-1)

    assert pass_over([consumer]) == 0


@pytest.mark.django_db
def test_an_act_among_others_is_answered(consumer, listener):
    ring(1)
    step(consumer)
    record(BellMuted(subject=BELL), actor=ANONYMOUS)
    ring(2)
    record(BellMuted(subject=BELL), actor=ANONYMOUS)
    sequence(everything=True)

    assert step(consumer) == 3
    assert listener.heard == [1, 2]


@pytest.mark.django_db
def test_a_failing_act_is_parked_with_the_later_ones_of_its_subject(consumer, listener):
    listener.stumbles = {1}
    ring(1, 2)
    ring(3, bell=OTHER_BELL)

    step(consumer)

    assert listener.heard == [3]
    assert [(row.seq, row.attempts) for row in parked()] == [(1, 1), (2, 0)]
    assert "cannot hear 1" in parked()[0].error


@pytest.mark.django_db
def test_a_later_act_of_a_parked_subject_waits_its_turn(consumer, listener):
    listener.stumbles = {1}
    ring(1)
    step(consumer)
    ring(2)

    step(consumer)

    assert listener.heard == []
    assert [row.seq for row in parked()] == [1, 3]  # the second tells of the parking


@pytest.mark.django_db
def test_parked_acts_are_answered_in_order_once_they_can_be(consumer, listener):
    listener.stumbles = {1}
    ring(1, 2)
    step(consumer)
    listener.stumbles = set()

    parked_retry(consumer=consumer.name)
    while step(consumer):
        pass

    assert listener.heard == [1, 2]
    assert not Parked.objects.exists()


@pytest.mark.django_db
def test_each_failure_doubles_the_wait(consumer, listener):
    listener.stumbles = {1}
    ring(1)
    step(consumer)
    first = Parked.objects.get().retry_at

    parked_retry()
    step(consumer)

    again = Parked.objects.get()
    assert again.attempts == 2
    assert (again.retry_at - first).total_seconds() > 2


@pytest.mark.django_db
def test_lag_counts_the_acts_a_consumer_has_not_seen(consumer):
    ring(1)
    step(consumer)
    ring(2, 3)

    assert lags() == {"tests.listener": 2}
