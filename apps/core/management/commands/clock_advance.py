"""Move business time forward, in a demonstration or a test."""

import re

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connections

SPAN = re.compile(r"\d+(?:\.\d+)? (?:second|minute|hour|day|week)s?")


class Command(BaseCommand):
    help = (
        "Move business time forward, as `clock_advance '3 days'`. Refused outside demonstrations."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("span", help="how far, as '90 minutes' or '3 days'")

    def handle(self, *args: object, span: str, **options: object) -> None:
        if not settings.TIME_CAN_BE_MOVED:
            raise CommandError("Business time is moved in demonstrations and tests only.")
        if not SPAN.fullmatch(span):
            raise CommandError(f"span: “{span}” is not like '90 minutes' or '3 days'.")
        with connections["owner"].cursor() as cursor:
            cursor.execute("update core_businessclock set ahead = ahead + %s::interval", [span])
            cursor.execute("select core_now()")
            self.stdout.write(f"Business time is now {cursor.fetchone()[0].isoformat()}.")
