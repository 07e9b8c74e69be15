import random

import pytest
from rest_framework.test import APIClient

from apps.compliance.api.serializers import DecisionSerializer
from apps.compliance.api.telling import decision_told
from apps.compliance.selectors.answers import Question
from apps.compliance.selectors.catalogues import decide_all
from apps.compliance.selectors.deciding import decide
from apps.institutions.scopes import Scope
from apps.listings.services import marketplace_enter, offer_make
from apps.reactions.runner import settle
from tests.compliance.shelf import COPIED, WEIGHTS
from tests.factories import institutions, listings

pytestmark = pytest.mark.django_db

USES = ["general", "medical", "workplace", "gardening"]
PLACES = ["*", "IN", "FR", "EU", "eu", "XX"]


def references(found):
    for listing in found:
        yield from (listing.code, str(listing.pk), str(listing.current_id), listing.external_id)
        yield f"tests:{listing.external_id}"
        yield listing.code.lower()
    yield from (WEIGHTS, COPIED[7:], "nobody/nothing", "L-00001-0", "tests:none", " x ")


def question(chance, names):
    """A question with some of the things that can be asked."""
    options = {
        "use": (0.7, USES),
        "jurisdiction": (0.7, PLACES),
        "version": (0.3, [0, 1, 2, 7]),
        "commercial": (0.3, ["true", "false"]),
        "digest": (0.3, [COPIED, WEIGHTS, "c" * 64, "no digest"]),
        "marketplace": (0.1, ["nowhere", "bazaar-one"]),
        "trace": (0.1, ["true"]),
        "colour": (0.05, ["blue"]),
    }
    asked = {
        name: chance.choice(values)
        for name, (share, values) in options.items()
        if chance.random() < share
    }
    return {"model": chance.choice(names), **asked}


def timeless(told):
    return told and {name: value for name, value in told.items() if name != "decided_at"}


def post(questions, client=None):
    return (client or APIClient()).post("/api/v1/decisions", {"questions": questions})


def test_each_item_is_answered_as_if_it_were_asked_alone(register, settings):
    settings.API_RATES = dict.fromkeys(settings.API_RATES, 10_000)
    chance, names = random.Random(4), list(references(register))
    questions = [question(chance, names) for _item in range(400)]

    items = post(questions).json()["decisions"]

    seen = set()
    for index, (asked, item) in enumerate(zip(questions, items, strict=True)):
        alone = APIClient().get("/api/v1/decisions", asked)
        answered = alone.status_code == 200
        assert item["index"] == index
        assert timeless(item["decision"]) == (timeless(alone.json()) if answered else None), asked
        assert item["problem"] == (None if answered else alone.json()), asked
        seen.add(item["match"])
    assert seen == {"matched", "copy", "suspended", "unregistered", "refused"}


@pytest.mark.parametrize(("count", "statements"), [(1, 2), (2, 3), (300, 3)])
def test_a_catalogue_takes_the_same_statements_whatever_its_size(
    count, statements, register, settings, django_assert_num_queries
):
    # One of them counts, for the asker's rate, all questions but the first.
    settings.API_RATES = dict.fromkeys(settings.API_RATES, 10_000)
    names = list(references(register))
    questions = [{"model": names[number % len(names)], "use": "medical"} for number in range(count)]
    post(questions)

    with django_assert_num_queries(statements):
        answer = post(questions)

    assert len(answer.json()["decisions"]) == count


def test_versions_of_a_moment_ago_take_one_statement_more(django_assert_num_queries):
    found = [listings.listing().code for _row in range(3)]
    decide(Question(model=found[0]))

    with django_assert_num_queries(2):
        answers = decide_all([Question(model=code) for code in found])

    assert [one.decision.facts_version for one in answers] == [None] * 3


def test_items_are_told_apart_and_counted(register):
    generator, _earlier, barred = register

    told = post(
        [
            {"model": generator.code},
            {"model": barred.code},
            {"model": "their/name", "digest": WEIGHTS},
            {"model": "their/other", "digest": COPIED},
            {"model": "nobody/nothing"},
            {"model": generator.code, "use": "gardening"},
            "no question",
        ]
    ).json()

    matches = ["matched", "suspended", "copy", "copy", "unregistered", "refused", "refused"]
    assert [item["match"] for item in told["decisions"]] == matches
    assert told["found"] == {
        "matched": 1,
        "suspended": 1,
        "copy": 2,
        "unregistered": 1,
        "refused": 2,
    }
    inherited = told["decisions"][3]["decision"]
    assert (inherited["registered"], inherited["listing"]) == (False, barred.code)
    assert [reason["reference"] for reason in inherited["reasons"]] == ["O 12/26", ""]
    assert told["decisions"][5]["problem"]["type"] == "/problems/use-unknown"


def test_own_numbers_are_read_as_the_tokens_organisation_means_them():
    organisation = institutions.organisation()
    owner = institutions.owner_of(organisation)
    acting = institutions.actor(owner)
    market = marketplace_enter(actor=acting, organisation=organisation, name="Bazaar One")
    listing = listings.listing()
    offer_make(actor=acting, marketplace=market, listing=listing, sku="SKU-7")
    settle()
    own = APIClient()
    secret = institutions.token(owner, Scope.DECISIONS_READ, organisation=organisation).secret
    own.credentials(HTTP_AUTHORIZATION=f"Bearer {secret}")
    questions = [{"model": "SKU-7"}, {"model": "SKU-7", "marketplace": market.slug}]

    mine = post(questions, own).json()["decisions"]
    others = post(questions).json()["decisions"]

    assert [item["match"] for item in mine] == ["matched", "matched"]
    assert [item["match"] for item in others] == ["unregistered", "matched"]


@pytest.mark.parametrize("sent", [[], {}, {"questions": []}, {"questions": [{}] * 1001}])
def test_what_is_no_list_of_one_to_a_thousand_is_refused(sent):
    answer = APIClient().post("/api/v1/decisions", sent, format="json")

    assert answer.status_code == 400
    assert [fault["field"] for fault in answer.json()["errors"]] == ["questions"]


def test_an_answer_is_told_as_its_serializer_describes_it(register):
    for listing in register:
        for use in ("general", "medical"):
            for trace in (True, False):
                asked = Question(model=listing.code, use=use, jurisdiction="EU", trace=trace)
                decision = decide(asked)

                described = DecisionSerializer().to_representation(decision)
                described = {name: value for name, value in described.items() if value is not None}
                told = decision_told(decision)

                assert {name: told[name] for name in described} == described
                assert told.keys() - described.keys() <= {"allowed_jurisdictions"}
                assert list(told)[-1] == "decided_at"


def test_the_trace_says_what_each_part_answered(register):
    asked = {"model": register[0].code, "use": "medical", "jurisdiction": "IN", "trace": "true"}

    told = APIClient().get("/api/v1/decisions", asked).json()

    prohibition = told["trace"][0]
    assert (prohibition["rule"], prohibition["jurisdiction"]) == (told["reasons"][0]["rule"], "IN")
    task, use = prohibition["step"]["steps"]
    assert (task["text"], task["value"]) == ('listing.task == "text-generation"', True)
    assert use["reads"] == {"req.use": "medical"}
    assert "trace" not in APIClient().get("/api/v1/decisions", asked | {"trace": ""}).json()
