import uuid

import pytest

from apps.compliance.models import Simulation
from apps.compliance.services import reassess
from apps.institutions.scopes import Scope
from tests.compliance.test_api import client
from tests.factories import institutions, listings

pytestmark = pytest.mark.django_db
API = "/api/v1/simulations"


def sent(**changes):
    facts = {
        "title": "Models without a card",
        "authority": "Ministry of Models",
        "expression": 'listing.task == "emotion-recognition"',
        "outcome": "suspend",
        "legal_basis": "Digital Markets Act, section 7",
        "clauses": [{"text": "A model without a card is suspended."}],
    }
    return facts | changes


def test_over_the_api_it_is_asked_for_and_then_read():
    listings.listing(task="emotion-recognition")
    reassess()
    asking = client(institutions.person(), Scope.RULES_READ)

    answer = asking.post(API, sent(), format="json", headers={"Idempotency-Key": "k"})

    assert answer.status_code == 202
    told = asking.get(answer.headers["Location"]).json()
    assert (told["state"], told["percent"], told["current"]) == ("done", 100, True)
    assert (told["rule"], told["document"]["changed"]) == (None, 1)


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (sent(expression="listing.tusk == 1"), 400, "rule-refused"),
        (sent(rule="R-99999-X"), 400, "code-mistyped"),
        (sent(outcome="maim"), 400, "invalid"),
        ({}, 400, "invalid"),
        ([], 400, "invalid"),
    ],
)
def test_what_cannot_be_asked_is_told_and_nothing_is_kept(body, status, code):
    asking = client(institutions.person(), Scope.RULES_READ)

    answer = asking.post(API, body, format="json", headers={"Idempotency-Key": "k"})

    assert (answer.status_code, answer.json()["type"]) == (status, f"/problems/{code}")
    assert not Simulation.objects.exists()


def test_an_unknown_one_is_not_found():
    asking = client(institutions.person(), Scope.RULES_READ)

    answer = asking.get(f"{API}/{uuid.uuid4()}")

    assert (answer.status_code, answer.json()["type"]) == (404, "/problems/simulation-unknown")
