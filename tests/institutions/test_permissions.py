"""Who may what: every predicate against every role."""

import datetime as dt

import pytest

from apps.core.actor import ActorKind
from apps.core.clock import now
from apps.core.errors import NotPermitted, SecondFactorNeeded
from apps.institutions import permissions as may
from apps.institutions.models import Organisation, Seat
from apps.institutions.offices import Office, Subject
from apps.institutions.scopes import Scope
from apps.institutions.sectors import Sector
from apps.institutions.services import conflict_declare, mandate_end, organisation_suspend
from tests.factories import institutions as make
from tests.institutions.roles import everyone

pytestmark = pytest.mark.django_db
KNOWN = {
    "administrator",
    "administrator without second factor",
    "chair",
    "clerk",
    "co-owner",
    "company token",
    "member",
    "owner",
    "owner elsewhere",
    "person",
    "personal token",
    "registrar",
    "regulator",
    "regulator without second factor",
    "seat",
    "teller",
}


@pytest.fixture
def company() -> Organisation:
    return make.organisation("Kaveri Works")


@pytest.fixture
def actors(company: Organisation):
    return everyone(company)


def those(actors, predicate) -> set[str]:
    return {name for name, actor in actors.items() if predicate(actor)}


def test_good_standing_is_for_known_people_who_are_not_suspended(actors):
    assert those(actors, may.in_good_standing) == KNOWN


def test_members_act_for_their_own_organisation_only(actors, company):
    belonging = those(actors, lambda actor: may.is_member(actor, company))
    owning = those(actors, lambda actor: may.owns(actor, company))

    assert belonging == {"owner", "co-owner", "member", "company token"}
    assert owning == {"owner", "co-owner", "company token"}


def test_nobody_acts_for_a_suspended_organisation(actors, company):
    organisation_suspend(actor=actors["administrator"], organisation=company, reason="Unpaid fine.")

    assert those(actors, lambda actor: may.is_member(actor, company)) == set()
    assert those(actors, lambda actor: may.owns(actor, company)) == set()
    seen = those(actors, lambda actor: may.belongs(actor, company))
    assert seen == {"owner", "co-owner", "member", "company token", "personal token"}


@pytest.mark.parametrize(
    ("office", "holders"),
    [
        (Office.ADMINISTRATOR, {"administrator"}),
        (Office.REGULATOR, {"regulator"}),
        (Office.CLERK, {"clerk"}),
        (Office.REGISTRAR, {"registrar"}),
        (Office.TELLER, {"teller"}),
        (Office.CHAIR, {"chair"}),
    ],
)
def test_an_office_is_held_by_its_holder_with_a_second_factor_where_due(actors, office, holders):
    assert those(actors, lambda actor: may.holds_office(actor, office)) == holders


def test_a_chair_chairs_one_chamber(actors):
    own, other = make.chamber(Sector.SAMAJ), make.chamber(Sector.BAZAAR)
    chair = actors["chair"]

    assert may.holds_office(chair, Office.CHAIR, chamber=own)
    assert not may.holds_office(chair, Office.CHAIR, chamber=other)


@pytest.mark.parametrize(
    ("held", "places", "covered"),
    [
        (["IN"], ["IN"], True),
        (["IN"], ["FR"], False),
        (["IN"], ["IN", "FR"], False),
        (["IN", "FR"], ["IN", "FR"], True),
        (["EU"], ["FR"], True),
        (["EU"], ["EU"], True),
        (["FR"], ["EU"], False),
        (["IN"], [], False),
        (["IN"], ["*"], False),
        (["*"], [], True),
        (["*"], ["IN"], True),
        ([], ["IN"], False),
        ([], [], False),
    ],
)
def test_a_mandate_covers_its_places(held, places, covered):
    user = make.officer(Office.REGULATOR)
    for place in held:
        make.mandate(user, place)

    assert may.has_mandate(make.actor(user), places, Subject.MODELS) is covered
    assert not may.has_mandate(make.actor(user), places, Subject.MISUSE)
    assert not may.has_mandate(make.actor(user, second_factor=False), places, Subject.MODELS)


def test_an_ended_mandate_covers_nothing():
    user = make.regulator("IN")
    mandate_end(actor=make.actor(user), mandate=user.mandates.get())

    assert not may.has_mandate(make.actor(user), ["IN"], Subject.MODELS)


def test_only_the_holder_sits_in_a_chamber(actors):
    assert those(actors, lambda actor: may.sits_in(actor, make.chamber(Sector.BAZAAR))) == {"seat"}


def test_only_tokens_are_bound_by_scopes(actors):
    free = those(actors, lambda actor: may.has_scope(actor, Scope.RULES_WRITE))
    people = {name for name, actor in actors.items() if actor.kind is ActorKind.PERSON}

    assert free == people | {"company token"}


def test_a_declared_interest_is_a_conflict(actors, company):
    conflict_declare(actor=actors["regulator"], interest="shares", organisation=company)

    caught = those(actors, lambda actor: may.has_conflict(actor, organisation=company))

    assert caught == {"regulator", "regulator without second factor"}


def test_a_refusal_names_the_second_factor_where_that_is_what_is_missing(actors):
    bare = actors["administrator without second factor"]

    assert type(may.refusal(bare)) is SecondFactorNeeded
    assert type(may.refusal(actors["administrator"])) is NotPermitted
    assert type(may.refusal(actors["person"])) is NotPermitted
    assert type(may.refusal(actors["anonymous"])) is NotPermitted


def test_an_office_ends_by_itself(clock):
    user = make.person()
    make.office_until(user, Office.CLERK, now() + dt.timedelta(days=1))

    held = may.holds_office(make.actor(user), Office.CLERK)
    clock.advance("1 day")

    assert (held, may.holds_office(make.actor(user), Office.CLERK)) == (True, False)
    assert Seat.objects.count() == 15
