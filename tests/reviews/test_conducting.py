"""What a clerk does in a round, and what is refused to everybody else."""

import pytest

from apps.core.actor import ANONYMOUS, SYSTEM, Actor, ActorKind
from apps.core.errors import NotPermitted
from apps.institutions.offices import Office
from apps.institutions.scopes import Scope
from apps.institutions.sectors import Sector
from apps.institutions.services import conflict_declare
from apps.reviews import errors
from apps.reviews.models import Assignment
from apps.reviews.permissions import can_conduct
from apps.reviews.selectors import candidates, person_named
from apps.reviews.services import assignment_decline, reviewer_ask, round_close, round_end
from apps.reviews.states import RoundState
from tests.factories import institutions as make
from tests.factories import reviews

pytestmark = pytest.mark.django_db


def clerk():
    return make.actor(make.officer(Office.CLERK))


def test_a_clerk_asks_by_address_and_by_seat():
    found, actor = reviews.review_round(), clerk()
    person, term = make.person(), make.seated(Sector.SARKAR)

    by_address = reviewer_ask(actor=actor, review_round=found, reviewer=person.email.upper())
    by_seat = reviewer_ask(actor=actor, review_round=found, reviewer=f"sarkar-{term.seat.number}")

    assert (by_address.reviewer, by_seat.reviewer) == (person, term.user)


@pytest.mark.parametrize("name", ["", "nobody@example.org", "samaj-5", "samaj-0", "samaj", "x-1"])
def test_a_name_that_nobody_has_is_refused(name):
    found = reviews.review_round()

    with pytest.raises(errors.ReviewerUnknown):
        reviewer_ask(actor=clerk(), review_round=found, reviewer=name)

    assert Assignment.objects.count() == 0


@pytest.mark.parametrize("who", ["anonymous", "person", "reviewer", "regulator", "chair", "system"])
def test_only_a_clerk_asks_and_closes(who):
    done = reviews.answered()
    people = {
        "anonymous": ANONYMOUS,
        "system": SYSTEM,
        "reviewer": make.actor(done.reviewer),
        "person": make.actor(make.person()),
        "regulator": make.actor(make.regulator()),
        "chair": make.actor(make.officer(Office.CHAIR, sector=Sector.SAMAJ)),
    }

    for act in (
        lambda: reviewer_ask(actor=people[who], review_round=done.round, reviewer="samaj-1"),
        lambda: round_end(actor=people[who], review_round=done.round),
    ):
        with pytest.raises(NotPermitted):
            act()

    done.round.refresh_from_db()
    assert (done.round.state, Assignment.objects.count()) == (RoundState.OPEN, 1)


def test_a_clerk_whom_the_matter_concerns_does_not_conduct():
    user = make.officer(Office.CLERK)
    found = reviews.review_round(concerned_people=[user.pk])

    assert not can_conduct(make.actor(user), found)
    assert can_conduct(clerk(), found)


def test_a_clerks_token_conducts_with_its_scope_only():
    found, user = reviews.review_round(), make.officer(Office.CLERK)

    def token(*scopes):
        return Actor(ActorKind.TOKEN, person=user.pk, scopes=frozenset(scopes), second_factor=True)

    assert can_conduct(token(Scope.REVIEWS_WRITE), found)
    assert not can_conduct(token(Scope.PROPOSALS_WRITE), found)


def test_a_round_ends_early_only_when_it_is_complete():
    actor, empty, done = clerk(), reviews.review_round(), reviews.answered()
    waiting = reviews.assignment(done.round)

    for unfinished in (empty, done.round):
        with pytest.raises(errors.RoundIncomplete):
            round_end(actor=actor, review_round=unfinished)
    assignment_decline(actor=make.actor(waiting.reviewer), assignment=waiting, reason="No time.")

    assert round_end(actor=actor, review_round=done.round).state == RoundState.CLOSED


def test_nothing_is_asked_in_a_closed_round():
    found = round_close(actor=SYSTEM, review_round=reviews.review_round())
    person = make.person()

    with pytest.raises(errors.RoundClosed):
        reviewer_ask(actor=clerk(), review_round=found, reviewer=person.email)


def test_candidates_are_seated_free_and_not_concerned_in_the_order_of_chambers():
    company = make.organisation()
    bazaar, samaj = make.seated(Sector.BAZAAR), make.seated(Sector.SAMAJ)
    asked, gone = make.seated(Sector.SAMAJ), make.seated(Sector.SARKAR)
    torn, party = make.seated(Sector.SARKAR), make.seated(Sector.SARKAR)
    make.suspended(gone.user)
    conflict_declare(actor=make.actor(torn.user), interest="Shares.", organisation=company)

    found = reviews.review_round(
        concerned_people=[party.user.pk],
        concerned_organisations=[company.pk],
        reviewers=[asked.user],
    )

    assert candidates(found) == [samaj, bazaar]
    assert person_named(f"samaj-{samaj.seat.number}") == samaj.user
