"""The register: what is found, counted, sorted and said when nothing is."""

import pytest
from django.http import QueryDict
from django.test import Client

from apps.commons.questions import RegisterQuestion
from apps.commons.selectors.register import facets, wanted
from apps.compliance.services.reassessing import reassess
from apps.listings.selectors.register import register
from apps.policy.engine import Outcome
from tests.factories import listings, policy

pytestmark = pytest.mark.django_db


def asked(query: str) -> RegisterQuestion:
    return RegisterQuestion.read(QueryDict(query))


def names(query: str) -> list[str]:
    return [row.name for row in register(wanted(asked(query))).order_by("name")]


def counts(query: str, facet: str) -> dict[str, int]:
    [group] = [group for group in facets(asked(query)) if group.name == facet]
    return {choice.value: choice.count for choice in group.choices if choice.count}


def test_words_are_found_whole_or_nearly(client: Client) -> None:
    listings.listing(name="BLOOMZ", provider="BigScience")
    listings.listing(name="Falcon 180B", provider="TII")

    assert names("q=bloomz") == ["BLOOMZ"]
    assert names("q=blomz") == ["BLOOMZ"]
    assert names("q=bigscience") == ["BLOOMZ"]
    assert names("q=nothing+of+the+kind") == []


def test_facets_join_and_each_counts_beside_the_others() -> None:
    listings.listing(name="A", access="open", task="translation")
    listings.listing(name="B", access="closed", task="translation")
    listings.listing(name="C", access="open", task="text-generation")

    assert names("access=open&task=translation") == ["A"]
    assert counts("access=open", "task") == {"translation": 1, "text-generation": 1}
    assert counts("access=open", "access") == {"open": 2, "closed": 1}


def test_standing_facet_reads_the_badge() -> None:
    listings.listing(name="Carded", has_model_card=True)
    listings.listing(name="Bare", has_model_card=False)
    policy.entered(policy.rule_draft(jurisdictions=[], outcome=Outcome.SUSPEND))
    reassess()

    assert names("standing=suspend") == ["Bare"]
    assert counts("", "standing") == {"suspend": 1, "allow": 1}


def test_strange_questions_are_passed_over(client: Client) -> None:
    listings.listing(name="A")

    for query in ("standing=worst", "access=x", "sort=price", "q=%00", "licence=%00", "q=%22a+-"):
        assert client.get(f"/register/?{query}").status_code == 200, query


def test_strange_page_mark_is_refused(client: Client) -> None:
    assert client.get("/register/?after=zzz").status_code == 400


@pytest.mark.parametrize("query", ["", "q=model", "sort=changed", "sort=newest"])
def test_pages_show_every_listing_once(client: Client, query: str) -> None:
    for number in range(45):
        listings.listing(name=f"Model {number:03d}")

    shown, address = [], f"/register/?{query}"
    while address:
        answer = client.get(address)
        shown += [line.listing.name for line in answer.context["lines"]]
        mark = answer.context["page"].after
        address = f"/register/?{query}&after={mark}" if mark else ""

    assert sorted(shown) == [f"Model {number:03d}" for number in range(45)]


def test_list_costs_the_same_however_long(client: Client, django_assert_num_queries) -> None:
    policy.entered(policy.rule_draft(jurisdictions=[]))
    for number in range(3):
        listings.listing(name=f"Model {number}")
    reassess()
    with django_assert_num_queries(12):
        client.get("/register/?q=model")
    for number in range(12):
        listings.listing(name=f"Model 1{number}")
    reassess()
    with django_assert_num_queries(12):
        client.get("/register/?q=model")


def test_empty_answer_says_what_to_do(client: Client) -> None:
    listings.listing(name="A")

    page = client.get("/register/?q=indic-voice-mini").content.decode()

    assert "No listing fits “indic-voice-mini”" in page
    assert "See all listings" in page


def test_empty_register_says_so(client: Client) -> None:
    assert b"The register is empty" in client.get("/register/").content


@pytest.mark.parametrize(
    ("text", "address"),
    [("12", "/acts/12/"), ("#12", "/acts/12/"), ("bloom z", "/register/?q=bloom+z")],
)
def test_search_leads_on(client: Client, text: str, address: str) -> None:
    assert client.get("/search/", {"q": text})["Location"] == address


def test_search_knows_a_listing_and_a_rule_by_code(client: Client) -> None:
    listing, rule = listings.listing(), policy.entered().rule

    assert client.get("/search/", {"q": listing.code.lower()})["Location"] == (
        f"/listings/{listing.code}/"
    )
    assert client.get("/search/", {"q": rule.code})["Location"] == f"/rules/{rule.code}/"


def test_line_says_what_is_sterner_for_some_use_or_place(client: Client) -> None:
    listings.listing(has_model_card=False)
    policy.entered(policy.rule_draft(jurisdictions=["IN"]))
    reassess()

    assert "For some uses or places: Suspended" in client.get("/register/").content.decode()
