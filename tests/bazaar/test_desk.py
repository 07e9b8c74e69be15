"""What waits for a company and its member at the market's door."""

import pytest

from apps.compliance.models import Acknowledgement
from apps.institutions.sectors import Sector
from apps.reactions.runner import settle
from tests.factories import cases, institutions, listings, markets, policy, voting
from tests.sarkar.signing import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def company():
    return institutions.organisation("Prism Labs")


@pytest.fixture
def owner(company):
    return institutions.owner_of(company)


def page(client):
    answer = client.get("/bazaar/")
    assert answer.status_code == 200
    return answer.content.decode()


def alleged(company, owner):
    actor = institutions.actor(owner)
    return cases.alleged(listings.listing(actor=actor, organisation=company))


def test_an_allegation_and_a_vote_wait_the_first_due_first(company, owner):
    case = alleged(company, owner)
    institutions.seated(Sector.BAZAAR, user=owner)
    ballot = voting.opened()

    text = page(signed_in(owner, second_factor=False))

    assert "Needs you: 2" in text
    assert text.index(ballot.question) < text.index(case.title)
    assert 'href="/bazaar/cases/"' in text
    assert "Due in 13 days" in text or "Due in 14 days" in text


def test_nothing_waits_for_a_company_that_answered(company, owner):
    listings.listing(actor=institutions.actor(owner), organisation=company)

    text = page(signed_in(owner, second_factor=False))

    assert "Nothing waits for you." in text
    assert "Needs you" not in text


def test_more_rows_cost_no_more_queries(company, owner, django_assert_num_queries):
    alleged(company, owner)
    client = signed_in(owner, second_factor=False)
    client.get("/bazaar/")
    with django_assert_num_queries(24):
        client.get("/bazaar/")

    for _ in range(3):
        alleged(company, owner)
    with django_assert_num_queries(24):
        client.get("/bazaar/")


def test_a_marketplace_says_from_the_row_that_it_applied_a_change():
    market = markets.bound(listings.listing())
    policy.entered(policy.rule_draft('listing.task == "text-generation"'))
    settle()
    client = signed_in(institutions.owner_of(market.organisation), second_factor=False)
    row = Acknowledgement.objects.get()

    text = page(client)
    address = f"/bazaar/marketplaces/{market.slug}/acknowledge/"
    assert f'action="{address}"' in text
    assert f'name="id" value="{row.pk}"' in text
    client.post(address, {"id": str(row.pk), "kind": "applied"})

    assert "We have applied it" not in page(client)
