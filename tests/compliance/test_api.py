import datetime as dt

import pytest
from rest_framework.test import APIClient

from apps.compliance.models import Exemption, Sandbox
from apps.core.clock import now
from apps.institutions.scopes import Scope
from apps.listings.services import marketplace_enter, offer_make
from apps.policy.engine import Outcome
from apps.reactions.runner import settle
from tests.factories import institutions, listings, policy

pytestmark = pytest.mark.django_db


def client(user=None, *scopes, organisation=None):
    made = APIClient()
    if user:
        issued = institutions.token(user, *scopes, organisation=organisation)
        made.credentials(HTTP_AUTHORIZATION=f"Bearer {issued.secret}")
    return made


def ask(made, **query):
    return made.get("/api/v1/decisions", query)


def test_anyone_may_ask_and_the_answer_is_whole():
    listing = listings.listing()
    version = policy.entered(
        policy.rule_draft('listing.task == "text-generation"', outcome=Outcome.CONDITION)
    )
    settle()

    answer = ask(client(), model=listing.code, jurisdiction="IN", use="medical")

    assert answer.status_code == 200
    told = answer.json()
    assert (told["outcome"], told["would_be"], told["may_be_offered"]) == (
        "condition",
        "condition",
        True,
    )
    assert told["conditions"] == [
        {
            "rule": version.rule.code,
            "code": "show-notice",
            "text": "Show the notice.",
            "addressee": "",
        }
    ]
    [reason] = told["reasons"]
    assert reason["rule"] == version.rule.code
    assert reason["clauses"] == [{"number": 1, "text": "A model without a card is suspended."}]
    assert told["ruleset_version"] >= 1
    assert answer["Cache-Control"] == "private, max-age=0"


def test_an_answer_that_still_holds_is_not_sent_again():
    listing = listings.listing()
    settle()
    first = ask(client(), model=listing.code)

    again = client().get(
        "/api/v1/decisions", {"model": listing.code}, headers={"If-None-Match": first["ETag"]}
    )

    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(
    ("query", "code", "field"),
    [
        ({}, "invalid", "model"),
        ({"model": "x", "use": "gardening"}, "use-unknown", "use"),
        ({"model": "x", "jurisdiction": "XX"}, "jurisdiction-unknown", "jurisdiction"),
        ({"model": "x", "version": "0"}, "invalid", "version"),
    ],
)
def test_a_question_that_cannot_be_understood_is_a_problem(query, code, field):
    answer = ask(client(), **query)

    assert answer.status_code == 400
    told = answer.json()
    assert told["type"] == f"/problems/{code}"
    assert [error["field"] for error in told["errors"]] == [field]


def test_a_name_that_is_not_known_is_refused_with_the_nearest_and_the_list():
    answer = ask(client(), model="x", comercial="false", q="1")

    assert answer.status_code == 400
    told = answer.json()
    assert told["type"] == "/problems/query-not-understood"
    near, far = told["errors"]
    names = "It takes: model, use, jurisdiction, version, commercial, digest, trace, marketplace."
    assert near["field"] == "comercial"
    assert near["remedy"] == f"Did you mean “commercial”? {names}"
    assert (far["field"], far["remedy"]) == ("q", names)


def test_a_name_given_twice_is_refused():
    answer = client().get("/api/v1/decisions?model=x&use=general&use=medical")

    assert answer.status_code == 400
    [fault] = answer.json()["errors"]
    assert (fault["field"], fault["remedy"]) == ("use", "Give it once.")


def test_a_digest_that_is_none_is_refused():
    answer = ask(client(), model="x", digest="sha256:123")

    assert answer.status_code == 400
    assert [fault["field"] for fault in answer.json()["errors"]] == ["digest"]


def test_a_marketplace_that_is_not_known_is_refused():
    answer = ask(client(), model="x", marketplace="nowhere")

    assert answer.status_code == 404
    assert [fault["field"] for fault in answer.json()["errors"]] == ["marketplace"]


def test_a_decision_over_http_counts_and_reads_once(django_assert_num_queries):
    listing = listings.listing()
    settle()
    ask(client(), model=listing.code)

    with django_assert_num_queries(2):
        ask(client(), model=listing.code)


def test_a_marketplaces_server_costs_one_read_more(django_assert_num_queries):
    organisation = institutions.organisation()
    made = client(
        institutions.owner_of(organisation), Scope.DECISIONS_READ, organisation=organisation
    )
    listing = listings.listing()
    settle()
    ask(made, model=listing.code)

    with django_assert_num_queries(3):
        told = ask(made, model=listing.external_id).json()

    assert told["listing"] == listing.code


def test_a_model_that_is_not_registered_is_an_answer():
    told = ask(client(), model="nobody/nothing").json()

    assert (told["registered"], told["listing"], told["outcome"]) == (False, "", "suspend")
    [reason] = told["reasons"]
    assert (reason["citation"], reason["link"]) == (
        "UNREGISTERED_OUTCOME",
        "/charter/#unregistered",
    )


def test_a_token_needs_the_scope_of_decisions():
    listing = listings.listing()
    settle()
    user = institutions.person()

    refused = ask(client(user, Scope.LISTINGS_READ), model=listing.code)
    answered = ask(client(user, Scope.DECISIONS_READ), model=listing.code)

    assert (refused.status_code, answered.status_code) == (403, 200)


def test_the_standings_of_a_listing_have_their_findings():
    listing = listings.listing()
    version = policy.entered(policy.rule_draft('listing.task == "text-generation"'))
    settle()

    told = client().get(f"/api/v1/listings/{listing.code}/standings").json()

    assert (told["listing"], told["version"]) == (listing.code, 1)
    badge, india = told["standings"]
    assert (badge["outcome"], badge["uses"], badge["jurisdictions"]) == ("allow", [], [])
    assert (india["outcome"], india["jurisdictions"]) == ("suspend", ["IN"])
    assert india["findings"] == [
        {
            "rule": version.rule.code,
            "version": 1,
            "measure": "",
            "clauses": [1],
            "outcome": "suspend",
            "mode": "enforce",
        }
    ]


def test_the_feed_tells_each_change_once_in_order(django_assert_max_num_queries):
    first = listings.listing()
    settle()
    second = listings.listing()
    settle()

    with django_assert_max_num_queries(8):
        told = client().get("/api/v1/standings").json()
    rest = client().get("/api/v1/standings", {"after": told["after"]}).json()

    assert [[entry["listing"] for entry in change["listings"]] for change in told["changes"]] == [
        [first.code],
        [second.code],
    ]
    assert told["changes"][0]["seq"] < told["changes"][1]["seq"] == told["after"]
    assert rest["changes"] == []


def sandbox(**changes):
    facts = {
        "name": "Trial",
        "jurisdictions": ["IN"],
        "cohort_cap": 2,
        "exit_plan": "It ends.",
        "legal_basis": "Section 4",
        "until_at": (now() + dt.timedelta(days=60)).isoformat(),
    }
    return facts | changes


def test_a_regulator_opens_a_sandbox_and_exempts_a_listing_in_it():
    listing, version = listings.listing(), policy.entered()
    made = client(institutions.regulator(), Scope.RULES_WRITE)

    opened = made.post("/api/v1/sandboxes", sandbox())
    exempted = made.post(
        "/api/v1/exemptions",
        {
            "rule": version.rule.code,
            "listing": listing.code,
            "sandbox": opened.json()["code"],
            "reason": "It takes part.",
            "until_at": (now() + dt.timedelta(days=30)).isoformat(),
        },
    )

    assert (opened.status_code, exempted.status_code) == (201, 201)
    assert exempted.json()["jurisdictions"] == ["IN"]
    shown = client().get("/api/v1/exemptions").json()["exemptions"]
    assert [entry["code"] for entry in shown] == [exempted.json()["code"]]
    ended = made.post(f"/api/v1/sandboxes/{opened.json()['code']}/end")
    assert ended.json()["ended_at"] is not None
    assert Exemption.objects.get().ended_at is not None


@pytest.mark.parametrize(
    ("who", "status"),
    [
        (client, 401),
        (lambda: client(institutions.person(), Scope.RULES_WRITE), 403),
        (lambda: client(institutions.regulator("FR"), Scope.RULES_WRITE), 403),
        (lambda: client(institutions.regulator("IN"), Scope.DECISIONS_READ), 403),
    ],
)
def test_nobody_else_opens_a_sandbox(who, status):
    made = who()

    answer = made.post("/api/v1/sandboxes", sandbox())

    assert answer.status_code == status
    assert Sandbox.objects.count() == 0


def test_a_marketplaces_own_number_is_understood():
    organisation = institutions.organisation()
    owner = institutions.owner_of(organisation)
    acting = institutions.actor(owner)
    marketplace = marketplace_enter(actor=acting, organisation=organisation, name="Bazaar One")
    offer_make(actor=acting, marketplace=marketplace, listing=listings.listing(), sku="SKU-7")
    settle()

    own = ask(client(owner, Scope.DECISIONS_READ, organisation=organisation), model="SKU-7")

    assert own.json()["registered"] is True
    assert ask(client(), model="SKU-7").json()["registered"] is False


@pytest.mark.parametrize(("sent", "read"), [({}, True), ({"commercial": "false"}, False)])
def test_a_question_is_commercial_unless_it_says_otherwise(sent, read):
    assert ask(client(), model="nobody/nothing", **sent).json()["commercial"] is read
