"""Two consumers: one counts, one counts and fails now and then."""

import random
from collections.abc import Sequence

from apps.journal.selectors import JournalAct
from apps.journal.services import Consumer
from tests.crash.models import Effect

FAILS = 0.02


def _count(name: str, acts: Sequence[JournalAct]) -> None:
    Effect.objects.bulk_create(Effect(consumer=name, seq=act.seq) for act in acts)


def _count_and_fail(acts: Sequence[JournalAct]) -> None:
    _count("crash.failing", acts)
    if random.random() < FAILS:
        raise RuntimeError("on purpose")


COUNTING = Consumer("crash.counting", lambda acts: _count("crash.counting", acts))
FAILING = Consumer("crash.failing", _count_and_fail)
