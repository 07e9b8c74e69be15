"""Follow a listing, and dispute what stands of it."""

import pytest
from django.test import Client

from apps.listings.models import Dispute, Follow
from apps.listings.readers import ParentDraft
from apps.proposals.models import Follower
from tests.factories import institutions, listings, proposals

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(client: Client) -> Client:
    client.force_login(institutions.person())
    return client


def test_reader_follows_and_stops(reader: Client) -> None:
    code = listings.listing().code

    reader.post(f"/listings/{code}/follow/")
    followed = Follow.objects.count()
    reader.post(f"/listings/{code}/follow/", {"end": "1"})

    assert followed == 1
    assert Follow.objects.count() == 0


def test_page_shows_whether_it_is_followed(reader: Client) -> None:
    code = listings.listing().code
    before = reader.get(f"/listings/{code}/").content

    reader.post(f"/listings/{code}/follow/")

    assert b"Follow this listing" in before
    assert b"Follow it no more" in reader.get(f"/listings/{code}/").content


def test_reader_follows_a_proposal_and_stops(reader: Client) -> None:
    page = f"/proposals/{proposals.consulted().code}/"
    before = reader.get(page).content

    begun = reader.post(f"{page}follow/", follow=True).content
    followed = Follower.objects.count()
    ended = reader.post(f"{page}follow/", {"end": "1"}, follow=True).content

    assert b"Follow this proposal" in before
    assert b"You follow this proposal." in begun
    assert b"Follow it no more" in begun
    assert b"You no longer follow this proposal." in ended
    assert (followed, Follower.objects.count()) == (1, 0)


@pytest.mark.parametrize("way", ["follow", "dispute"])
def test_stranger_is_led_to_sign_in(client: Client, way: str) -> None:
    code = listings.listing().code

    answer = client.post(f"/listings/{code}/{way}/", {"subject": "task", "statement": "Wrong."})

    assert answer.status_code == 302
    assert answer["Location"].startswith("/accounts/login/")
    assert Follow.objects.count() == Dispute.objects.count() == 0


def test_reader_disputes_a_fact_and_everyone_sees_it(reader: Client) -> None:
    code = listings.listing().code

    reader.post(f"/listings/{code}/dispute/", {"subject": "task", "statement": "It translates."})

    dispute = Dispute.objects.get()
    page = Client().get(f"/listings/{code}/").content.decode()
    assert dispute.fact == "task"
    assert "It translates." in page
    assert dispute.code in page


def test_reader_disputes_a_line_of_descent_once(reader: Client) -> None:
    parent = ParentDraft("some-base", "weights", "", "")
    child = listings.listing(parents=(parent,))
    edge = str(child.current.parents.get().pk)
    said = {"subject": edge, "statement": "Trained from nothing."}

    reader.post(f"/listings/{child.code}/dispute/", said)
    again = reader.post(f"/listings/{child.code}/dispute/", said)

    assert Dispute.objects.get().edge_id is not None
    assert again.status_code == 200
    assert b"This is open already." in again.content


def test_empty_dispute_says_what_is_missing(reader: Client) -> None:
    code = listings.listing().code

    answer = reader.post(f"/listings/{code}/dispute/", {"subject": "task", "statement": ""})

    assert b"Not saved: one thing needs another look" in answer.content
    assert Dispute.objects.count() == 0
