"""Contests over HTTP."""

import pytest
from django.test import Client

from apps.cases.models import Contest
from apps.institutions.scopes import Scope
from tests.factories import contests as make
from tests.factories import institutions

pytestmark = pytest.mark.django_db


def client_of(listing):
    owner = institutions.owner_of(listing.brought_by)
    token = institutions.token(owner, Scope.CASES_WRITE, organisation=listing.brought_by)
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
