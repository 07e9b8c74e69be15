import datetime as dt

import pytest
from django.test import Client

from apps.institutions.models import (
    Invitation,
    Mandate,
    Membership,
    OfficeHolding,
    Organisation,
    SeatTerm,
    Suspension,
    User,
)
from apps.institutions.offices import Office
from apps.institutions.sectors import Sector
from apps.institutions.services import erasure_request
from tests.factories import institutions as make
from tests.institutions.browser import officer_browser

pytestmark = pytest.mark.django_db
ADMIN = "/administration/"
LAST = dt.datetime.now(dt.UTC).date() + dt.timedelta(days=100)


@pytest.fixture
def desk() -> Client:
    return officer_browser(make.administrator())


@pytest.fixture
def person() -> User:
    return make.person("Meera Iyer", email="meera@example.org")


def post(desk: Client, deed: str, **facts: object):
    return desk.post(f"{ADMIN}{deed}/", {"email": "meera@example.org", **facts})


@pytest.mark.parametrize(
    ("path", "let_in"),
    [
        (ADMIN, {Office.ADMINISTRATOR, Office.CLERK}),
        (f"{ADMIN}office/", {Office.ADMINISTRATOR, Office.CLERK}),
        ("/registrations/", {Office.REGISTRAR}),
    ],
)
def test_a_desk_is_open_to_its_officers_only(path, let_in):
    company = make.organisation()
    officers = {office: make.officer(office) for office in (Office.CLERK, Office.REGISTRAR)}
    officers[Office.ADMINISTRATOR] = make.administrator()
    officers[Office.REGULATOR] = make.regulator()
    others = [make.person(), make.owner_of(company), make.seated(Sector.SAMAJ).user]

    seen = {
        office: officer_browser(user).get(path).status_code for office, user in officers.items()
    }

    assert {office for office, status in seen.items() if status == 200} == let_in
    assert {officer_browser(user).get(path).status_code for user in others} == {403}
    assert Client().get(path).status_code == 302


def test_an_administrator_gives_an_office(desk, person):
    answer = post(desk, "office", office="chair", sector="samaj", until_at=LAST.isoformat())

    held = OfficeHolding.objects.get(user=person)
    assert answer.headers["Location"] == ADMIN
    assert (held.office, held.chamber.sector) == (Office.CHAIR, Sector.SAMAJ)
    assert held.until_at.astimezone(
        dt.timezone(dt.timedelta(hours=5.5))
    ).date() == LAST + dt.timedelta(days=1)


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"office": "chair"}, "A chair and a teller need a chamber"),
        ({"office": "clerk", "email": "nobody@example.org"}, "There is no account"),
        ({"office": "clerk", "until_at": "2020-01-01"}, "The end must come after"),
        ({"office": "king"}, "king"),
    ],
)
def test_an_office_that_cannot_be_is_refused_in_the_form(desk, person, facts, words):
    answer = post(desk, "office", **facts)

    assert answer.status_code == 400
    assert words in answer.content.decode()
    assert not OfficeHolding.objects.filter(user=person).exists()


def test_an_administrator_records_a_mandate(desk, person):
    facts = {"place": "IN", "subject": "models", "legal_basis": "Act 1"}
    early = post(desk, "mandate", **facts)
    make.officer(Office.REGULATOR, user=person)

    post(desk, "mandate", **facts)

    assert early.status_code == 400
    assert Mandate.objects.get().user == person


def test_a_clerk_records_an_appointment_but_gives_no_office(person):
    desk = officer_browser(make.officer(Office.CLERK))
    facts = {"sector": "samaj", "number": 2, "until_at": LAST.isoformat(), "basis": "Elected"}

    post(desk, "seat", **facts)
    refused = post(desk, "office", office="clerk")

    assert SeatTerm.objects.get().user == person
    assert refused.status_code == 400
    assert not OfficeHolding.objects.filter(user=person).exists()


@pytest.mark.parametrize("number", [6, 0])
def test_a_seat_that_is_none_is_refused(desk, person, number):
    facts = {"sector": "samaj", "number": number, "until_at": LAST.isoformat(), "basis": "x"}

    assert post(desk, "seat", **facts).status_code == 400
    assert not SeatTerm.objects.exists()


@pytest.mark.parametrize(
    ("deed", "facts"),
    [
        ("invite-to-seat", {"sector": "samaj", "number": 2, "until_at": LAST, "basis": "Founding"}),
        ("invite-to-office", {"office": "clerk"}),
    ],
)
def test_a_place_is_offered_and_taken_back(desk, deed, facts):
    post(desk, deed, **facts)
    sent = Invitation.objects.get()
    shown = desk.get(ADMIN).content.decode()
    desk.post(f"{ADMIN}invitation/{sent.pk}/end/")

    sent.refresh_from_db()
    assert "meera@example.org" in shown
    assert sent.state == "withdrawn"


def test_a_person_is_suspended_and_restored(desk, person):
    post(desk, "suspend-person", reason="Sold seats.")
    held = Suspension.objects.get()
    desk.post(f"{ADMIN}suspension/{held.pk}/end/")

    held.refresh_from_db()
    assert (held.user, held.reason, held.until_at is not None) == (person, "Sold seats.", True)


def test_an_organisation_is_suspended_and_restored(desk):
    company = make.organisation()
    post(desk, "suspend-organisation", organisation=company.code, reason="Unpaid fine.")
    during = Organisation.objects.get().state
    owner = Client()
    owner.force_login(make.owner_of(company))
    page = owner.get(f"/organisations/{company.code}/").content.decode()

    desk.post(f"{ADMIN}organisation/{company.pk}/end/")

    assert (during, Organisation.objects.get().state) == ("suspended", "confirmed")
    assert "Unpaid fine." in page


def test_offices_mandates_and_seats_are_ended(desk):
    regulator = make.regulator()
    rows = {
        "mandate": Mandate.objects.get(),
        "office": OfficeHolding.objects.get(user=regulator),
        "seat": make.seated(Sector.BAZAAR),
    }

    answers = [desk.post(f"{ADMIN}{name}/{row.pk}/end/") for name, row in rows.items()]

    assert [answer.status_code for answer in answers] == [302, 302, 302]
    for row in rows.values():
        assert not type(row).objects.held().filter(pk=row.pk).exists()


@pytest.mark.parametrize(("done", "state"), [("yes", "done"), ("no", "refused")])
def test_a_request_for_erasure_is_answered(desk, person, done, state):
    request = erasure_request(actor=make.actor(person))
    waiting = desk.get(ADMIN).content.decode()

    desk.post(f"{ADMIN}erasures/{request.pk}/", {"answer": "As you wish.", "done": done})

    request.refresh_from_db()
    assert "Meera Iyer" in waiting
    assert (request.state, request.answer) == (state, "As you wish.")


@pytest.mark.parametrize("path", ["moon/", f"moon/{'0' * 32}/end/"])
def test_there_is_no_other_deed(desk, path):
    assert desk.post(f"{ADMIN}{path}").status_code == 404


@pytest.mark.parametrize(("confirmed", "state"), [("yes", "confirmed"), ("no", "refused")])
def test_a_registrar_answers_a_registration(confirmed, state):
    company = make.organisation("Kaveri Works", confirmed=False)
    desk = officer_browser(make.officer(Office.REGISTRAR))
    waiting = desk.get("/registrations/").content.decode()

    desk.post(f"/registrations/{company.code}/", {"confirmed": confirmed, "owner_group": "Kaveri"})

    company.refresh_from_db()
    assert "Kaveri Works" in waiting
    assert company.state == state
    assert "Kaveri Works" not in desk.get("/registrations/").content.decode()
    assert Membership.objects.count() == 1


def test_a_registrar_does_not_answer_for_an_organisation_of_their_own():
    registrar = make.officer(Office.REGISTRAR)
    company = make.organisation(owner=registrar, confirmed=False)

    answer = officer_browser(registrar).post(
        f"/registrations/{company.code}/", {"confirmed": "yes"}
    )

    company.refresh_from_db()
    assert (answer.status_code, company.state) == (403, "registered")


def test_the_desk_costs_the_same_however_many_there_are(desk, django_assert_max_num_queries):
    for _ in range(6):
        make.regulator()
        make.suspended()

    with django_assert_max_num_queries(20):
        desk.get(ADMIN)
