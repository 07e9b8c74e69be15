"""Reading one's own notices."""

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from apps.core.pagination import SIZE, Page, keyset_page
from apps.notices.models import MailChoice, Notice
from apps.notices.states import MailManner, NoticeKind
from apps.notices.words import Said, say

MOST_COUNTED = 100


@dataclass(frozen=True, slots=True)
class Told:
    """A notice with its words in the reader's language."""

    notice: Notice
    said: Said


def inbox(
    person: uuid.UUID, *, unread: bool = False, after: str = "", before: str = "", size: int = SIZE
) -> Page[Notice]:
    """Return a person's notices, newest first, all or the unread ones."""
    rows = Notice.objects.filter(person=person)
    return keyset_page(
        rows.unread() if unread else rows, order=["-id"], after=after, before=before, size=size
    )


def told(notices: Iterable[Notice]) -> list[Told]:
    """Return notices with their words in the active language."""
    return [
        Told(notice, say(NoticeKind(notice.kind), notice.parameters, notice.due_at))
        for notice in notices
    ]


def notices_kept(person: uuid.UUID) -> dict[str, Any]:
    """Return all notices to a person, oldest first, in words, and how they want their e-mail."""
    rows = told(Notice.objects.filter(person=person).order_by("id"))
    return {"mail": manner_of(person).value, "written": [_plain(row) for row in rows]}


def unread_count(person: uuid.UUID) -> int:
    """Return how many notices a person has not read, counted up to a hundred."""
    return Notice.objects.filter(person=person).unread()[:MOST_COUNTED].count()


def read_together(person: uuid.UUID, moment: dt.datetime) -> int:
    """Return how many notices a person marked as read in one go at a moment."""
    return Notice.objects.filter(person=person, read_at=moment)[:MOST_COUNTED].count()


def _plain(row: Told) -> dict[str, Any]:
    notice = row.notice
    return {
        "kind": notice.kind,
        "act": notice.seq,
        "title": row.said.title,
        "why": row.said.why,
        "what_to_do": row.said.what_to_do,
        "path": notice.path,
        "due_at": notice.due_at,
        "written_at": notice.written_at,
        "read_at": notice.read_at,
    }


def manner_of(person: uuid.UUID) -> MailManner:
    """Return how a person wants e-mail; each notice at once, where nothing else was chosen."""
    chosen = MailChoice.objects.filter(person=person).values_list("manner", flat=True).first()
    return MailManner(chosen) if chosen else MailManner.EACH
