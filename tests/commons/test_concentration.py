import pytest
from django.test import Client

from apps.institutions.models import OwnerGroup
from apps.listings.models import Provider
from tests.factories import listings

pytestmark = pytest.mark.django_db


def fill(*counts):
    for number, count in enumerate(counts):
        listings.write(*[listings.draft(provider=f"Maker {number}") for _ in range(count)])


def test_the_page_and_the_json_say_the_same():
    fill(5, 2, 1, 1, 1)

    text = Client().get("/concentration/").content.decode()
    told = Client().get("/api/v1/concentration").json()["layers"]

    listed, bases = told
    assert listed["layer"] == "listings"
    assert (listed["participants"], listed["total"], listed["hhi"]) == (5, 10, 3200)
    assert (listed["cr1"], listed["cr4"], listed["effective"]) == (50, 90, 3.1)
    assert listed["largest"][0] == {"name": "Maker 0", "amount": 5, "percent": 50.0}
    assert (bases["participants"], bases["hhi"], bases["largest"]) == (0, None, [])
    assert "The largest owner has 50 %, the four largest 90 %. The index is 3,200" in text
    assert "Maker 0" in text
    assert "no measure is shown" in text


def test_owners_of_one_group_count_as_one():
    fill(3, 3, 1, 1, 1, 1)
    group = OwnerGroup.objects.create(name="The Group")
    Provider.objects.filter(name__in=["Maker 0", "Maker 1"]).update(owner_group=group)

    [listed, _bases] = Client().get("/api/v1/concentration").json()["layers"]

    assert listed["largest"][0] == {"name": "The Group", "amount": 6, "percent": 60.0}


def test_few_owners_are_not_shown():
    fill(3, 2, 1, 1)

    [listed, _bases] = Client().get("/api/v1/concentration").json()["layers"]

    assert (listed["participants"], listed["hhi"], listed["largest"]) == (4, None, [])


def test_many_owners_cost_no_more_questions_than_few(django_assert_max_num_queries):
    fill(*[1] * 30)

    with django_assert_max_num_queries(8):
        assert Client().get("/concentration/").status_code == 200
