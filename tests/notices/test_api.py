import pytest
from django.test import Client

from apps.institutions.scopes import Scope
from apps.notices.models import Notice
from tests.authorisation.roles import signed_in
from tests.factories import institutions
from tests.factories import notices as make

pytestmark = pytest.mark.django_db
API = "/api/v1/notices"


@pytest.fixture
def person():
    return institutions.person()


def with_token(person, *scopes):
    issued = institutions.token(person, *scopes)
    return Client(headers={"Authorization": f"Bearer {issued.secret}"})


def test_a_program_reads_the_inbox_of_its_person(person):
    old, new = make.notice(person), make.notice(person)
    make.notice(institutions.person())

    answer = with_token(person, Scope.NOTICES_READ).get(API, {"limit": 1}).json()

    assert [row["id"] for row in answer["notices"]] == [str(new.pk)]
    assert answer["unread"] == 2
    [row] = answer["notices"]
    assert row["kind"] == "case-assigned"
    assert row["title"] == "Case C-00001-X was given to you: Portraits without consent"
    assert row["why"] == "You are the officer of this case."
    assert (row["path"], row["act"], row["read_at"]) == (new.path, new.seq, None)
    following = signed_in(person).get(API, {"after": answer["after"]}).json()
    assert [row["id"] for row in following["notices"]] == [str(old.pk)]


def test_marking_as_read_twice_keeps_the_first_moment(person):
    notice = make.notice(person)
    program = with_token(person, Scope.NOTICES_READ, Scope.NOTICES_WRITE)

    first = program.post(f"{API}/{notice.pk}/read", content_type="application/json").json()
    again = program.post(f"{API}/{notice.pk}/read", content_type="application/json").json()

    assert first["read_at"] == again["read_at"] != ""
    assert program.get(API, {"unread": "true"}).json()["notices"] == []


def test_a_token_needs_its_scopes(person):
    notice = make.notice(person)
    reads = with_token(person, Scope.NOTICES_READ)

    assert with_token(person, Scope.LISTINGS_READ).get(API).status_code == 403
    assert reads.post(f"{API}/{notice.pk}/read").status_code == 403

    assert Notice.objects.get().read_at is None


def test_anothers_notice_is_not_there(person):
    notice = make.notice(institutions.person())
    program = with_token(person, Scope.NOTICES_WRITE)

    answer = program.post(f"{API}/{notice.pk}/read", content_type="application/json")

    assert (answer.status_code, answer.json()["title"]) == (
        404,
        "There is no such notice to you.",
    )
