"""The consumer that keeps the histories: which acts touched which thing."""

import uuid
from collections.abc import Sequence

from apps.journal.models import Trail
from apps.journal.selectors import JournalAct
from apps.journal.services.consuming import Consumer


def _follow(acts: Sequence[JournalAct]) -> None:
    rows = [
        Trail(subject=subject, seq=act.seq, cause=act.cause)
        for act in acts
        for subject in {act.subject, *map(uuid.UUID, act.concerns)}
    ]
    Trail.objects.bulk_create(rows, ignore_conflicts=True)


TRAIL = Consumer("journal.trail", _follow)
