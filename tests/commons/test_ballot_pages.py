import datetime as dt

import pytest
from django.test import Client

from apps.core.actor import SYSTEM
from apps.core.clock import now
from apps.institutions.sectors import Sector
from apps.reactions.runner import settle
from apps.voting.models import RollEntry, Vote
from apps.voting.services import ballot_annul, ballot_close, recusal_declare
from apps.voting.states import Choice, Interest
from tests.authorisation.roles import signed_in
from tests.factories import institutions, voting

pytestmark = pytest.mark.django_db


@pytest.fixture
def terms():
    return voting.chambers(2)


@pytest.fixture
def ballot(terms):
    return voting.opened()


def page(ballot, client=None):
    answer = (client or Client()).get(f"/ballots/{ballot.code}/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_list_shows_open_ballots_first_and_the_others_by_state(terms):
    opened, coming = voting.opened(), voting.prepared(opens_at=now() + dt.timedelta(days=1))
    gone = voting.opened()
    ballot_annul(actor=SYSTEM, ballot=gone, reason="Withdrawn.")

    shown = {
        state: Client().get(f"/ballots/?state={state}").content.decode()
        for state in ("open", "draft", "tallied", "annulled", "nonsense")
    }

    assert [state for state, text in shown.items() if opened.question in text] == [
        "open",
        "nonsense",
    ]
    assert [state for state, text in shown.items() if coming.question in text] == ["draft"]
    assert [state for state, text in shown.items() if gone.question in text] == ["annulled"]
    assert "No ballot stands here now" in shown["tallied"]


def test_the_list_asks_as_much_for_fifty_ballots_as_for_one(terms, django_assert_num_queries):
    voting.opened()
    with django_assert_num_queries(3):
        Client().get("/ballots/")

    for _ in range(5):
        voting.opened()
    with django_assert_num_queries(3):
        Client().get("/ballots/")


def test_before_the_count_the_page_says_who_voted_and_not_how(ballot, terms):
    voting.marked(ballot, terms[Sector.SAMAJ][0], Choice.ABSTAIN)

    text = page(ballot)

    assert "1 of 2 voted, quorum 1" in text
    assert "yes, it has voted" in text
    assert "Abstained</th>" not in text
    assert ballot.text_hash in text
    assert ballot.roll_hash in text
    assert '<form class="paper' not in text


def test_after_the_count_the_page_shows_result_and_file(ballot, terms, clock):
    for held in terms.values():
        voting.marked(ballot, held[0], Choice.YES)
    voting.marked(ballot, terms[Sector.BAZAAR][1], Choice.NO)
    clock.advance("7 days")
    ballot_close(actor=SYSTEM, ballot=ballot)

    text = page(ballot)

    assert "1 yes, 1 no, 0 abstained, 0 did not vote; quorum 1" in text
    assert "1 yes, 0 no, 0 abstained, 1 did not vote; quorum 1" in text
    assert "Not carried" in text
    assert f"/api/v1/ballots/{ballot.code}/recount" in text


def test_a_seat_votes_and_changes_its_mark_without_a_script(ballot, terms):
    term = terms[Sector.SARKAR][0]
    client = signed_in(term.user)
    assert f"Cast the vote of seat {term.seat.number}" in page(ballot, client)

    for choice in ("yes", "no"):
        answer = client.post(f"/ballots/{ballot.code}/vote/", {"choice": choice}, follow=True)
        assert answer.redirect_chain == [(f"/ballots/{ballot.code}/", 302)]

    assert "Your seat said: No." in answer.content.decode()
    assert 'value="no" checked' in page(ballot, client)
    assert Vote.objects.standing().get().choice == Choice.NO


def test_an_empty_paper_marks_nothing(ballot, terms):
    client = signed_in(terms[Sector.SARKAR][0].user)

    answer = client.post(f"/ballots/{ballot.code}/vote/", {})

    assert answer.status_code == 400
    assert "choose yes, no or abstain" in answer.content.decode()
    assert Vote.objects.count() == 0


def test_a_seat_steps_aside_by_form(ballot, terms):
    client = signed_in(terms[Sector.BAZAAR][0].user)
    address = f"/ballots/{ballot.code}/step-aside/"

    refused = client.post(address, {"interest": "financial", "reason": " "})
    client.post(address, {"interest": "financial", "reason": "I own shares."})

    assert refused.status_code == 400
    entry = RollEntry.objects.get(recused_at__isnull=False)
    assert (entry.interest, entry.recusal_reason) == (Interest.FINANCIAL, "I own shares.")
    text = page(ballot, client)
    assert "I own shares." in text
    assert '<form class="paper' not in text


def test_a_vote_after_the_close_is_told_so(ballot, terms, clock):
    client = signed_in(terms[Sector.BAZAAR][0].user)
    clock.advance("7 days")

    answer = client.post(f"/ballots/{ballot.code}/vote/", {"choice": "yes"})

    assert answer.status_code == 409
    assert "This ballot is closed." in answer.content.decode()
    assert "Closed, being counted" in page(ballot, client)
    assert '<form class="paper' not in page(ballot, client)


def test_a_stranger_is_asked_to_sign_in(ballot):
    answer = Client().post(f"/ballots/{ballot.code}/vote/", {"choice": "yes"})

    assert answer.status_code == 302
    assert answer["Location"].startswith("/accounts/login/")


def test_a_chamber_aside_has_no_bar(terms, clock):
    ballot = voting.opened()
    for term in terms[Sector.SAMAJ]:
        recusal_declare(
            actor=institutions.actor(term.user),
            ballot=ballot,
            interest=Interest.OWN_CASE,
            reason="Ours.",
        )
    clock.advance("7 days")
    ballot_close(actor=SYSTEM, ballot=ballot)

    assert "Cannot decide: more than half stepped aside" in page(ballot)


def test_a_ballot_to_come_and_one_called_off_have_their_pages(terms):
    coming = voting.prepared(opens_at=now() + dt.timedelta(days=1))
    assert "It opens" in page(coming)

    ballot_annul(actor=SYSTEM, ballot=coming, reason="The proposal was withdrawn.")

    assert "The proposal was withdrawn." in page(coming)


def test_an_act_about_a_ballot_leads_to_its_page(ballot):
    settle()

    text = Client().get("/acts/").content.decode()

    assert text.count("A ballot opened, its rolls frozen") == 1
    assert f'href="/ballots/{ballot.code}/"' in text
    assert "A ballot opened, its rolls frozen" in page(ballot)


def test_an_unknown_ballot_has_no_page():
    assert Client().get("/ballots/B-00000-0/").status_code == 404


def test_the_roll_begins_with_samaj_and_says_who_did_not_vote(ballot, terms, clock):
    voting.marked(ballot, terms[Sector.BAZAAR][0], Choice.ABSTAIN)
    assert page(ballot).count("not yet</span>") == 5
    clock.advance("7 days")
    ballot_close(actor=SYSTEM, ballot=ballot)

    text = page(ballot)

    assert text.count("did not vote</span>") == 5
    roll = text[text.index('id="roll"') : text.index('id="history"')]
    assert roll.index("Samaj") < roll.index("Sarkar") < roll.index("Bazaar")
    assert "There is no quorum in all chambers" in text


def test_seats_that_only_advise_are_counted_beside_the_bar(terms):
    assert "2 seats advise only" in page(voting.opened(jurisdictions=["IN"]))
