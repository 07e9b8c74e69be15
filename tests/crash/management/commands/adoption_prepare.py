"""Bring a fresh portal to the moment before a ballot ends; say in JSON what then must happen."""

import dataclasses
import json
from typing import Any

from django.core.management.base import BaseCommand
from django.db import connection, transaction

from tests.conftest import Clock
from tests.crash.adoption import prepare


class Command(BaseCommand):
    help = __doc__

    @transaction.atomic
    def handle(self, *args: object, **options: object) -> None:
        world = prepare(Clock(), _ask)
        self.stdout.write(json.dumps(dataclasses.asdict(world), default=str))


def _ask(sql: str, params: list[Any]) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()
