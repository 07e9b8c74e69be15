"""A stop that somebody asked for: kept from the first moment, answered between two steps.

A signal's exception alone can be lost: where it falls into a weak reference's callback, Python
prints it and goes on. And a process that a script started in the background ignores Ctrl-C until
it says otherwise. So the stop is written down first, and every step asks for it.
"""

import contextlib
import signal
import threading
from collections.abc import Iterator

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Stopped(KeyboardInterrupt):
    """Somebody asked for a stop; libraries clean up for it as for any Ctrl-C."""


class Stop:
    """Whether somebody asked for a stop; `listen` comes before anything that has to be undone."""

    def __init__(self) -> None:
        self.asked = threading.Event()
        self._breaks = False

    def listen(self) -> None:
        """Hear signals from here on, Ctrl-C also where it was ignored until now."""
        for number in SIGNALS:
            if number != signal.SIGHUP or signal.getsignal(number) != signal.SIG_IGN:
                signal.signal(number, self._hear)

    def answer(self) -> None:
        """Go no further where a stop was asked for."""
        if self.asked.is_set():
            raise Stopped

    @contextlib.contextmanager
    def step(self) -> Iterator[None]:
        """Do what may be broken off at any point, and go no further where a stop was asked for."""
        self.answer()
        self._breaks = True
        try:
            yield
        finally:
            self._breaks = False
        self.answer()

    def _hear(self, *_: object) -> None:
        self.asked.set()
        if self._breaks:
            self._breaks = False
            raise Stopped
