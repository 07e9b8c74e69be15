"""Telling people of an act; only reactions call this."""

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction

from apps.core.clock import now
from apps.institutions.models import User
from apps.notices.errors import NoticeIncomplete
from apps.notices.models import Mail, MailChoice, Notice
from apps.notices.states import MailManner, NoticeKind
from apps.notices.words import Value, say

MORNING = dt.time(7)


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeDraft:
    """What some people are told; `parameters` fill the words of the kind, `path` leads on."""

    kind: NoticeKind
    path: str
    parameters: Mapping[str, Value] = field(default_factory=dict)
    due_at: dt.datetime | None = None


@transaction.atomic
def notices_write(*, seq: int, people: Iterable[uuid.UUID], draft: NoticeDraft) -> int:
    """Tell some people of the act at `seq`; return how many were told that were not before.

    Safe to repeat: the database holds one notice of a kind about an act to a person. Closed
    accounts are passed over. Raises `NoticeIncomplete` where the words lack a value.
    """
    _must_be_whole(draft)
    moment = now()
    reached = User.objects.filter(pk__in=set(people), is_active=True)
    rows = [
        Notice(
            person_id=person,
            seq=seq,
            kind=draft.kind,
            parameters=dict(draft.parameters),
            path=draft.path,
            due_at=draft.due_at,
            written_at=moment,
        )
        for person in reached.order_by("pk").values_list("pk", flat=True)
    ]
    Notice.objects.bulk_create(rows, ignore_conflicts=True)
    written = list(Notice.objects.filter(pk__in=[row.pk for row in rows]))
    _mails_queue(written, moment)
    return len(written)


def next_morning(moment: dt.datetime) -> dt.datetime:
    """Return when the next daily message goes out, in the portal's zone."""
    local = moment.astimezone(ZoneInfo(settings.TIME_ZONE))
    day = local.date() + dt.timedelta(days=local.time() >= MORNING)
    return dt.datetime.combine(day, MORNING, local.tzinfo)


def _mails_queue(notices: list[Notice], moment: dt.datetime) -> None:
    """Put e-mails down to be sent, as each person wants them."""
    people = [notice.person_id for notice in notices]
    chosen = dict(MailChoice.objects.filter(person__in=people).values_list("person", "manner"))
    times = {MailManner.EACH: moment, MailManner.DAILY: next_morning(moment)}
    wanted = [(notice, chosen.get(notice.person_id, MailManner.EACH)) for notice in notices]
    Mail.objects.bulk_create(
        Mail(notice=notice, try_at=times[MailManner(manner)])
        for notice, manner in wanted
        if manner != MailManner.NONE
    )


def _must_be_whole(draft: NoticeDraft) -> None:
    try:
        say(draft.kind, draft.parameters, draft.due_at)
    except (KeyError, ValueError) as error:
        raise NoticeIncomplete(f"{draft.kind} lacks {error}.") from error
