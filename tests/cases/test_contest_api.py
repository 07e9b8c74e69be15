"""Contests over HTTP."""

import datetime as dt

import pytest
from django.test import Client

from apps.cases.models import Contest
from apps.core.clock import now
from apps.institutions.scopes import Scope
from tests.factories import contests as make
from tests.factories import institutions

pytestmark = pytest.mark.django_db


def client_of(listing):
    owner = institutions.owner_of(listing.brought_by)
    token = institutions.token(owner, Scope.CASES_WRITE, organisation=listing.brought_by)
    return Client(headers={"Authorization": f"Bearer {token.secret}"})


def desk(place="IN", scope=Scope.CASES_WRITE):
    """The server of a regulator of its own."""
    token = institutions.token(institutions.regulator(place), scope)
    return Client(headers={"Authorization": f"Bearer {token.secret}"})


def sent(listing, version, **changes):
    return {
        "listing": listing.code,
        "rule": version.rule.code,
        "rule_version": version.number,
        "ground": "match",
        "statement": "The text speaks of cards.",
        "confidential": "Contract 12.",
        "stay": "It cannot wait.",
    } | changes


def post(client, path, body, key="k-1"):
    return client.post(
        f"/api/v1/contests{path}",
        body,
        content_type="application/json",
        headers={"Idempotency-Key": key},
    )


def test_a_company_files_reads_and_withdraws_once_for_each_key():
    listing, version = make.caught()
    client = client_of(listing)

    made = post(client, "", sent(listing, version))
    again = post(client, "", sent(listing, version))
    other = post(client, "", sent(listing, version), key="k-2")

    assert (made.status_code, again.json(), Contest.objects.count()) == (201, made.json(), 1)
    assert (other.status_code, other.json()["type"]) == (409, "/problems/contest-already-open")
    code = made.json()["code"]
    read = Client().get(f"/api/v1/contests/{code}").json()
    assert read == made.json()
    assert (read["state"], read["stay"]["state"], "confidential" in read) == (
        "filed",
        "asked",
        False,
    )
    assert "Contract 12." not in Client().get("/api/v1/contests").content.decode()

    gone = post(client, f"/{code}/withdrawal", {}, key="k-3")

    assert (gone.status_code, gone.json()["state"]) == (201, "withdrawn")
    assert gone.json()["stay"]["state"] == "ended"


def test_lists_are_of_a_listing_or_in_a_state_and_page_on():
    first = make.filed()
    make.filed(first.listing, first.rule_version, ground="exemption")
    make.ruled(first)

    def codes(query):
        body = Client().get(f"/api/v1/contests?{query}").json()
        return [(one["ground"], one["state"]) for one in body["contests"]]

    both = [("exemption", "filed"), ("match", "upheld")]
    assert codes(f"listing={first.listing.code}") == both
    assert codes("state=upheld") == both[1:]


def test_what_cannot_be_contested_is_a_problem():
    listing, version = make.caught()
    client = client_of(listing)

    assert post(client, "", sent(listing, version, rule_version=9)).status_code == 404
    fact = post(client, "", sent(listing, version, ground="fact"), key="k-2")
    assert (fact.status_code, Contest.objects.count()) == (400, 0)
    assert Client().get("/api/v1/contests/CT-00001-K").status_code == 404


GRANTED = {"granted": True, "reasons": "It cannot wait."}
REJECTED = {"upheld": False, "reasons": "The card says so."}


def test_one_regulator_stays_and_another_rules():
    contest, first, second = make.filed(stay="Customers leave."), desk(), desk()
    stay, ruling = f"/{contest.code}/stay", f"/{contest.code}/ruling"

    stayed = post(first, stay, GRANTED)
    again = post(first, stay, GRANTED)
    own = post(first, ruling, REJECTED, key="k-2")
    ruled = post(second, ruling, REJECTED, key="k-3")
    late = post(second, ruling, REJECTED, key="k-4")

    assert (stayed.status_code, again.json()) == (201, stayed.json())
    told = stayed.json()["stay"]
    assert (told["state"], told["reasons"]) == ("granted", "It cannot wait.")
    assert told["exemption"]
    assert (own.status_code, own.json()["type"]) == (409, "/problems/ruler-involved")
    assert own.json()["remedy"]
    assert (ruled.status_code, ruled.json()["state"]) == (201, "rejected")
    assert (ruled.json()["reasons"], ruled.json()["stay"]["state"]) == (
        "The card says so.",
        "ended",
    )
    assert Client().get(f"/api/v1/contests/{contest.code}").json() == ruled.json()
    assert (late.status_code, late.json()["type"]) == (409, "/problems/move-refused")


def test_a_stay_is_refused_with_reasons_too():
    contest = make.filed(stay="Customers leave.")

    refused = post(desk(), f"/{contest.code}/stay", {"granted": False, "reasons": "It can."})

    assert (refused.status_code, refused.json()["state"]) == (201, "filed")
    stay = refused.json()["stay"]
    assert (stay["state"], stay["exemption"]) == ("refused", None)


def test_an_exemption_asked_for_is_granted_until_its_day():
    contest, officer = make.filed(ground="exemption"), desk()
    path, upheld = f"/{contest.code}/ruling", {"upheld": True, "reasons": "Granted."}
    until = (now() + dt.timedelta(days=90)).isoformat()

    undated = post(officer, path, upheld)
    dated = post(officer, path, upheld | {"until_at": until}, key="k-2")

    assert (undated.status_code, undated.json()["errors"][0]["field"]) == (400, "until_at")
    assert (dated.status_code, dated.json()["state"]) == (201, "upheld")
    assert dated.json()["exemption"]


def test_what_is_decided_needs_the_scope_the_mandate_and_reasons():
    contest = make.filed(stay="Customers leave.")

    for path, body in (("stay", GRANTED), ("ruling", REJECTED)):
        at = f"/{contest.code}/{path}"
        statuses = [
            post(desk(scope=Scope.CASES_READ), at, body).status_code,
            post(client_of(contest.listing), at, body).status_code,
            post(desk("FR"), at, body).status_code,
            post(desk(), at, body | {"reasons": " "}).status_code,
            post(desk(), f"/CT-00001-K/{path}", body).status_code,
        ]
        assert statuses == [403, 403, 403, 400, 404]

    contest.refresh_from_db()
    assert (contest.state, contest.stay.state) == ("filed", "asked")
