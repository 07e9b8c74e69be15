import re

import pytest
from django.core.cache import cache
from django.test import Client

from apps.core.codes import code
from apps.institutions.models import (
    ApiToken,
    ConflictDeclaration,
    ErasureRequest,
    User,
)
from apps.institutions.offices import Office
from apps.institutions.scopes import Scope
from apps.institutions.selectors.tokens import secret_digest
from tests.factories import institutions as make
from tests.institutions.browser import arm, code_of, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def person() -> User:
    return make.person("Meera Iyer")


@pytest.fixture
def browser(person) -> Client:
    signed_in = Client()
    signed_in.force_login(person)
    return signed_in


@pytest.mark.parametrize(
    "path", ["/me/", "/me/export/", "/me/tokens/", "/organisations/register/", "/invitations/x/"]
)
def test_own_pages_ask_to_sign_in_first(path):
    answer = Client().get(path)

    assert answer.headers["Location"] == f"/accounts/login/?next={path}"


def test_the_profile_is_changed(browser, person):
    answer = browser.post("/me/", {"name": "Meera N. Iyer", "language": "hi"})

    person.refresh_from_db()
    assert (person.name, person.language) == ("Meera N. Iyer", "hi")
    assert answer.cookies["django_language"].value == "hi"


def test_a_language_that_is_none_is_refused(browser, person):
    answer = browser.post("/me/", {"name": "X", "language": "tlh"})

    person.refresh_from_db()
    assert (answer.status_code, person.name) == (400, "Meera Iyer")


def test_ones_own_page_shows_what_hangs_on_the_account(browser, person):
    company = make.organisation("Kaveri Works", owner=person)
    make.officer(Office.CLERK, user=person)

    page = browser.get("/me/").content.decode()

    assert company.name in page
    assert "Clerk" in page


def test_erasure_is_asked_for_and_taken_back(browser):
    browser.post("/me/erasure/")
    request = ErasureRequest.objects.get()
    again = browser.post("/me/erasure/")
    browser.post(f"/me/erasure/{request.pk}/withdraw/")

    request.refresh_from_db()
    assert (again.status_code, request.state) == (409, "withdrawn")


def test_anothers_request_does_not_exist(browser):
    other = make.person()
    stranger = Client()
    stranger.force_login(other)
    stranger.post("/me/erasure/")
    request = ErasureRequest.objects.get()

    answer = browser.post(f"/me/erasure/{request.pk}/withdraw/")

    request.refresh_from_db()
    assert (answer.status_code, request.state) == (404, "requested")


def test_an_interest_is_declared_and_withdrawn(browser):
    facts = {"matter": code("L", 312), "interest": "I worked there."}
    browser.post("/me/interests/", facts)
    declared = ConflictDeclaration.objects.get()
    twice = browser.post("/me/interests/", facts)
    browser.post(f"/me/interests/{declared.pk}/withdraw/")

    declared.refresh_from_db()
    assert twice.status_code == 400
    assert declared.withdrawn_at is not None


def test_an_interest_in_a_mistyped_code_says_so(browser):
    answer = browser.post("/me/interests/", {"matter": "L-00312-Z", "interest": "shares"})

    assert answer.status_code == 400
    assert "typing mistake" in answer.content.decode()
    assert not ConflictDeclaration.objects.exists()


def test_a_token_is_shown_once(browser, person):
    company = make.organisation(owner=person)
    wanted = {
        "name": "Server",
        "scopes": [Scope.LISTINGS_READ],
        "days": 30,
        "organisation": company.code,
    }

    shown = browser.post("/me/tokens/", wanted)
    later = browser.get("/me/tokens/")

    token = ApiToken.objects.get()
    assert (token.organisation, token.scopes) == (company, [Scope.LISTINGS_READ])
    secret = re.search(r"sangam_[\w-]+", shown.content.decode())[0]
    assert token.digest == secret_digest(secret)
    assert secret not in later.content.decode()
    assert "no-store" in shown.headers["Cache-Control"]


@pytest.mark.parametrize(
    "fault", [{"scopes": ["moon"]}, {"scopes": []}, {"days": 0}, {"days": 366}, {"name": ""}]
)
def test_a_token_of_a_strange_shape_is_refused(browser, fault):
    wanted = {"name": "Server", "scopes": [Scope.LISTINGS_READ], "days": 30} | fault

    assert browser.post("/me/tokens/", wanted).status_code == 400
    assert not ApiToken.objects.exists()


def test_a_token_for_anothers_organisation_is_refused(browser):
    company = make.organisation()
    wanted = {"name": "x", "scopes": [Scope.LISTINGS_READ], "days": 9, "organisation": company.code}

    assert browser.post("/me/tokens/", wanted).status_code == 400
    assert not ApiToken.objects.exists()


def test_a_token_is_revoked_by_its_person_only(browser, person):
    own = make.token(person, Scope.LISTINGS_READ).token
    other = make.token(make.person(), Scope.LISTINGS_READ).token

    gone = browser.post(f"/me/tokens/{own.pk}/revoke/")
    refused = browser.post(f"/me/tokens/{other.pk}/revoke/")

    assert (gone.status_code, refused.status_code) == (302, 404)
    assert list(ApiToken.objects.valid()) == [other]


def test_the_list_of_tokens_costs_the_same_however_long_it_is(
    browser, person, django_assert_max_num_queries
):
    for _ in range(12):
        make.token(person, Scope.LISTINGS_READ)

    with django_assert_max_num_queries(12):
        browser.get("/me/tokens/")


def test_a_token_issued_with_a_second_factor_acts_in_office():
    cache.clear()
    user = make.person(password=make.PASSWORD)
    browser = Client()
    sign_in(browser, user.email)
    secret = arm(browser)
    make.officer(Office.REGULATOR, user=user)
    wanted = {"name": "desk", "scopes": [Scope.RULES_WRITE], "days": 30}

    browser.post("/me/tokens/", wanted)
    browser.post("/accounts/2fa/reauthenticate/", {"code": code_of(secret)})
    browser.post("/me/tokens/", wanted)

    issued = ApiToken.objects.order_by("issued_at")
    assert [token.second_factor for token in issued] == [False, True]
