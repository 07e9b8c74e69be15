import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from apps.core.actor import ANONYMOUS, SYSTEM
from apps.core.clock import now
from apps.core.errors import MoveRefused
from apps.institutions.sectors import Sector
from apps.institutions.services import conflict_declare, seat_vacate
from apps.journal.models import RecordedAct
from apps.voting import errors
from apps.voting.models import RollEntry
from apps.voting.selectors import result
from apps.voting.services import ballot_open
from apps.voting.states import BallotState, Interest, Part
from tests.factories import institutions, voting

pytestmark = pytest.mark.django_db


def rolls(ballot):
    return {chamber.sector: chamber.figures.roll for chamber in result(ballot).chambers}


def test_three_rolls_are_frozen_at_once():
    terms = voting.chambers(2)

    ballot = voting.opened()

    assert ballot.state == BallotState.OPEN
    assert rolls(ballot) == dict.fromkeys(Sector, 2)
    assert set(ballot.roll.values_list("term", flat=True)) == {
        term.pk for held in terms.values() for term in held
    }
    act = RecordedAct.objects.get(kind="voting.ballot.opened")
    assert act.payload["voting"] == {"samaj": 2, "sarkar": 2, "bazaar": 2}
    assert act.payload["roll_hash"] == ballot.roll_hash
    assert len(ballot.roll_hash) == 64


def test_joiners_and_leavers_move_no_denominator():
    terms = voting.chambers(2)
    ballot = voting.opened()

    institutions.seated(Sector.SAMAJ)
    leaver = terms[Sector.BAZAAR][0]
    seat_vacate(actor=institutions.actor(leaver.user), term=leaver)

    assert rolls(ballot) == dict.fromkeys(Sector, 2)
    with pytest.raises(errors.SeatLeft):
        voting.marked(ballot, leaver)


def test_of_a_territorial_rule_only_sarkar_seats_with_a_mandate_there_vote():
    terms = voting.chambers(3)
    here, elsewhere, _without = terms[Sector.SARKAR]
    for term, place in ((here, "IN"), (elsewhere, "FR")):
        institutions.officer(institutions.Office.REGULATOR, user=term.user)
        institutions.mandate(term.user, place)

    ballot = voting.opened(jurisdictions=["IN"])

    parts = dict(ballot.roll.filter(sector=Sector.SARKAR).values_list("term", "part"))
    assert parts == {
        term.pk: Part.VOTES if term == here else Part.ADVISES for term in terms[Sector.SARKAR]
    }
    assert rolls(ballot) == {Sector.SAMAJ: 3, Sector.SARKAR: 1, Sector.BAZAAR: 3}


def test_a_mandate_in_one_member_votes_on_a_rule_of_the_union():
    terms = voting.chambers(1)
    holder = terms[Sector.SARKAR][0].user
    institutions.officer(institutions.Office.REGULATOR, user=holder)
    institutions.mandate(holder, "FR")

    ballot = voting.opened(jurisdictions=["EU"])

    assert rolls(ballot)[Sector.SARKAR] == 1


def test_a_named_party_has_stepped_aside_and_its_trade_has_not():
    company, sister, rival = (
        institutions.organisation(owner_group=group) for group in ("North", "North", "South")
    )
    seats = [
        institutions.seated(Sector.BAZAAR, user=institutions.owner_of(one))
        for one in (company, sister, rival)
    ]
    friend, citizen = (institutions.seated(Sector.SAMAJ) for _ in range(2))
    conflict_declare(
        actor=institutions.actor(friend.user), interest="A brother.", organisation=company
    )
    author = institutions.seated(Sector.SARKAR)

    ballot = voting.opened(concerned_people=[author.user_id], concerned_organisations=[company.pk])

    aside = ballot.roll.filter(recused_at__isnull=False)
    assert set(aside.values_list("term", flat=True)) == {
        term.pk for term in (seats[0], seats[1], friend, author)
    }
    assert set(aside.values_list("interest", flat=True)) == {Interest.NAMED_PARTY}
    assert voting.entry(ballot, seats[2]).recused_at is None
    assert voting.entry(ballot, citizen).recused_at is None


def test_nobody_opens_a_ballot_before_its_time():
    ballot = voting.prepared(opens_at=now() + dt.timedelta(hours=1))

    with pytest.raises(errors.TooEarly):
        ballot_open(actor=SYSTEM, ballot=ballot)

    ballot.refresh_from_db()
    assert (ballot.state, RollEntry.objects.count()) == (BallotState.DRAFT, 0)


def test_anyone_opens_a_ballot_whose_time_has_come_and_only_once():
    voting.chambers(1)
    ballot = voting.prepared()

    ballot_open(actor=ANONYMOUS, ballot=ballot)
    with pytest.raises(MoveRefused):
        ballot_open(actor=ANONYMOUS, ballot=ballot)

    assert RollEntry.objects.count() == 3


def test_a_ballot_opened_after_its_whole_time_stays_open_as_long_as_promised(clock):
    ballot = voting.prepared()
    clock.advance("30 days")

    ballot = ballot_open(actor=SYSTEM, ballot=ballot)

    assert ballot.closes_at - ballot.opened_at == dt.timedelta(days=7)


def test_the_database_keeps_a_frozen_roll():
    terms = voting.chambers(1)
    ballot = voting.opened()
    late = institutions.seated(Sector.SAMAJ)
    line = voting.entry(ballot, terms[Sector.SAMAJ][0])

    with pytest.raises(IntegrityError, match="roll is frozen"), transaction.atomic():
        RollEntry.objects.create(
            ballot=ballot,
            sector=Sector.SAMAJ,
            number=9,
            seat=late.seat,
            term=late,
            person=late.user,
        )

    assert ballot.roll.count() == 3
    assert line.part == Part.VOTES


def test_the_database_lets_no_seat_become_an_adviser_later():
    terms = voting.chambers(1)
    ballot = voting.opened()
    line = voting.entry(ballot, terms[Sector.SAMAJ][0])
    line.part = Part.ADVISES

    with pytest.raises(IntegrityError, match="roll is frozen"):
        line.save()
