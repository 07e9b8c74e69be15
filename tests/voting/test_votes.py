import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from apps.core.actor import ANONYMOUS, SYSTEM
from apps.core.clock import now
from apps.core.errors import NotPermitted
from apps.institutions.sectors import Sector
from apps.institutions.services import seat_vacate
from apps.journal.models import RecordedAct
from apps.voting import errors
from apps.voting.models import Vote
from apps.voting.permissions import can_vote
from apps.voting.selectors import result
from apps.voting.selectors.ballots import ballots_awaiting
from apps.voting.services import ballot_annul, ballot_close, recusal_declare, vote_cast
from apps.voting.states import Choice, Interest
from tests.factories import institutions, voting

pytestmark = pytest.mark.django_db
WEEK = "7 days"


@pytest.fixture
def terms():
    return voting.chambers(2)


@pytest.fixture
def samaj(terms):
    return terms[Sector.SAMAJ][0]


@pytest.fixture
def ballot(terms):
    return voting.opened()


def kinds():
    return list(
        RecordedAct.objects.filter(kind__startswith="voting.")
        .order_by("id")
        .values_list("kind", flat=True)
    )


def test_a_seat_marks_its_paper(ballot, samaj):
    vote = voting.marked(ballot, samaj, Choice.NO)

    assert (vote.entry.term, vote.choice, vote.replaced_at) == (samaj, Choice.NO, None)
    act = RecordedAct.objects.get(kind="voting.vote.cast")
    assert act.payload == {"seat": str(samaj.seat_id), "again": False}


def test_the_last_mark_counts_and_the_first_is_kept(ballot, samaj):
    first = voting.marked(ballot, samaj, Choice.NO)
    second = voting.marked(ballot, samaj, Choice.YES)

    assert list(Vote.objects.standing()) == [second]
    first.refresh_from_db()
    assert first.replaced_at == second.cast_at
    assert kinds()[-2:] == ["voting.vote.cast", "voting.vote.cast"]


def test_the_same_mark_again_is_no_news(ballot, samaj):
    first = voting.marked(ballot, samaj, Choice.ABSTAIN)
    again = voting.marked(ballot, samaj, Choice.ABSTAIN)

    assert again == first
    assert kinds().count("voting.vote.cast") == 1


def test_a_vote_after_the_close_is_refused_even_before_the_tick(ballot, samaj, clock):
    clock.advance(WEEK)

    with pytest.raises(errors.BallotClosed):
        voting.marked(ballot, samaj)

    assert Vote.objects.count() == 0
    ballot.refresh_from_db()
    assert ballot.state == "open"


def test_a_vote_just_before_the_close_counts(ballot, samaj, clock):
    clock.advance("6 days 23 hours 59 minutes")

    assert voting.marked(ballot, samaj).choice == Choice.YES


def test_the_database_itself_refuses_a_vote_out_of_time(ballot, samaj, clock):
    line = voting.entry(ballot, samaj)
    clock.advance(WEEK)

    with pytest.raises(IntegrityError, match="The ballot is not open"):
        Vote.objects.create(ballot=ballot, entry=line, choice="yes", cast_at=now())


def test_the_database_itself_refuses_a_second_standing_vote(ballot, samaj):
    voting.marked(ballot, samaj)

    with pytest.raises(IntegrityError, match="voting_one_standing_vote_per_seat"):
        Vote.objects.create(
            ballot=ballot, entry=voting.entry(ballot, samaj), choice="no", cast_at=now()
        )


def test_the_database_itself_refuses_a_seat_of_another_ballot(ballot, samaj):
    other = voting.opened()

    with (
        pytest.raises(IntegrityError, match="voting_vote_of_its_ballot"),
        transaction.atomic(),
    ):
        Vote.objects.create(
            ballot=other, entry=voting.entry(ballot, samaj), choice="no", cast_at=now()
        )


def test_the_database_itself_refuses_a_rewritten_vote(ballot, samaj):
    vote = voting.marked(ballot, samaj, Choice.NO)
    vote.choice = Choice.YES

    with pytest.raises(IntegrityError, match="never rewritten"):
        vote.save()


def test_a_ballot_to_come_takes_no_vote(samaj):
    ballot = voting.prepared(opens_at=now() + dt.timedelta(days=1))

    with pytest.raises(errors.BallotNotOpen):
        voting.marked(ballot, samaj)


def test_a_seat_that_stepped_aside_cannot_vote_and_its_mark_falls(ballot, samaj):
    voting.marked(ballot, samaj)

    line = recusal_declare(
        actor=institutions.actor(samaj.user),
        ballot=ballot,
        interest=Interest.CLOSE_PERSON,
        reason=" My sister's company is a party. ",
    )

    assert line.recusal_reason == "My sister's company is a party."
    assert Vote.objects.standing().count() == 0
    with pytest.raises(errors.SeatRecused):
        voting.marked(ballot, samaj)
    with pytest.raises(IntegrityError, match="The seat stepped aside"):
        Vote.objects.create(ballot=ballot, entry=line, choice="yes", cast_at=now())


def test_stepping_aside_needs_a_reason_and_happens_once(ballot, samaj):
    who = institutions.actor(samaj.user)
    told = {"actor": who, "ballot": ballot, "interest": Interest.FINANCIAL}

    with pytest.raises(errors.ReasonMissing):
        recusal_declare(**told, reason=" ")
    recusal_declare(**told, reason="Shares.")
    with pytest.raises(errors.SeatRecused):
        recusal_declare(**told, reason="Shares.")

    assert kinds().count("voting.recusal.declared") == 1


def test_stepping_aside_after_the_close_is_refused(ballot, samaj, clock):
    clock.advance(WEEK)

    with pytest.raises(errors.BallotClosed):
        recusal_declare(
            actor=institutions.actor(samaj.user),
            ballot=ballot,
            interest=Interest.FINANCIAL,
            reason="Shares.",
        )

    assert voting.entry(ballot, samaj).recused_at is None


def test_how_seats_marked_is_hidden_until_the_count(ballot, terms, clock):
    voting.marked(ballot, terms[Sector.SAMAJ][0], Choice.YES)

    before = {chamber.sector: chamber for chamber in result(ballot).chambers}[Sector.SAMAJ]
    clock.advance(WEEK)
    closed = ballot_close(actor=SYSTEM, ballot=ballot)
    after = {chamber.sector: chamber for chamber in result(closed).chambers}[Sector.SAMAJ]

    assert (before.marked, before.figures.yes) == (1, 0)
    assert (after.marked, after.figures.yes) == (1, 1)


def test_a_seat_sees_which_ballots_wait_for_it(ballot, samaj):
    who = institutions.actor(samaj.user)
    assert [line.ballot for line in ballots_awaiting(who)] == [ballot]

    voting.marked(ballot, samaj)

    assert list(ballots_awaiting(who)) == []


# Role by state: who may mark in which state of the ballot.
ROLES = ("seat", "seat that stepped aside", "seat that was left", "suspended seat", "stranger")
STATES = ("draft", "open", "past its end", "tallied", "annulled")
EXPECTED = {
    ("seat", "open"): None,
    ("seat", "past its end"): errors.BallotClosed,
    ("seat", "tallied"): errors.BallotClosed,
    ("seat", "annulled"): errors.BallotNotOpen,
    ("seat that stepped aside", "open"): errors.SeatRecused,
    ("seat that stepped aside", "past its end"): errors.BallotClosed,
    ("seat that stepped aside", "tallied"): errors.BallotClosed,
    ("seat that stepped aside", "annulled"): errors.BallotNotOpen,
}
FIXED = {
    "seat that was left": errors.SeatLeft,
    "suspended seat": NotPermitted,
    "stranger": errors.NotOnTheRoll,
}


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("role", ROLES)
def test_who_may_vote_in_which_state(role, state, terms, clock):
    term = terms[Sector.SAMAJ][0]
    ballot = voting.prepared() if state == "draft" else voting.opened()
    who = ANONYMOUS if role == "stranger" else institutions.actor(term.user)
    _become(role, term, ballot, state)
    _bring(ballot, state, clock)

    expected = EXPECTED.get((role, state), FIXED.get(role))
    if state == "draft":
        expected = errors.BallotNotOpen
    if expected is None:
        assert can_vote(who, voting.entry(ballot, term))
        vote_cast(actor=who, ballot=ballot, choice=Choice.YES)
        assert Vote.objects.standing().count() == 1
    else:
        with pytest.raises(expected):
            vote_cast(actor=who, ballot=ballot, choice=Choice.YES)
        assert Vote.objects.standing().count() == 0


def _become(role, term, ballot, state):
    if role == "seat that was left":
        seat_vacate(actor=institutions.actor(term.user), term=term)
    if role == "suspended seat":
        institutions.suspended(term.user)
    if role == "seat that stepped aside" and state != "draft":
        recusal_declare(
            actor=institutions.actor(term.user),
            ballot=ballot,
            interest=Interest.OWN_CASE,
            reason="My case.",
        )


def _bring(ballot, state, clock):
    if state == "annulled":
        ballot_annul(actor=SYSTEM, ballot=ballot, reason="The proposal was withdrawn.")
    if state in ("past its end", "tallied"):
        clock.advance(WEEK)
    if state == "tallied":
        ballot_close(actor=SYSTEM, ballot=ballot)
