"""Marking one's own notices as read, and taking it back."""

import datetime as dt
import uuid

from django.db import transaction

from apps.core.actor import Actor
from apps.core.clock import now
from apps.institutions.permissions import refusal
from apps.notices.errors import NoticeUnknown
from apps.notices.models import Notice
from apps.notices.models import NoticeQuerySet as Notices
from apps.notices.permissions import has_inbox


@transaction.atomic
def notice_read(*, actor: Actor, notice_id: uuid.UUID) -> Notice:
    """Mark one of one's own notices as read; doing so again keeps the first moment.

    These marks are a person's own, no governance, and so without an act. Raises `NoticeUnknown`
    also where the notice is someone else's.
    """
    notice = _own(actor, notice_id)
    if notice.read_at is None:
        notice.read_at = now()
        notice.save(update_fields=["read_at"])
    return notice


@transaction.atomic
def notice_unread(*, actor: Actor, notice_id: uuid.UUID) -> Notice:
    """Mark one of one's own notices as not read."""
    notice = _own(actor, notice_id)
    notice.read_at = None
    notice.save(update_fields=["read_at"])
    return notice


@transaction.atomic
def notices_read(*, actor: Actor, newest: uuid.UUID) -> dt.datetime:
    """Mark all notices up to the newest one seen as read; return the moment, to take it back.

    What has come in meanwhile stays unread.
    """
    moment = now()
    _all_of(actor).unread().filter(pk__lte=newest).update(read_at=moment)
    return moment


@transaction.atomic
def notices_unread(*, actor: Actor, moment: dt.datetime) -> int:
    """Take back what was marked as read at one moment; return how many."""
    return _all_of(actor).filter(read_at=moment).update(read_at=None)


def _all_of(actor: Actor) -> Notices:
    if not has_inbox(actor):
        raise refusal(actor)
    return Notice.objects.filter(person=actor.person)


def _own(actor: Actor, notice_id: uuid.UUID) -> Notice:
    notice = _all_of(actor).select_for_update(of=("self",)).filter(pk=notice_id).first()
    if notice is None:
        raise NoticeUnknown(field="notice")
    return notice
