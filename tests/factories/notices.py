"""Notices for tests, written by the service that reactions call."""

import datetime as dt
import itertools
from typing import Any

from apps.institutions.models import User
from apps.notices.models import Notice
from apps.notices.services import NoticeDraft, notices_write
from apps.notices.states import NoticeKind

numbers = itertools.count(1)
PARAMETERS: dict[str, Any] = {"case": "C-00001-X", "title": "Portraits without consent"}


def draft(kind: NoticeKind = NoticeKind.CASE_ASSIGNED, **changes: Any) -> NoticeDraft:
    """What an officer is told of a case."""
    facts = {"kind": kind, "path": "/sarkar/cases/C-00001-X/", "parameters": PARAMETERS}
    return NoticeDraft(**(facts | changes))


def notice(person: User, *, due_at: dt.datetime | None = None, **changes: Any) -> Notice:
    """A notice of an act of its own."""
    seq = next(numbers)
    notices_write(seq=seq, people=[person.pk], draft=draft(due_at=due_at, **changes))
    return Notice.objects.get(person=person, seq=seq)
