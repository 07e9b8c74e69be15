import pytest
from django.test import Client

from apps.institutions.models import ApiToken
from apps.institutions.offices import Office
from apps.institutions.scopes import Scope
from apps.institutions.sectors import Sector
from apps.institutions.services import (
    membership_end,
    organisation_suspend,
    person_restore,
    person_suspend,
    token_revoke,
)
from tests.factories import institutions as make

pytestmark = pytest.mark.django_db
READ = Scope.INSTITUTIONS_READ


def ask(secret: str, path: str = "/api/v1/me"):
    return Client().get(path, headers={"authorization": f"Bearer {secret}"})


def test_nobody_is_told_nothing():
    answer = Client().get("/api/v1/me")

    assert answer.status_code == 401
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.headers["WWW-Authenticate"] == "Bearer"
    assert answer.json()["type"] == "/problems/not-signed-in"


def test_a_token_says_whose_it_is():
    company = make.organisation("Kaveri Works")
    user = make.owner_of(company)
    issued = make.token(user, READ, organisation=company, second_factor=False)

    answer = ask(issued.secret)

    assert answer.status_code == 200
    assert answer.json() == {
        "id": str(user.pk),
        "name": "Asha Rao",
        "language": "en-gb",
        "kind": "token",
        "second_factor": False,
        "scopes": [READ],
        "organisation": company.code,
        "memberships": [
            {
                "organisation": {
                    "code": company.code,
                    "name": "Kaveri Works",
                    "sector": Sector.BAZAAR,
                    "jurisdiction": "IN",
                    "website": "",
                    "state": "confirmed",
                },
                "role": "owner",
                "since_at": answer.json()["memberships"][0]["since_at"],
            }
        ],
        "offices": [],
    }


def test_a_token_without_the_scope_is_refused():
    issued = make.token(make.person(), Scope.DECISIONS_READ)

    assert ask(issued.secret).status_code == 403


def test_the_secret_is_kept_as_a_digest_only():
    issued = make.token(make.person(), READ)

    kept = ApiToken.objects.values().get()

    assert issued.secret not in str(kept)
    assert kept["tail"] == issued.secret[-4:]


@pytest.mark.parametrize("header", ["Bearer", "Bearer a b", "Bearer sangam_x", "bearer \x7f"])
def test_a_strange_token_is_refused(header):
    answer = Client().get("/api/v1/me", headers={"authorization": header})

    assert answer.status_code == 401


def test_a_revoked_token_is_refused():
    issued = make.token(make.person(), READ)
    token_revoke(actor=make.actor(issued.token.user), token=issued.token)

    assert ask(issued.secret).status_code == 401


def test_an_expired_token_is_refused(clock):
    issued = make.token(make.person(), READ)

    clock.advance("91 days")

    assert ask(issued.secret).status_code == 401


def test_the_token_of_a_suspended_person_is_refused_until_it_is_lifted():
    user = make.person()
    issued = make.token(user, READ)
    judge = make.actor(make.administrator())

    suspension = person_suspend(actor=judge, user=user, reason="Sold seats.")
    refused = ask(issued.secret)
    person_restore(actor=judge, suspension=suspension)

    assert refused.status_code == 403
    assert refused.json()["type"] == "/problems/person-suspended"
    assert ask(issued.secret).status_code == 200


def test_the_token_of_someone_who_left_is_refused():
    company = make.organisation()
    user = make.member_of(company)
    issued = make.token(user, READ, organisation=company)

    membership_end(actor=make.actor(user), membership=user.memberships.get())

    assert ask(issued.secret).status_code == 401


def test_the_token_of_a_suspended_organisation_is_refused():
    company = make.organisation()
    issued = make.token(make.owner_of(company), READ, organisation=company)

    judge = make.actor(make.administrator())
    organisation_suspend(actor=judge, organisation=company, reason="Unpaid fine.")

    assert ask(issued.secret).status_code == 401


def test_no_token_makes_a_token():
    issued = make.token(make.person(), *Scope)

    answer = Client().post(
        "/api/v1/tokens",
        {"name": "another", "scopes": [READ]},
        "application/json",
        headers={"authorization": f"Bearer {issued.secret}"},
    )

    assert answer.status_code == 403
    assert ApiToken.objects.count() == 1


def test_a_session_issues_shows_once_and_revokes():
    browser = Client()
    browser.force_login(make.person())

    made = browser.post("/api/v1/tokens", {"name": "server", "scopes": [READ]}, "application/json")
    secret = made.json()["secret"]
    listed = browser.get("/api/v1/tokens").json()["tokens"]
    gone = browser.delete(f"/api/v1/tokens/{made.json()['id']}")

    assert (made.status_code, gone.status_code) == (201, 204)
    assert [sorted(row) for row in listed] == [sorted(set(made.json()) - {"secret"})]
    assert ask(secret).status_code == 401


def test_a_session_without_its_csrf_token_writes_nothing():
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(make.person())

    answer = browser.post(
        "/api/v1/tokens", {"name": "server", "scopes": [READ]}, "application/json"
    )

    assert answer.status_code == 403
    assert not ApiToken.objects.exists()


def test_anothers_token_does_not_exist():
    issued = make.token(make.person(), READ)
    browser = Client()
    browser.force_login(make.person())

    answer = browser.delete(f"/api/v1/tokens/{issued.token.pk}")

    assert answer.status_code == 404
    assert ApiToken.objects.valid().count() == 1


def test_an_unknown_scope_is_named():
    browser = Client()
    browser.force_login(make.person())

    answer = browser.post(
        "/api/v1/tokens", {"name": "server", "scopes": ["moon:write"]}, "application/json"
    )

    assert answer.status_code == 400
    assert [fault["field"] for fault in answer.json()["errors"]] == ["scopes.0"]
    assert not ApiToken.objects.exists()


def test_an_officer_without_second_factor_writes_nothing():
    browser = Client()
    browser.force_login(make.officer(Office.REGULATOR))

    answer = browser.post(
        "/api/v1/tokens", {"name": "server", "scopes": [READ]}, "application/json"
    )

    assert answer.status_code == 403
    assert answer.json()["type"] == "/problems/second-factor-needed"
    assert not ApiToken.objects.exists()


def test_only_confirmed_organisations_are_public_and_paged_by_name():
    make.organisation("Unsure", confirmed=False)
    names = ["Alder", "Birch", "Cedar"]
    for name in reversed(names):
        make.organisation(name)

    first = Client().get("/api/v1/organisations?limit=2").json()
    rest = Client().get(f"/api/v1/organisations?limit=2&after={first['after']}").json()

    shown = first["organisations"] + rest["organisations"]
    assert [row["name"] for row in shown] == names
    assert rest["after"] == ""


def test_asking_too_often_is_refused(settings):
    settings.API_RATES = {"anonymous": 2, "person": 2, "token": 2}

    answers = [Client().get("/api/v1/readiness") for _ in range(5)]

    refused = answers[-1]
    assert [answer.status_code for answer in answers].count(200) <= 4
    assert refused.status_code == 429
    assert 1 <= int(refused.headers["Retry-After"]) <= 60
    assert refused.json()["type"] == "/problems/too-many-requests"
