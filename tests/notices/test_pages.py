import pytest
from django.test import Client

from apps.notices.models import Notice
from apps.notices.selectors import manner_of
from apps.notices.states import MailManner
from tests.authorisation.roles import signed_in
from tests.factories import institutions
from tests.factories import notices as make

pytestmark = pytest.mark.django_db
INBOX = "/me/inbox/"


@pytest.fixture
def person():
    return institutions.person("Meera Joshi")


@pytest.fixture
def browser(person):
    return signed_in(person)


def text(response):
    return response.content.decode()


def marks(person):
    rows = Notice.objects.filter(person=person).order_by("id")
    return [notice.read_at is not None for notice in rows]


def test_an_inbox_without_a_notice_says_what_will_come(browser):
    assert "Nothing new" in text(browser.get(INBOX))
    assert "No notice yet" in text(browser.get(INBOX, {"show": "all"}))


def test_a_notice_says_all_and_leads_to_its_place(browser, person):
    notice = make.notice(person)

    page = text(browser.get(INBOX))

    assert "Case C-00001-X was given to you" in page
    assert "You are the officer of this case." in page
    assert "send the company the allegation" in page
    assert f'href="{notice.path}"' in page
    assert f'href="/acts/{notice.seq}/"' in page


def test_the_header_counts_what_is_not_read(browser, person):
    assert 'class="count"' not in text(browser.get("/"))

    make.notice(person)
    make.notice(person)

    assert '<b class="count">2<' in text(browser.get("/"))
    assert 'class="count"' not in text(Client().get("/"))


def test_one_is_marked_as_read_and_back_without_script(browser, person):
    notice = make.notice(person)

    answer = browser.post(f"{INBOX}{notice.pk}/read/", follow=True)
    assert "marked as read" in text(answer)
    assert "Nothing new" in text(answer)
    assert "C-00001-X" in text(browser.get(INBOX, {"show": "all"}))
    assert marks(person) == [True]
    back = browser.post(f"{INBOX}{notice.pk}/unread/", {"show": "all"})

    assert back["Location"] == f"{INBOX}?show=all"
    assert marks(person) == [False]


def test_going_there_marks_it_as_read(browser, person):
    notice = make.notice(person)

    answer = browser.post(f"{INBOX}{notice.pk}/read/", {"go": "1"})

    assert (answer.status_code, answer["Location"]) == (302, notice.path)
    assert marks(person) == [True]


def test_all_are_marked_as_read_and_it_is_taken_back(browser, person):
    earlier, newest = make.notice(person), make.notice(person)
    make.notice(institutions.person())

    answer = browser.post(f"{INBOX}read/", {"newest": newest.pk}, follow=True)
    assert "2 notices were marked as read." in text(answer)
    assert marks(person) == [True, True]
    moment = Notice.objects.get(pk=earlier.pk).read_at
    browser.post(f"{INBOX}unread/", {"moment": moment.isoformat()})

    assert marks(person) == [False, False]


@pytest.mark.parametrize("moment", ["", "yesterday", "2026-11-23T08:00:00"])
def test_a_marking_that_is_no_moment_is_refused(browser, person, moment):
    assert browser.post(f"{INBOX}unread/", {"moment": moment}).status_code == 400
    assert browser.get(INBOX, {"marked": moment or "no"}).status_code == 400
    assert browser.post(f"{INBOX}read/", {"newest": moment}).status_code == 400


def test_nobody_reads_or_marks_anothers(browser, person):
    other = institutions.person()
    notice = make.notice(other)

    assert "C-00001-X" not in text(browser.get(INBOX, {"show": "all"}))
    assert browser.post(f"{INBOX}{notice.pk}/read/", {"go": "1"}).status_code == 404

    assert marks(other) == [False]


def test_the_choice_of_email_is_kept(browser, person):
    assert manner_of(person.pk) == MailManner.EACH

    assert browser.post(f"{INBOX}mail/", {"manner": "daily"}).status_code == 302
    assert browser.post(f"{INBOX}mail/", {"manner": "hourly"}).status_code == 400

    assert manner_of(person.pk) == MailManner.DAILY


def test_pages_follow_one_another(browser, person):
    for _number in range(31):
        make.notice(person)

    first = browser.get(INBOX)
    after = first.context["page"].after
    second = browser.get(INBOX, {"after": after})

    assert len(first.context["notices"]) == 30
    assert len(second.context["notices"]) == 1
    assert browser.get(INBOX, {"after": "x"}).status_code == 400


def test_the_inbox_costs_the_same_however_full(browser, person, django_assert_num_queries):
    make.notice(person)
    browser.get(INBOX)
    with django_assert_num_queries(7):
        browser.get(INBOX)
    for _number in range(40):
        make.notice(person)

    with django_assert_num_queries(7):
        browser.get(INBOX)


def test_the_inbox_in_hindi(browser, person):
    make.notice(person)
    browser.cookies["django_language"] = "hi"

    page = text(browser.get(INBOX))

    assert "मामला C-00001-X आपको सौंपा गया" in page
    assert "पठित चिह्नित करें" in page


def test_strangers_are_led_to_sign_in():
    assert Client().get(INBOX)["Location"].startswith("/accounts/login/")
