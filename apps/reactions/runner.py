"""Run the sequencer, the consumers and the ticks: for ever, or until all is answered.

For ever means three threads, each on a connection of its own: a consumer with much to do delays
neither the numbering of acts nor the ticks. A second runner beside this one harms nothing.
"""

import logging
import threading
from collections.abc import Callable

from django.db import InterfaceError, OperationalError, connections
from django.db.transaction import TransactionManagementError

from apps.journal.services import BATCH, Consumer, pass_over, sequence, step
from apps.reactions.table import CONSUMERS, TICKS

NUMBERING = 0.05
LISTENING = 0.25
GATHERING = 0.1
TICKING = 1.0
BACK_OFF = 0.5
# What tells that the connection is gone, not that the work is wrong.
LOST = (OperationalError, InterfaceError, TransactionManagementError)
log = logging.getLogger(__name__)


def settle(limit: int = 50) -> None:
    """Answer everything that is due or recorded, and what that leads to; for tests and the demo."""
    for _round in range(limit):
        for tick in TICKS:
            tick()
        numbered = sequence(everything=True)
        seen = sum(max(step(consumer), 0) for consumer in CONSUMERS)
        if not numbered and not seen:
            return
    raise RuntimeError(f"The journal did not come to rest in {limit} rounds.")


class Loop(threading.Thread):
    """One duty done again and again; whatever goes wrong is told, and it begins anew."""

    def __init__(self, runner: "Runner", duty: Callable[["Runner"], None]) -> None:
        super().__init__(name=duty.__name__, daemon=True)
        self.runner, self.duty = runner, duty

    def run(self) -> None:
        """Do the duty until the runner stops."""
        while not self.runner.stopping.is_set():
            try:
                self.duty(self.runner)
            except LOST as error:
                log.warning("%s lost the database: %s", self.name, str(error).strip())
            except Exception:
                log.exception("%s failed and begins anew.", self.name)
            connections.close_all()
            self.runner.stopping.wait(BACK_OFF)


class Runner:
    """The journal's reader: it numbers acts, answers them, and sees to what time brings."""

    def __init__(self) -> None:
        self.stopping = threading.Event()
        self.news = threading.Event()
        self.loops = [Loop(self, duty) for duty in (number, answer, tick)]

    def start(self) -> None:
        """Begin all duties."""
        for loop in self.loops:
            loop.start()

    def healthy(self) -> bool:
        """Whether every duty is being done."""
        return all(loop.is_alive() for loop in self.loops)

    def stop(self, patience: float) -> None:
        """End after the work in hand, or after `patience` seconds."""
        self.stopping.set()
        self.news.set()
        for loop in self.loops:
            loop.join(patience)


def number(runner: Runner) -> None:
    """Give committed acts their place; the first call of a connection sweeps the whole journal."""
    numbered = sequence(everything=True)
    while not runner.stopping.is_set():
        if numbered > 0:
            runner.news.set()
        runner.stopping.wait(NUMBERING)
        numbered = sequence()


def answer(runner: Runner) -> None:
    """Let each consumer take its next acts in turn; what comes close together, at once."""
    while not runner.stopping.is_set():
        runner.news.clear()
        seen = [pass_over(CONSUMERS), *map(_stepped, CONSUMERS)]
        if not any(count >= BATCH for count in seen):
            runner.news.wait(LISTENING)
            runner.stopping.wait(GATHERING)


def tick(runner: Runner) -> None:
    """Do what business time has brought, about once a second."""
    while not runner.stopping.is_set():
        for due in TICKS:
            try:
                due()
            except LOST:
                raise
            except Exception:
                log.exception("%s failed; it is tried again.", due.__name__)
        runner.stopping.wait(TICKING)


def _stepped(consumer: Consumer) -> int:
    try:
        return step(consumer)
    except LOST:
        raise
    except Exception:
        log.exception("%s stands still.", consumer.name)
        return 0
