"""The real runner over three consumers that only read: what the journal itself costs."""

import signal

import django

django.setup()

from apps.journal.services import Consumer  # noqa: E402 - Django is set up first
from apps.reactions import runner  # noqa: E402 - as above

if __name__ == "__main__":
    names = ("bench.first", "bench.second", "bench.third")
    runner.CONSUMERS = tuple(Consumer(name, lambda _acts: None) for name in names)
    runner.TICKS = ()
    at_work = runner.Runner()
    signal.signal(signal.SIGTERM, lambda *_: at_work.stopping.set())
    at_work.start()
    at_work.stopping.wait()
    at_work.stop(8)
