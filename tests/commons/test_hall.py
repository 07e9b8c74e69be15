"""Pages that explain the hall, and the page of every problem."""

import pytest
from django.test import Client

from apps.commons.views.problems import kinds

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
