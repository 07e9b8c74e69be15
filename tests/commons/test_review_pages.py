"""Review rounds as pages: what is asked, who was asked, and the forms of reviewers and clerks."""

import pytest
from django.test import Client

from apps.core.actor import SYSTEM
from apps.institutions.offices import Office
from apps.institutions.sectors import Sector
from apps.reactions.runner import settle
from apps.reviews.models import Assignment, Verdict
from apps.reviews.services import reviews_turn, round_close
from apps.reviews.states import AssignmentState, RoundState, VerdictKind
from tests.authorisation.roles import signed_in
from tests.factories import institutions as make
from tests.factories import reviews

pytestmark = pytest.mark.django_db


def page(review_round, client=None):
    answer = (client or Client()).get(f"/reviews/{review_round.pk}/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_list_shows_what_is_owed_first_and_rounds_by_state():
    own = reviews.assignment(reviews.review_round())
    round_close(actor=SYSTEM, review_round=reviews.answered().round)

    text = signed_in(own.reviewer).get("/reviews/").content.decode()
    strange = Client().get("/reviews/").content.decode()
    closed = Client().get("/reviews/?state=closed").content.decode()

    assert "One verdict is awaited from you" in text
    assert "Due in 1" in text
    assert "is awaited from you" not in strange
    assert "0 of 1 answered" in strange
    assert "1 of 1 answered" in closed


def test_the_lists_ask_as_much_for_many_as_for_one(django_assert_num_queries):
    own = reviews.assignment(reviews.review_round())
    client = signed_in(own.reviewer)
    client.get("/reviews/")
    with django_assert_num_queries(12):
        client.get("/reviews/")

    for _ in range(4):
        reviews.assignment(reviews.review_round(), own.reviewer)
    with django_assert_num_queries(12):
        client.get("/reviews/")


def test_a_reviewer_accepts_and_gives_a_verdict_without_a_script():
    own = reviews.assignment(reviews.review_round())
    client, address = signed_in(own.reviewer), f"/reviews/assignments/{own.pk}"

    client.post(f"{address}/accept/")
    accepted = page(own.round, client)
    empty = client.post(f"{address}/verdict/", {"kind": "block"})
    given = client.post(
        f"{address}/verdict/", {"kind": "block", "reasons": "No date."}, follow=True
    )

    assert "I will answer in time" not in accepted
    assert empty.status_code == 400
    assert 'value="block"' in empty.content.decode()
    assert given.redirect_chain == [(f"/reviews/{own.round_id}/", 302)]
    assert Verdict.objects.get().kind == VerdictKind.BLOCK
    text = page(own.round)
    assert "A reviewer blocks the text" in text
    assert "No date." in text
    assert 'id="verdict"' not in page(own.round, client)


def test_a_reviewer_declines_with_a_reason():
    own = reviews.assignment(reviews.review_round())
    client, address = signed_in(own.reviewer), f"/reviews/assignments/{own.pk}/decline/"

    refused = client.post(address, {"reason": ""})
    client.post(address, {"reason": "I have no time."})

    assert refused.status_code == 400
    assert Assignment.objects.get().state == AssignmentState.DECLINED
    assert "I have no time." in page(own.round)


def test_a_clerk_asks_and_is_told_why_someone_cannot_be_asked():
    party, term = make.person(), make.seated(Sector.SAMAJ)
    found = reviews.review_round(concerned_people=[party.pk])
    client = signed_in(make.officer(Office.CLERK))
    assert f"Samaj (society) {term.seat.number}: {term.user}" in page(found, client)

    address = f"/reviews/{found.pk}/ask/"
    conflicted = client.post(address, {"reviewer": party.email})
    both = client.post(address, {"reviewer": party.email, "seat": f"samaj-{term.seat.number}"})
    client.post(address, {"seat": f"samaj-{term.seat.number}"})

    assert (conflicted.status_code, both.status_code) == (409, 400)
    assert "This person has a particular interest" in conflicted.content.decode()
    assert Assignment.objects.get().reviewer == term.user
    assert f"Samaj (society) {term.seat.number}:" not in page(found, client)


def test_a_clerk_closes_a_complete_round():
    done = reviews.answered()
    client = signed_in(make.officer(Office.CLERK))
    assert "Close the round" in page(done.round, client)

    client.post(f"/reviews/{done.round_id}/close/")

    done.round.refresh_from_db()
    assert done.round.state == RoundState.CLOSED
    assert "Ask a reviewer" not in page(done.round, client)


def test_reminders_and_lateness_are_shown(clock):
    own = reviews.assignment(reviews.review_round())
    client = signed_in(own.reviewer)

    clock.advance("12 days")
    reviews_turn()
    assert "You were reminded" in page(own.round, client)
    assert "</time>, reminded" in " ".join(page(own.round).split())

    clock.advance("4 days")
    assert "Overdue by 1 day" in page(own.round, client)


def test_an_act_about_a_round_leads_to_its_page():
    found = reviews.review_round()
    settle()

    assert f'href="/reviews/{found.pk}/"' in Client().get("/acts/").content.decode()
    assert "A review round was opened" in page(found)


def test_a_stranger_is_asked_to_sign_in():
    own = reviews.assignment(reviews.review_round())

    for address in (f"/reviews/assignments/{own.pk}/verdict/", f"/reviews/{own.round_id}/ask/"):
        assert Client().post(address, {})["Location"].startswith("/accounts/login/")
