"""“May I use it for … in …?” on a listing's page, with and without script."""

import pytest
from django.test import Client

from apps.compliance.services.reassessing import reassess
from apps.policy.engine import Outcome
from apps.policy.services import ClauseDraft
from tests.factories import listings, policy

pytestmark = pytest.mark.django_db


@pytest.fixture
def code() -> str:
    listing = listings.listing(has_model_card=False)
    clauses = [ClauseDraft(text="Medical use needs a card.")]
    draft = policy.rule_draft(
        'req.use == "medical" && !listing.has_model_card',
        outcome=Outcome.PROHIBIT,
        jurisdictions=["IN"],
        clauses=clauses,
    )
    policy.entered(draft)
    reassess()
    return listing.code


def test_page_asks_before_it_answers(client: Client, code: str) -> None:
    page = client.get(f"/listings/{code}/").content.decode()

    assert "May I use" in page
    assert 'class="answer' not in page


def test_answer_gives_outcome_clause_and_citation(client: Client, code: str) -> None:
    page = client.get(f"/listings/{code}/?use=medical&place=IN").content.decode()
    answer = page[page.index('class="answer') : page.index('id="standing"')]

    assert "Prohibited" in answer
    assert "Medical use needs a card." in answer
    assert "/rules/R-" in answer
    assert f"/api/v1/decisions?model={code}&amp;use=medical&amp;jurisdiction=IN" in answer


def test_answer_elsewhere_is_another(client: Client, code: str) -> None:
    page = client.get(f"/listings/{code}/?use=medical&place=FR").content.decode()

    assert "Yes. No rule in force stands against it." in page


def test_htmx_gets_the_answer_alone(client: Client, code: str) -> None:
    address = f"/listings/{code}/?use=medical&place=IN"

    answer = client.get(address, headers={"HX-Request": "true"})

    assert answer.content.decode().startswith('<div class="answer a-no')
    assert b"<html" not in answer.content
    assert "HX-Request" in answer["Vary"]


def test_unknown_use_is_told_and_the_page_stays(client: Client, code: str) -> None:
    answer = client.get(f"/listings/{code}/?use=gardening&place=IN")

    assert answer.status_code == 200
    assert b"Choose a use and a jurisdiction from the lists." in answer.content


def test_listing_that_was_just_published_is_answered_at_once(client: Client, code: str) -> None:
    listing = listings.listing(has_model_card=False)

    answer = client.get(f"/listings/{listing.code}/?use=medical&place=IN")

    assert answer.status_code == 200
    assert b"Medical use needs a card." in answer.content
