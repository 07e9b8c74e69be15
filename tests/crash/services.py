"""A service of the usual five steps: lock, permit, check, change, record."""

import random
import time

from django.db import transaction

from apps.core.actor import Actor
from apps.journal.services import record
from tests.crash.acts import ThingTurned
from tests.crash.models import Thing

SLOW, GIVEN_UP = 0.02, 0.05


class GivenUp(Exception):
    """The change is taken back on purpose, after its act was recorded."""


@transaction.atomic
def thing_turn(*, actor: Actor, number: int, token: str) -> int:
    """Turn one thing; now and then slowly, now and then in vain."""
    thing = Thing.objects.select_for_update().order_by("id")[number]
    thing.version += 1
    thing.save()
    record(ThingTurned(subject=thing.id, token=token, version=thing.version), actor=actor)
    if random.random() < SLOW:
        time.sleep(random.random())
    if random.random() < GIVEN_UP:
        raise GivenUp
    return thing.version
