"""Charter and readiness on pages, before and after the founding."""

import pytest
from django.test import Client

from tests.factories import institutions

pytestmark = pytest.mark.django_db


def test_portal_that_is_not_founded_says_so(client: Client) -> None:
    assert b"This portal has not been founded yet" in client.get("/charter/").content
    assert b"The portal is not founded." in client.get("/readiness/").content


def test_charter_names_operator_funding_and_each_chamber(client: Client) -> None:
    institutions.administrator()

    page = client.get("/charter/").content.decode()

    assert "Sangam Trust" in page
    assert "A grant of the state, published each year." in page
    for name in ("Samaj", "Sarkar", "Bazaar"):
        assert f">{name}</span>" in page
    assert "0 of 5 seats are held." in page


def test_charter_says_what_holds_for_a_model_without_a_listing(client: Client) -> None:
    page = client.get("/charter/").content.decode()

    part = page.split("Models that are not in the register")[-1]
    assert "Suspended" in part
    assert "UNREGISTERED_OUTCOME" in part
