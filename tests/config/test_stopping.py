"""A stop that was asked for: kept, answered between two steps, and told only once."""

import contextlib
import signal
from collections.abc import Callable, Iterator

import pytest

from config.embedded.stopping import SIGNALS, Stop, Stopped


@pytest.fixture
def stop() -> Iterator[Stop]:
    before = {number: signal.getsignal(number) for number in SIGNALS}
    signal.signal(signal.SIGHUP, signal.SIG_DFL)  # Who runs the tests may have it ignored.
    heard = Stop()
    heard.listen()
    yield heard
    for number, handler in before.items():
        signal.signal(number, handler)


def take(stop: Stop, step: Callable[[], None]) -> None:
    with stop.step():
        step()


@pytest.mark.parametrize("number", SIGNALS)
def test_a_step_is_broken_off(stop, number):
    done = []

    def work() -> None:
        signal.raise_signal(number)
        done.append("more")

    with pytest.raises(Stopped):
        take(stop, work)

    assert done == []


def test_between_two_steps_it_is_only_written_down(stop):
    signal.raise_signal(signal.SIGINT)

    assert stop.asked.is_set()
    with pytest.raises(Stopped):
        stop.answer()


def test_the_next_step_does_not_begin(stop):
    done = []
    signal.raise_signal(signal.SIGINT)

    with pytest.raises(Stopped):
        take(stop, lambda: done.append("more"))

    assert done == []


def test_a_step_that_swallows_it_is_the_last(stop):
    done = []

    def work() -> None:
        with contextlib.suppress(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
        done.append("the rest of it")

    with pytest.raises(Stopped):
        take(stop, work)

    assert done == ["the rest of it"]


def test_a_second_one_does_not_break_what_cleans_up(stop):
    done = []

    def work() -> None:
        try:
            signal.raise_signal(signal.SIGINT)
        finally:
            signal.raise_signal(signal.SIGINT)
            done.append("cleaned up")

    with pytest.raises(Stopped):
        take(stop, work)

    assert done == ["cleaned up"]


def test_ctrl_c_is_heard_where_a_script_ignored_it(stop):
    signal.signal(signal.SIGINT, signal.SIG_IGN)

    stop.listen()

    signal.raise_signal(signal.SIGINT)
    assert stop.asked.is_set()


def test_a_lost_terminal_stays_without_effect_under_nohup(stop):
    signal.signal(signal.SIGHUP, signal.SIG_IGN)

    stop.listen()

    signal.raise_signal(signal.SIGHUP)
    assert not stop.asked.is_set()
