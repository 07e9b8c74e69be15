"""E-mail about notices: claimed by one worker, sent once, tried again a bounded number of times.

A row is locked from the claim to the mark, so no other worker sends it; the message goes out
inside that transaction. Should the worker die between the mail server's yes and the commit, the
message is sent again under the same `Message-ID`.
"""

import datetime as dt
from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import override

from apps.core.actor import Actor
from apps.core.clock import now
from apps.institutions.models import User
from apps.institutions.permissions import refusal
from apps.notices.models import Mail, MailChoice
from apps.notices.permissions import has_inbox
from apps.notices.services.letters import letter
from apps.notices.services.writing import next_morning
from apps.notices.states import MAIL, MailManner, MailState

BATCH = 100
MOST_TRIES = 6
FIRST_WAIT = dt.timedelta(minutes=1)
# What could not be sent for so long is no news any more; it stands in the inbox.
PATIENCE = dt.timedelta(days=3)


def mails_send(limit: int = BATCH) -> int:
    """Send what is due, at most `limit` messages; return how many were tried."""
    return sum(1 for _ in range(limit) if mail_send_next())


def mail_send_next() -> bool:
    """Send what is due to one person; return whether there was something."""
    return _send_one() or _send_days_worth()


@transaction.atomic
def mail_choose(*, actor: Actor, manner: MailManner) -> MailChoice:
    """Choose how one wants e-mail; what waits to be sent follows the choice."""
    if actor.person is None or not has_inbox(actor):
        raise refusal(actor)
    wanted = MailManner(manner)
    choice, _created = MailChoice.objects.update_or_create(
        person_id=actor.person, defaults={"manner": wanted}
    )
    waiting = Mail.objects.filter(notice__person=actor.person, state=MailState.TO_SEND)
    mails = list(waiting.select_for_update(of=("self",)).order_by("pk"))
    moment = now()
    for mail in mails:
        if wanted == MailManner.NONE:
            MAIL.move(mail, MailState.WITHHELD)
        mail.try_at = next_morning(moment) if wanted == MailManner.DAILY else moment
    Mail.objects.bulk_update(mails, ["state", "try_at"])
    return choice


@transaction.atomic
def _send_one() -> bool:
    """Send the first e-mail that is due to someone who wants each."""
    rows = Mail.objects.due().exclude(notice__person__mail_choice__manner=MailManner.DAILY)
    free = rows.select_for_update(skip_locked=True, of=("self",))
    mail = free.select_related("notice__person").order_by("try_at", "id").first()
    if mail is None:
        return False
    _deliver(mail.notice.person, [mail])
    return True


@transaction.atomic
def _send_days_worth() -> bool:
    """Send all that is due to one person who wants it once a day; the choice's row is the claim."""
    due = Mail.objects.due().filter(notice__person=OuterRef("person"))
    wants = MailChoice.objects.filter(Exists(due), manner=MailManner.DAILY)
    free = wants.select_for_update(skip_locked=True, of=("self",)).select_related("person")
    choice = free.order_by("pk").first()
    if choice is None:
        return False
    rows = Mail.objects.due().filter(notice__person=choice.person)
    locked = rows.select_for_update(of=("self",)).select_related("notice")
    _deliver(choice.person, list(locked.order_by("notice_id")))
    return True


def _deliver(person: User, mails: Sequence[Mail]) -> None:
    moment = now()
    fresh = [mail for mail in mails if mail.notice.written_at > moment - PATIENCE]
    wanted = fresh if person.is_active else []
    for mail in mails:
        if mail not in wanted:
            MAIL.move(mail, MailState.WITHHELD)
    if wanted:
        _try(person, wanted, moment)
    Mail.objects.bulk_update(mails, ["state", "tries", "try_at", "sent_at", "error"])


def _try(person: User, mails: Sequence[Mail], moment: dt.datetime) -> None:
    """Hand the message to the mail server, and note on each row what came of it."""
    try:
        with override(person.language):
            _message(person, mails).send()
    except (OSError, ValueError) as error:
        for mail in mails:
            _postpone(mail, moment, error)
        return
    for mail in mails:
        MAIL.move(mail, MailState.SENT)
        mail.sent_at, mail.error = moment, ""


def _message(person: User, mails: Sequence[Mail]) -> EmailMessage:
    text = letter(person, [mail.notice for mail in mails])
    headers = {"Message-ID": f"<{mails[0].pk}@sangam>", "Auto-Submitted": "auto-generated"}
    return EmailMessage(text.subject, text.body, to=[person.email], headers=headers)


def _postpone(mail: Mail, moment: dt.datetime, error: Exception) -> None:
    """Try again after 1, 4, 16 … minutes, and give up after the last try."""
    mail.tries += 1
    mail.error = f"{type(error).__name__}: {error}"[:300]
    mail.try_at = moment + FIRST_WAIT * 4 ** (mail.tries - 1)
    if mail.tries >= MOST_TRIES:
        MAIL.move(mail, MailState.FAILED)
