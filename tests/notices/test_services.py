import datetime as dt
import uuid

import pytest
from django.db import IntegrityError, transaction

from apps.core.clock import now
from apps.core.errors import NotPermitted
from apps.notices.errors import NoticeIncomplete, NoticeUnknown
from apps.notices.models import Mail, Notice
from apps.notices.selectors import inbox, unread_count
from apps.notices.services import (
    notice_read,
    notice_unread,
    notices_erase,
    notices_forget,
    notices_read,
    notices_unread,
    notices_write,
)
from tests.factories import institutions
from tests.factories import notices as make

pytestmark = pytest.mark.django_db


def test_the_same_act_is_told_once_in_each_kind():
    person = institutions.person()

    first = notices_write(seq=7, people=[person.pk, person.pk], draft=make.draft())
    again = notices_write(seq=7, people=[person.pk], draft=make.draft())

    assert (first, again) == (1, 0)
    assert Notice.objects.count() == 1
    assert Mail.objects.count() == 1


def test_the_database_itself_refuses_a_second_one():
    notice = make.notice(institutions.person())
    notice.pk = uuid.uuid4()
    notice._state.adding = True

    with pytest.raises(IntegrityError, match="notices_one_of_an_act"), transaction.atomic():
        notice.save()


def test_a_closed_account_is_told_nothing():
    person = institutions.person()
    person.is_active = False
    person.save()

    assert notices_write(seq=7, people=[person.pk], draft=make.draft()) == 0
    assert Notice.objects.count() == 0


def test_words_that_lack_a_value_are_refused():
    person = institutions.person()

    with pytest.raises(NoticeIncomplete, match="case-assigned"):
        notices_write(seq=7, people=[person.pk], draft=make.draft(parameters={"case": "C-1"}))

    assert Notice.objects.count() == 0


def test_a_path_leads_to_this_portal_only():
    person = institutions.person()

    for path in ("https://elsewhere.example/", "//elsewhere.example/"):
        with pytest.raises(IntegrityError, match="notices_path_is_local"), transaction.atomic():
            notices_write(seq=7, people=[person.pk], draft=make.draft(path=path))


def test_a_person_reads_and_marks_only_their_own():
    person, other = institutions.person(), institutions.person()
    notice = make.notice(person)
    stranger = institutions.actor(other)

    for service in (notice_read, notice_unread):
        with pytest.raises(NoticeUnknown):
            service(actor=stranger, notice_id=notice.pk)
    notices_read(actor=stranger, newest=notice.pk)

    notice.refresh_from_db()
    assert notice.read_at is None
    assert (unread_count(person.pk), unread_count(other.pk)) == (1, 0)
    assert inbox(other.pk).rows == []


def test_a_suspended_person_marks_nothing():
    person = institutions.suspended()
    notice = make.notice(person)

    with pytest.raises(NotPermitted):
        notice_read(actor=institutions.actor(person), notice_id=notice.pk)

    notice.refresh_from_db()
    assert notice.read_at is None


def test_reading_keeps_the_first_moment_and_can_be_taken_back(clock):
    person = institutions.person()
    actor, notice = institutions.actor(person), make.notice(person)

    first = notice_read(actor=actor, notice_id=notice.pk).read_at
    clock.advance("1 hour")
    again = notice_read(actor=actor, notice_id=notice.pk).read_at

    assert again == first
    assert notice_unread(actor=actor, notice_id=notice.pk).read_at is None
    assert unread_count(person.pk) == 1


def test_marking_all_spares_what_came_meanwhile_and_can_be_taken_back():
    person = institutions.person()
    actor = institutions.actor(person)
    before = make.notice(person)
    seen = [make.notice(person), make.notice(person)]
    notice_read(actor=actor, notice_id=before.pk)
    later = make.notice(person)

    moment = notices_read(actor=actor, newest=seen[-1].pk)
    assert inbox(person.pk, unread=True).rows == [later]
    taken_back = notices_unread(actor=actor, moment=moment)

    assert taken_back == 2
    assert inbox(person.pk, unread=True).rows == [later, *reversed(seen)]


def test_what_is_old_is_forgotten(clock):
    person = institutions.person()
    read, unread = make.notice(person), make.notice(person)
    notice_read(actor=institutions.actor(person), notice_id=read.pk)

    clock.advance("364 days")
    assert notices_forget() == 0
    clock.advance("2 days")
    assert notices_forget() == 1
    assert Notice.objects.get() == unread
    clock.advance("365 days")
    assert notices_forget() == 1

    assert Notice.objects.count() == 0
    assert Mail.objects.count() == 0


def test_nothing_is_left_of_a_person_who_is_erased():
    person, other = institutions.person(), institutions.person()
    make.notice(person)
    kept = make.notice(other)

    notices_erase(person=person.pk)
    notices_erase(person=person.pk)

    assert Notice.objects.get() == kept


def test_a_notice_bears_business_time(clock):
    clock.advance("10 days")

    notice = make.notice(institutions.person())

    assert now() - notice.written_at < dt.timedelta(minutes=1)
