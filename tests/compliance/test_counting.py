"""The vocabulary says how many listings have each fact."""

import datetime as dt

import pytest
from django.test import Client

from apps.compliance.selectors.counting import FactCount, facts_counted
from apps.compliance.services import reassess
from apps.core.actor import OPERATOR
from apps.core.clock import now
from apps.listings.readers import EvaluationDraft
from apps.listings.services import listing_withdraw
from tests.factories import listings

pytestmark = pytest.mark.django_db


def test_each_fact_is_counted_over_the_listings_on_offer():
    test = EvaluationDraft(kind="toxicity", score=0.2, measured_date=now().date() - dt.timedelta(9))
    listings.listing(params_b=7.0, tags=("nsfw",), evaluations=(test,))
    listings.listing(task="asr")
    gone = listings.listing(params_b=7.0)
    listing_withdraw(actor=OPERATOR, listing_id=gone.pk, reason="Gone.")
    reassess()

    found = facts_counted()

    assert found.listings == 2
    known = {name: count.known for name, count in found.facts.items()}
    assert (known["task"], known["params_b"], known["tags"], known["evals"]) == (2, 1, 1, 1)
    assert (known["eval_age_days"], known["eval_toxicity"], known["eval_bias_gap"]) == (1, 1, 0)
    assert found.facts["has_model_card"] == FactCount(2, 0, 0)
    page = Client().get("/vocabulary/").content.decode()
    assert "Counted over 2 listings on offer." in page


def test_counts_follow_new_facts():
    assert facts_counted().listings == 0

    listings.listing()
    reassess()

    assert facts_counted().listings == 1
