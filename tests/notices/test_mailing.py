import threading
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection, transaction

from apps.notices.models import Mail
from apps.notices.services import mail_choose, mail_send_next, mails_send, notice_read
from apps.notices.services.writing import next_morning
from apps.notices.states import MAIL, MailManner, MailState
from tests.factories import institutions
from tests.factories import notices as make

pytestmark = pytest.mark.django_db
KOLKATA = ZoneInfo("Asia/Kolkata")
SENT: list[str] = []


class Refusing(EmailBackend):
    """A mail server that is not there."""

    def send_messages(self, messages):
        raise ConnectionRefusedError("nobody listens")


class Slow(EmailBackend):
    """A mail server that takes until the other worker has had its turn."""

    begun = threading.Event()
    go_on = threading.Event()

    def send_messages(self, messages):
        SENT.extend(message.subject for message in messages)
        self.begun.set()
        self.go_on.wait(5)
        return len(messages)


def states():
    return sorted(Mail.objects.values_list("state", flat=True))


def wants(person, manner):
    mail_choose(actor=institutions.actor(person), manner=manner)


def test_an_email_says_all_in_the_persons_language_and_goes_out_once():
    person = institutions.person("Meera Joshi")
    make.notice(person, due_at=datetime(2026, 12, 8, tzinfo=KOLKATA))

    assert mails_send() == 1
    assert mails_send() == 0

    [message] = mail.outbox
    assert message.to == [person.email]
    assert message.subject == ("Sangam: Case C-00001-X was given to you: Portraits without consent")
    for words in (
        "Dear Meera Joshi,",
        "Why you: You are the officer of this case.",
        "What you can do: Read the reports",
        "When: by the end of Monday 7 December 2026",
        "http://localhost:8000/sarkar/cases/C-00001-X/",
        "http://localhost:8000/me/inbox/",
    ):
        assert words in message.body
    assert states() == [MailState.SENT]


def test_an_email_in_hindi():
    person = institutions.person()
    person.language = "hi"
    person.save()
    make.notice(person)

    mails_send()

    assert "मामला C-00001-X" in mail.outbox[0].subject
    assert "आप ही क्यों:" in mail.outbox[0].body


def test_values_are_not_escaped_and_a_subject_is_one_line():
    person = institutions.person()
    make.notice(person, parameters={"case": "C-1", "title": "A & B\nBcc: x@example.org"})

    mails_send()

    assert mail.outbox[0].subject.endswith("A & B Bcc: x@example.org")
    assert mail.outbox[0].to == [person.email]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("manner", [MailManner.EACH, MailManner.DAILY])
def test_two_workers_send_one_email(manner, settings, clock):
    settings.EMAIL_BACKEND = f"{__name__}.Slow"
    SENT.clear()
    Slow.begun.clear()
    Slow.go_on.clear()
    person = institutions.person()
    wants(person, manner)
    make.notice(person)
    clock.advance("1 day")
    results = []

    def worker():
        results.append(mail_send_next())
        connection.close()

    first = threading.Thread(target=worker)
    first.start()
    assert Slow.begun.wait(5)
    second = mail_send_next()
    Slow.go_on.set()
    first.join(10)

    assert (results, second) == ([True], False)
    assert mail_send_next() is False
    assert len(SENT) == 1
    assert states() == [MailState.SENT]


def test_a_failed_try_comes_again_later_and_ends_after_six(settings, clock):
    settings.EMAIL_BACKEND = f"{__name__}.Refusing"
    make.notice(institutions.person())
    tries = []

    for _round in range(8):
        tries.append(mails_send())
        clock.advance("6 hours")

    assert sum(tries) == 6
    row = Mail.objects.get()
    assert (row.state, row.tries) == (MailState.FAILED, 6)
    assert row.error == "ConnectionRefusedError: nobody listens"
    assert len(mail.outbox) == 0


def test_one_failure_does_not_keep_the_others_back(settings):
    person = institutions.person()
    make.notice(person)
    settings.EMAIL_BACKEND = f"{__name__}.Refusing"
    mails_send()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

    make.notice(person)

    assert mails_send() == 1
    assert states() == [MailState.SENT, MailState.TO_SEND]


def test_a_day_is_put_into_one_message(clock):
    person = institutions.person()
    wants(person, MailManner.DAILY)
    make.notice(person)
    make.notice(person)
    assert mails_send() == 0

    clock.advance("1 day")
    assert mails_send() == 1

    [message] = mail.outbox
    assert message.subject == "Sangam: 2 notices"
    assert "1. Case C-00001-X" in message.body
    assert "2. Case C-00001-X" in message.body
    assert states() == [MailState.SENT, MailState.SENT]


def test_who_wants_none_gets_none_and_still_has_the_inbox():
    person = institutions.person()
    waiting = make.notice(person)
    wants(person, MailManner.NONE)
    make.notice(person)

    assert mails_send() == 0

    assert states() == [MailState.WITHHELD]
    assert notice_read(actor=institutions.actor(person), notice_id=waiting.pk).read_at


def test_who_changes_to_each_gets_at_once_what_waited():
    person = institutions.person()
    wants(person, MailManner.DAILY)
    make.notice(person)

    wants(person, MailManner.EACH)

    assert mails_send() == 1


def test_what_is_no_news_any_more_is_withheld(clock):
    make.notice(institutions.person())

    clock.advance("4 days")
    mails_send()

    assert len(mail.outbox) == 0
    assert states() == [MailState.WITHHELD]


@pytest.mark.parametrize(
    ("at", "morning"),
    [("2026-11-23T06:59", "2026-11-23"), ("2026-11-23T07:00", "2026-11-24")],
)
def test_the_daily_message_goes_out_at_seven(at, morning):
    moment = datetime.fromisoformat(at).replace(tzinfo=KOLKATA)

    assert next_morning(moment) == datetime.fromisoformat(f"{morning}T07:00").replace(
        tzinfo=KOLKATA
    )


def test_the_way_of_an_email():
    ways = {
        (source, target)
        for source in MailState.values
        for target in MailState.values
        if MAIL.allows(source, target)
    }

    to_send = MailState.TO_SEND
    assert ways == {
        (to_send, MailState.SENT),
        (to_send, MailState.FAILED),
        (to_send, MailState.WITHHELD),
    }


def test_a_worker_that_dies_before_the_commit_leaves_the_row_to_be_sent():
    make.notice(institutions.person())

    class Killed(BaseException):
        """As if the process had ended."""

    def killed():
        with transaction.atomic():
            mail_send_next()
            raise Killed

    with pytest.raises(Killed):
        killed()

    assert states() == [MailState.TO_SEND]
