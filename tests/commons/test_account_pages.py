"""The look of the account pages: our frame, our fields, no foreign markup."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db

ENTRANCES = ["/accounts/login/", "/accounts/signup/", "/accounts/password/reset/"]


@pytest.mark.parametrize("address", ENTRANCES)
def test_account_page_stands_in_our_frame(client: Client, address: str) -> None:
    page = client.get(address).content.decode()

    assert 'class="masthead' in page or "masthead" in page
    assert page.count("<h1>") == 1
    assert '<label for="id_' in page
    assert "as_p" not in page


def test_wrong_password_is_told_in_a_summary(client: Client) -> None:
    answer = client.post("/accounts/login/", {"login": "a@example.org", "password": "wrong"})

    assert answer.status_code == 200
    assert b'class="errors' in answer.content
    assert b'role="alert"' in answer.content


def test_page_tells_where_post_lies_that_is_not_sent(client: Client, settings) -> None:
    address = "/accounts/password/reset/done/"
    assert b"lies as a file" not in client.get(address).content

    settings.EMAIL_FILE_PATH = "var/mail"

    assert b"lies as a file in the folder var/mail" in client.get(address).content
