"""Pages of the hall: frame, log, refusals."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def test_first_page_needs_no_cookie_and_one_style(client: Client) -> None:
    answer = client.get("/")

    assert answer.status_code == 200
    assert not answer.cookies
    assert answer.content.count(b'rel="stylesheet"') == 1
    assert b"<script" not in answer.content
    assert b" style=" not in answer.content


def test_unknown_act_is_a_page_that_says_what_to_do(client: Client) -> None:
    answer = client.get("/acts/7/")

    assert answer.status_code == 404
    assert b"The journal has no act at this position." in answer.content


def test_strange_page_mark_is_refused(client: Client) -> None:
    answer = client.get("/acts/?after=x")

    assert answer.status_code == 400
    assert b"Start again at the first page." in answer.content


def test_unknown_address_is_a_page(client: Client) -> None:
    answer = client.get("/nowhere/")

    assert answer.status_code == 404
    assert b"There is nothing at this address" in answer.content


def test_language_is_changed_without_script(client: Client) -> None:
    client.post("/language/", {"language": "hi", "next": "/"})

    assert b'<html lang="hi"' in client.get("/").content
