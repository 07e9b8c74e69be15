"""A company tries a model out, and reads the nearest ways out."""

import pytest
from django.test import Client

from apps.compliance.services.reassessing import reassess
from apps.listings.models import Listing
from tests.factories import institutions as people
from tests.factories import listings as make
from tests.factories import policy
from tests.sarkar.signing import signed_in

pytestmark = pytest.mark.django_db
LUMEN = {"name": "Lumen 7B", "provider": "Prism", "external_id": "lumen-7b", "task": "chat"}


@pytest.fixture
def company():
    return people.organisation("Prism Labs")


@pytest.fixture
def browser(company) -> Client:
    return signed_in(people.owner_of(company), second_factor=False)


def test_a_model_is_tried_by_the_form_and_nothing_is_kept(browser):
    policy.entered(policy.rule_draft("!listing.has_model_card", jurisdictions=["*"]))

    answer = browser.post(
        "/bazaar/listings/enter/", LUMEN | {"has_model_card": "false", "try": "1"}
    )

    text = answer.content.decode()
    assert answer.status_code == 200
    assert "How it would stand" in text
    assert "Publish a model card." in text
    assert 'value="Lumen 7B"' in text
    assert not Listing.objects.exists()


def test_the_nearest_ways_out_stand_on_the_page_of_a_listing(browser, company):
    policy.entered(policy.rule_draft("!listing.has_model_card", jurisdictions=["*"]))
    policy.entered(
        policy.rule_draft('listing.task == "chat"', jurisdictions=["FR"], uses=["medical"])
    )
    owner = people.actor(people.owner_of(company))
    listing = make.listing(
        actor=owner, organisation=company, has_model_card=False, task="chat",
        source=company.code.lower(),
    )  # fmt: skip
    reassess()

    text = browser.get(f"/bazaar/listings/{listing.code}/").content.decode()

    assert "The nearest ways out" in text
    assert "Publish a model card." in text
    assert "For any use, everywhere" in text
    assert "Nothing that you can do turns it" in text.split("For Medical, France")[1]
    tried = browser.post(
        f"/bazaar/listings/{listing.code}/",
        {"name": listing.name, "has_model_card": "true", "task": "chat", "try": "1"},
    ).content.decode()
    assert "How it would stand" in tried
    listing.refresh_from_db()
    assert listing.current.has_model_card is False
