"""What an adopted rule changes as it begins, beside what the chambers were shown."""

import pytest
from django.test import Client

from apps.compliance.models import Standing
from apps.compliance.services import reassess
from apps.core.actor import SYSTEM
from apps.institutions.offices import Office
from apps.institutions.sectors import Sector
from apps.journal.models import RecordedAct
from apps.notices.models import Notice
from apps.notices.states import NoticeKind
from apps.policy.engine import Outcome
from apps.policy.services import rules_turn
from apps.policy.states import RuleMode, RuleState
from apps.proposals.models import Commencement, ImpactTolerance
from apps.proposals.services import commencement_record, commencements_turn
from apps.reactions.runner import settle
from apps.voting.services import ballots_turn
from apps.voting.states import Choice
from tests.factories import institutions, listings, voting
from tests.factories import proposals as factory

pytestmark = pytest.mark.django_db
KIND = "proposals.impact.recomputed"


def adopted(clock, meanwhile=lambda: None, seats=None, **changes):
    """A proposal that was adopted and whose rule has begun; something happens in between."""
    seats = seats or voting.chambers()
    proposal = factory.balloting(clock, **changes)
    clock.advance("8 days")
    ballots_turn()
    for term in [term for chamber in seats.values() for term in chamber]:
        voting.marked(proposal.ballot, term, Choice.YES)
    clock.advance("30 days")
    ballots_turn()
    settle()
    meanwhile()
    settle()
    clock.advance("16 days")
    commencements_turn()
    rules_turn()
    settle()
    return factory.fresh(proposal)


def test_it_begins_as_it_was_shown(clock):
    touched, _other = listings.listing(), listings.listing(task="translation")
    reassess()

    proposal = adopted(clock)

    found = Commencement.objects.get()
    assert (found.appeared, found.vanished, found.allowed, found.beyond) == ([], [], 5, False)
    frozen = proposal.freeze.impact
    assert found.impact.changed == frozen.changed == [touched.pk]
    assert (found.impact.enforced, found.impact.occasion) == (frozen.enforced, "commenced")
    act = RecordedAct.objects.get(kind=KIND)
    assert (act.payload["impact_hash"], act.payload["beyond"]) == (found.impact.digest, False)


def test_what_came_in_between_is_counted_and_told_beyond_the_tolerance(clock):
    listings.listing()
    reassess()
    more = [listings.draft() for _ in range(6)]

    proposal = adopted(clock, lambda: listings.write(*more))

    found = Commencement.objects.get()
    assert (len(found.appeared), len(found.vanished), found.beyond) == (6, 0, True)
    assert RecordedAct.objects.get(kind=KIND).payload["beyond"] is True
    code = proposal.enacted.rule.code
    text = Client().get(f"/rules/{code}/").content.decode()
    assert "6 listings changed that the chambers had not been shown" in text
    assert "beyond the tolerance" in text
    told = Client().get(f"/api/v1/proposals/{proposal.code}").json()
    assert told["commencement"]["beyond"] is True
    assert told["commencement"]["appeared"] == [str(one) for one in found.appeared]
    assert told["revisions"][0]["impacts"][-1]["digest"] == told["commencement"]["impact_hash"]
    assert told["revisions"][0]["paraphrase"] == "the task is “text-generation”"


def test_beyond_the_tolerance_it_starts_in_warn_and_the_chairs_are_told(clock):
    listings.listing()
    reassess()
    chair = institutions.officer(Office.CHAIR, sector=Sector.SAMAJ)
    more = [listings.draft() for _ in range(6)]

    proposal = adopted(clock, lambda: listings.write(*more))

    adopted_one, running = proposal.enacted.rule.versions.order_by("number")
    assert (adopted_one.state, running.state) == (RuleState.ENDED, RuleState.IN_FORCE)
    assert (running.mode, running.expression) == (RuleMode.WARN, adopted_one.expression)
    assert running.origin_ref == proposal.code
    stands = Standing.objects.open()
    assert set(stands.values_list("outcome", "would_be")) == {(Outcome.ALLOW, Outcome.SUSPEND)}
    assert not Standing.objects.filter(outcome=Outcome.SUSPEND).exists()
    assert Notice.objects.get(kind=NoticeKind.COMMENCED_IN_WARN).person_id == chair.pk


def test_it_is_worked_out_once(clock):
    listings.listing()
    reassess()
    proposal = adopted(clock)

    again = commencement_record(actor=SYSTEM, proposal=proposal, version=proposal.enacted)

    assert again == Commencement.objects.get()
    assert RecordedAct.objects.filter(kind=KIND).count() == 1


def test_a_next_version_is_held_against_the_one_whose_place_it_took(clock):
    texts, faces = listings.listing(), listings.listing(task="emotion-recognition")
    reassess()
    seats = voting.chambers()
    rule = adopted(clock, seats=seats).enacted.rule
    faces_alone = 'listing.task == "emotion-recognition"'

    proposal = adopted(clock, seats=seats, expression=faces_alone, follows=rule)

    found = Commencement.objects.get(proposal=proposal)
    assert (found.appeared, found.vanished) == ([], [])
    assert set(found.impact.changed) == {texts.pk, faces.pk}


@pytest.mark.parametrize(("foretold", "allowed"), [(0, 5), (59, 5), (60, 6), (20_000, 2_000)])
def test_the_tolerance_is_a_tenth_and_five_in_any_case(foretold, allowed):
    assert ImpactTolerance.objects.get().allows(foretold) == allowed
