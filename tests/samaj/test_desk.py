"""What waits for a person at society's door, and that more of it costs no more queries."""

import pytest
from django.test import Client

from apps.institutions.offices import Office
from apps.institutions.sectors import Sector
from apps.proposals.services import comment_post, comment_remove, removal_appeal
from apps.reviews.services import reviewer_assign
from tests.factories import institutions as make
from tests.factories import proposals, reviews, voting
from tests.sarkar.signing import signed_in

pytestmark = pytest.mark.django_db


def page(client):
    answer = client.get("/samaj/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_stranger_reads_what_the_door_is_for():
    text = page(Client())

    assert "Needs you" not in text
    assert "Report misuse" in text


def test_reviews_votes_and_own_proposals_wait_the_first_due_first():
    person = make.seated(Sector.SAMAJ).user
    proposals.started(person, title="A draft of mine")
    reviews.assignment(reviews.review_round(), person)
    ballot = voting.opened()
    reviews.review_round()

    text = page(signed_in(person, second_factor=False))

    assert "Needs you: 3" in text
    order = [ballot.question, "Is the text ready to be voted on?", "A draft of mine"]
    places = [text.index(words) for words in order]
    assert places == sorted(places)
    assert f'href="/ballots/{ballot.code}/#paper"' in text
    assert "Give your verdict" in text
    assert "Due in 6 days" in text


def test_a_vote_and_a_verdict_are_not_asked_for_again():
    term = make.seated(Sector.SAMAJ)
    voting.marked(voting.opened(), term)

    assert "Needs you" not in page(signed_in(term.user, second_factor=False))


def test_a_clerk_and_a_chair_find_what_they_conduct_and_decide():
    waiting, consulted = proposals.submitted(), proposals.consulted()
    author = make.actor(consulted.author)
    comment = comment_post(actor=author, proposal=consulted, text="Too wide.")
    removed = comment_remove(actor=proposals.clerk(), comment=comment, reason="Off the matter.")
    removal_appeal(actor=author, comment=removed, reason="It is not.")

    clerk = page(signed_in(make.officer(Office.CLERK), second_factor=True))
    chair = page(signed_in(make.officer(Office.CHAIR, sector=Sector.SAMAJ), second_factor=True))

    assert waiting.title in clerk
    assert "Open the consultation" in clerk
    assert "Decide the appeal" in chair
    assert "It is not." in chair


def test_more_rows_cost_no_more_queries(django_assert_num_queries):
    person = make.seated(Sector.SAMAJ).user
    client = signed_in(person, second_factor=False)

    def one_of_each():
        proposals.started(person)
        reviewer_assign(
            actor=make.actor(person), review_round=reviews.review_round(), reviewer=person
        )
        voting.opened()

    one_of_each()
    client.get("/samaj/")
    with django_assert_num_queries(15):
        client.get("/samaj/")

    for _ in range(3):
        one_of_each()
    with django_assert_num_queries(15):
        assert "Needs you: 12" in page(client)
