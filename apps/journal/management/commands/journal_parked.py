"""Show the acts that a consumer could not answer, and try them again."""

from django.core.management.base import BaseCommand, CommandParser

from apps.journal.selectors import lags, parked
from apps.journal.services import parked_retry


class Command(BaseCommand):
    help = "Show parked acts and how far each consumer is behind; --retry makes them due now."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--retry", action="store_true", help="make parked acts due now")
        parser.add_argument("--consumer", default="", help="only this consumer")

    def handle(self, *args: object, retry: bool, consumer: str, **options: object) -> None:
        for name, behind in lags().items():
            self.stdout.write(f"{name}: {behind} behind")
        for row in parked():
            last = row.error.strip().splitlines()[-1:] or ["waits behind another of its subject"]
            self.stdout.write(f"{row.consumer} {row.seq}: {row.attempts} attempts; {last[0]}")
        if retry:
            self.stdout.write(f"{parked_retry(consumer=consumer)} made due now.")
