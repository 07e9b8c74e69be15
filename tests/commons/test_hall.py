"""Pages that explain the hall, and the page of every problem."""

import pytest
from django.test import Client

from apps.commons.selectors.figures import bars
from apps.commons.views.problems import kinds
from apps.compliance.services.reassessing import reassess
from tests.factories import listings, policy

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "address",
    ["/", "/acts/", "/glossary/", "/privacy/", "/accessibility/", "/contact/", "/problems/"],
)
def test_page_stands_for_anyone(client: Client, address: str) -> None:
    answer = client.get(address)

    assert answer.status_code == 200
    assert answer.content.count(b"<h1") == 1


def test_every_refusal_has_its_page(client: Client) -> None:
    for kind in kinds():
        answer = client.get(f"/problems/{kind.code}/")

        assert answer.status_code == 200, kind
        assert f"/problems/{kind.code}".encode() in answer.content


def test_refusal_by_status_has_its_page(client: Client) -> None:
    assert b"415" in client.get("/problems/media-type-not-read/").content


def test_unknown_problem_is_not_found(client: Client) -> None:
    assert client.get("/problems/nothing-of-ours/").status_code == 404


def test_security_contact_is_published(client: Client) -> None:
    lines = client.get("/.well-known/security.txt").content.decode().splitlines()

    assert lines[0] == "Contact: mailto:contact@sangam.example"
    assert [line.split(":")[0] for line in lines] == [
        "Contact",
        "Expires",
        "Preferred-Languages",
        "Canonical",
    ]


def test_page_is_read_only(client: Client) -> None:
    assert client.post("/glossary/").status_code == 405


def test_home_shows_live_figures(client: Client) -> None:
    listings.listing(has_model_card=True)
    listings.listing(has_model_card=False)
    policy.entered(policy.rule_draft(jurisdictions=[]))
    reassess()

    page = client.get("/").content.decode()

    assert "1 of 2 listings may be offered" in page
    assert 'aria-label="Allowed 1, With conditions 0, Restricted 0, Suspended 1' in page
    assert "Models without a card" in page


def test_home_counts_no_listing_free_that_one_use_forbids(client: Client) -> None:
    listings.listing(has_model_card=False)
    policy.entered(policy.rule_draft(jurisdictions=["IN"]))
    reassess()

    page = client.get("/").content.decode()

    assert "0 of 1 listings may be offered for any use, everywhere" in page
    assert 'aria-label="Allowed 1,' in page


def test_home_of_an_empty_portal_has_no_picture(client: Client) -> None:
    page = client.get("/").content.decode()

    assert "listings may be offered" not in page
    assert "No act has been recorded yet." in page


def test_home_costs_the_same_however_much_there_is(
    client: Client, django_assert_num_queries
) -> None:
    listings.listing()
    reassess()
    with django_assert_num_queries(12):
        client.get("/")
    for _ in range(5):
        listings.listing()
    reassess()
    with django_assert_num_queries(12):
        client.get("/")


def test_bars_fill_the_width() -> None:
    found = bars({0: 1, 1: 2, 4: 1})

    assert [(bar.start, bar.width) for bar in found] == [
        (0, 25),
        (25, 50),
        (75, 0),
        (75, 0),
        (75, 25),
    ]
