import json

import pytest
from django.db import DatabaseError, transaction

from apps.core.actor import ANONYMOUS, SYSTEM
from apps.core.errors import MoveRefused
from apps.institutions.sectors import Sector
from apps.journal.models import RecordedAct
from apps.reactions.runner import settle
from apps.voting import errors
from apps.voting.models import Tally
from apps.voting.selectors import open_ballots, recount_file, result
from apps.voting.services import ballot_annul, ballot_close, ballots_turn, recusal_declare
from apps.voting.states import BallotState, ChamberResult, Choice, Interest, Outcome
from apps.voting.tally import count_file
from tests.factories import institutions, voting

pytestmark = pytest.mark.django_db
WEEK = "7 days"


def vote_all(ballot, terms, choice):
    for term in terms:
        voting.marked(ballot, term, choice)


def test_three_chambers_carry(clock):
    terms = voting.chambers(2)
    ballot = voting.opened()
    for held in terms.values():
        vote_all(ballot, held, Choice.YES)
    clock.advance(WEEK)

    closed = ballot_close(actor=ANONYMOUS, ballot=ballot)

    assert (closed.state, closed.outcome) == (BallotState.TALLIED, Outcome.CARRIED)
    act = RecordedAct.objects.get(kind="voting.ballot.closed")
    assert act.payload["outcome"] == "carried"
    assert act.payload["results"] == {sector.value: "carried" for sector in Sector}
    assert act.payload["matter"] == str(ballot.subject)


def test_one_chamber_stops_the_others(clock):
    terms = voting.chambers(2)
    ballot = voting.opened()
    vote_all(ballot, terms[Sector.SAMAJ] + terms[Sector.SARKAR], Choice.YES)
    voting.marked(ballot, terms[Sector.BAZAAR][0], Choice.YES)
    voting.marked(ballot, terms[Sector.BAZAAR][1], Choice.NO)
    clock.advance(WEEK)

    closed = ballot_close(actor=SYSTEM, ballot=ballot)

    assert closed.outcome == Outcome.NOT_CARRIED
    by_chamber = dict(Tally.objects.values_list("sector", "result"))
    assert by_chamber == {
        "samaj": ChamberResult.CARRIED,
        "sarkar": ChamberResult.CARRIED,
        "bazaar": ChamberResult.NOT_CARRIED,
    }


def test_advice_is_published_and_never_counted(clock):
    terms = voting.chambers(1)
    adviser = institutions.seated(Sector.SARKAR)
    holder = terms[Sector.SARKAR][0].user
    institutions.officer(institutions.Office.REGULATOR, user=holder)
    institutions.mandate(holder, "IN")
    ballot = voting.opened(jurisdictions=["IN"])
    for held in terms.values():
        vote_all(ballot, held, Choice.YES)
    voting.marked(ballot, adviser, Choice.NO)
    clock.advance(WEEK)

    closed = ballot_close(actor=SYSTEM, ballot=ballot)

    sarkar = Tally.objects.get(sector=Sector.SARKAR)
    assert (sarkar.roll, sarkar.yes, sarkar.no) == (1, 1, 0)
    seat = f"sarkar-{adviser.seat.number}"
    assert recount_file(closed)["advice"] == [{"chamber": "sarkar", "seat": seat, "choice": "no"}]


def test_a_chamber_mostly_aside_leaves_two_thirds_to_the_others(clock):
    terms = voting.chambers(3)
    ballot = voting.opened()
    for term in terms[Sector.BAZAAR][:2]:
        recusal_declare(
            actor=institutions.actor(term.user),
            ballot=ballot,
            interest=Interest.FINANCIAL,
            reason="Shares.",
        )
    vote_all(ballot, terms[Sector.SAMAJ], Choice.YES)
    vote_all(ballot, terms[Sector.SARKAR][:2], Choice.YES)
    voting.marked(ballot, terms[Sector.SARKAR][2], Choice.NO)
    clock.advance(WEEK)

    closed = ballot_close(actor=SYSTEM, ballot=ballot)

    results = {chamber.sector: chamber.result for chamber in result(closed).chambers}
    assert results == {
        Sector.SAMAJ: ChamberResult.CARRIED,
        Sector.SARKAR: ChamberResult.NOT_CARRIED,
        Sector.BAZAAR: ChamberResult.CANNOT_DECIDE,
    }
    assert str(result(closed).threshold) == "2/3"
    assert closed.outcome == Outcome.NOT_CARRIED


def test_without_anyone_seated_there_is_no_quorum(clock):
    ballot = voting.opened()
    clock.advance(WEEK)

    assert ballot_close(actor=SYSTEM, ballot=ballot).outcome == Outcome.NO_QUORUM


def test_nobody_closes_a_ballot_before_its_end_and_nobody_twice(clock):
    voting.chambers(1)
    ballot = voting.opened()
    with pytest.raises(errors.TooEarly):
        ballot_close(actor=SYSTEM, ballot=ballot)
    assert Tally.objects.count() == 0

    clock.advance(WEEK)
    ballot_close(actor=SYSTEM, ballot=ballot)
    with pytest.raises(MoveRefused):
        ballot_close(actor=SYSTEM, ballot=ballot)
    assert Tally.objects.count() == 3


def test_time_itself_opens_and_closes(clock):
    voting.chambers(1)
    ballot = voting.prepared()

    settle()
    assert list(open_ballots()) == [ballot]
    clock.advance(WEEK)
    settle()

    ballot.refresh_from_db()
    assert (ballot.state, ballot.outcome) == (BallotState.TALLIED, Outcome.NO_QUORUM)
    assert ballots_turn() == 0


def test_a_ballot_called_off_says_why_and_is_not_counted(clock):
    voting.chambers(1)
    ballot = voting.opened()
    with pytest.raises(errors.ReasonMissing):
        ballot_annul(actor=SYSTEM, ballot=ballot, reason="")

    ballot_annul(actor=SYSTEM, ballot=ballot, reason="The proposal was withdrawn.")
    clock.advance(WEEK)
    settle()

    ballot.refresh_from_db()
    assert (ballot.state, ballot.outcome) == (BallotState.ANNULLED, "")
    with pytest.raises(errors.NotCounted):
        recount_file(ballot)


def test_a_stranger_counts_the_published_file_to_the_same_end(clock):
    terms = voting.chambers(3)
    ballot = voting.opened()
    for held, choice in zip(terms.values(), (Choice.YES, Choice.NO, Choice.ABSTAIN), strict=True):
        vote_all(ballot, held, choice)
    clock.advance(WEEK)
    closed = ballot_close(actor=SYSTEM, ballot=ballot)

    file = recount_file(closed)
    counted = count_file(json.dumps(file))

    assert counted["outcome"] == closed.outcome == Outcome.NOT_CARRIED
    assert {name: row["result"] for name, row in counted["per_chamber"].items()} == {
        "samaj": "carried",
        "sarkar": "not-carried",
        "bazaar": "not-carried",
    }
    assert len(file["votes"]) == len(file["roll"]) == 9
    assert str(terms[Sector.SAMAJ][0].user_id) not in json.dumps(file)


def test_a_count_is_never_rewritten(clock):
    voting.chambers(1)
    ballot = voting.opened()
    clock.advance(WEEK)
    ballot_close(actor=SYSTEM, ballot=ballot)

    with pytest.raises(DatabaseError), transaction.atomic():
        Tally.objects.update(yes=1)
