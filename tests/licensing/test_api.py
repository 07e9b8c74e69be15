import pytest
from django.test import Client


@pytest.mark.django_db
def test_the_register_is_read_page_by_page(django_assert_num_queries):
    seen, after = [], ""
    while True:
        told = Client().get("/api/v1/licences", {"limit": 15, "after": after}).json()
        seen += [row["id"] for row in told["licences"]]
        after = told["after"]
        if not after:
            break

    assert len(seen) == len(set(seen)) == 40
    family = Client().get("/api/v1/licences", {"family": "Llama"}).json()["licences"]
    assert [row["id"] for row in family] == [
        "llama1",
        "llama2",
        "llama3",
        "llama3.1",
        "llama3.2",
        "llama3.3",
        "llama4",
    ]


@pytest.mark.django_db
def test_one_licence_tells_what_it_forbids():
    told = Client().get("/api/v1/licences/openrail++").json()

    assert "medical" in told["uses_forbidden"]
    assert {"code": "MED", "place": "item 10"}.items() <= told["restrictions"][5].items()
    assert "update-duty" not in told["terms"]


@pytest.mark.django_db
@pytest.mark.parametrize("slug", ["nothing", "%00"])
def test_an_unknown_licence_is_a_problem(slug):
    answer = Client().get(f"/api/v1/licences/{slug}")

    assert answer.status_code == 404
    assert answer.json()["type"] == "/problems/licence-unknown"
