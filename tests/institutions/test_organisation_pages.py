import pytest
from django.core import mail
from django.test import Client

from apps.institutions.models import Membership, Organisation, Role, User
from apps.institutions.offices import Office
from tests.factories import institutions as make
from tests.institutions.browser import link_in_mail

pytestmark = pytest.mark.django_db


@pytest.fixture
def person() -> User:
    return make.person("Meera Iyer")


@pytest.fixture
def browser(person) -> Client:
    signed_in = Client()
    signed_in.force_login(person)
    return signed_in


def test_an_organisation_is_registered_by_form(browser, person):
    wanted = {
        "name": "Kaveri Works",
        "sector": "bazaar",
        "place": "IN",
        "website": "kaveri.example",
        "email_domain": "kaveri.example",
    }

    answer = browser.post("/organisations/register/", wanted)
    twice = browser.post("/organisations/register/", wanted)

    made = Organisation.objects.get()
    assert answer.headers["Location"] == f"/organisations/{made.code}/"
    assert (made.website, made.state) == ("https://kaveri.example", "registered")
    assert (twice.status_code, Membership.objects.count()) == (400, 1)
    assert browser.get(f"/organisations/{made.code}/").status_code == 200


def test_an_unconfirmed_organisation_is_seen_by_its_members_and_registrars_only(browser):
    company = make.organisation(confirmed=False)
    path = f"/organisations/{company.code}/"
    registrar, owner = Client(), Client()
    registrar.force_login(make.officer(Office.REGISTRAR))
    owner.force_login(make.owner_of(company))

    seen = [each.get(path).status_code for each in (Client(), browser, registrar, owner)]

    assert seen == [404, 404, 200, 200]


def test_members_are_shown_to_members_only(browser):
    company = make.organisation()
    address = make.owner_of(company).email
    member = Client()
    member.force_login(make.member_of(company))
    path = f"/organisations/{company.code}/"

    assert address in member.get(path).content.decode()
    for outside in (Client(), browser):
        page = outside.get(path)
        assert (page.status_code, address in page.content.decode()) == (200, False)


def test_a_colleague_is_invited_and_comes_in(browser, person, django_capture_on_commit_callbacks):
    company = make.organisation("Kaveri Works", owner=person)
    path = f"/organisations/{company.code}/"
    with django_capture_on_commit_callbacks(execute=True):
        browser.post(path, {"email": "new@example.org", "role": "owner"})
    link = link_in_mail(r"/invitations/[\w-]+/")
    colleague = Client()
    user = make.person(email="new@example.org")
    colleague.force_login(user)

    offered = colleague.get(link)
    accepted = colleague.post(link)

    assert "Kaveri Works invites you" in offered.content.decode()
    assert accepted.headers["Location"] == path
    assert user.memberships.get().role == Role.OWNER
    assert colleague.get(link).status_code == 404


def test_a_member_invites_nobody(person, browser):
    company = make.organisation()
    make.membership(person, company)

    answer = browser.post(
        f"/organisations/{company.code}/", {"email": "new@example.org", "role": "member"}
    )

    assert answer.status_code == 400
    assert mail.outbox == []


def test_an_invitation_is_withdrawn_by_an_owner(
    browser, person, django_capture_on_commit_callbacks
):
    company = make.organisation(owner=person)
    path = f"/organisations/{company.code}/"
    with django_capture_on_commit_callbacks(execute=True):
        browser.post(path, {"email": "new@example.org", "role": "member"})
    sent = company.invitations.get()

    browser.post(f"{path}invitations/{sent.pk}/withdraw/")

    sent.refresh_from_db()
    assert sent.state == "withdrawn"


def test_one_leaves_an_organisation_but_puts_no_stranger_out(browser, person):
    company = make.organisation()
    make.membership(person, company)
    own = person.memberships.get()
    owner = company.memberships.get(role=Role.OWNER)
    path = f"/organisations/{company.code}/members"

    refused = browser.post(f"{path}/{owner.pk}/end/")
    left = browser.post(f"{path}/{own.pk}/end/")

    assert (refused.status_code, left.headers["Location"]) == (403, "/me/")
    assert list(Membership.objects.held().filter(organisation=company)) == [owner]
