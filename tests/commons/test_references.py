"""Reference pages: uses, licences, the API from its own schema."""

import pytest
from django.test import Client

from apps.commons.selectors.openapi import document, operations
from apps.licensing.models import Licence
from apps.policy.engine import VOCABULARY

pytestmark = pytest.mark.django_db


def test_every_licence_has_its_page(client: Client) -> None:
    for slug in Licence.objects.values_list("id", flat=True):
        assert client.get(f"/licences/{slug}/").status_code == 200, slug


def test_licence_says_what_it_forbids_and_where(client: Client) -> None:
    page = client.get("/licences/bigscience-bloom-rail-1.0/").content.decode()

    assert "medical" in page
    assert "MED" in page


def test_unknown_licence_is_told(client: Client) -> None:
    answer = client.get("/licences/none-such/")

    assert answer.status_code == 404
    assert b"The register has no licence of this name." in answer.content


def test_lists_cost_the_same_however_long(client: Client, django_assert_num_queries) -> None:
    with django_assert_num_queries(2):
        client.get("/licences/")
    with django_assert_num_queries(4):
        client.get("/uses/")


def test_api_page_shows_every_operation(client: Client) -> None:
    page = client.get("/api/").content.decode()

    for group in operations().values():
        for operation in group:
            assert operation.path in page
    assert sum(map(len, operations().values())) == sum(
        method in {"get", "post", "put", "patch", "delete"}
        for item in document()["paths"].values()
        for method in item
    )


def test_vocabulary_shows_every_fact_a_rule_may_ask(client: Client) -> None:
    page = client.get("/vocabulary/").content.decode()

    for name in VOCABULARY.listing:
        assert f"listing.{name}" in page
    for name in VOCABULARY.request:
        assert f"req.{name}" in page
