"""Run the journal: number acts, answer them, and do what time brings."""

import signal

from django.core.management.base import BaseCommand, CommandError

from apps.reactions.runner import Runner

PATIENCE = 8.0


class Command(BaseCommand):
    help = "Number acts, answer them, and do what time brings, until SIGTERM. Run two to be safe."
    requires_system_checks = []

    def handle(self, *args: object, **options: object) -> None:
        runner = Runner()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: runner.stopping.set())
        runner.start()
        while not runner.stopping.wait(1):
            if not runner.healthy():
                raise CommandError("A duty ended; start the runner again.")
        runner.stop(PATIENCE)
