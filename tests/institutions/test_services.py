"""Who may do what: every service against every role; what is allowed is taken back."""

import datetime as dt

import pytest

from apps.core.clock import now
from apps.institutions import services as do
from apps.institutions.models import (
    ErasureRequest,
    Mandate,
    Membership,
    OfficeHolding,
    Organisation,
    Seat,
    SeatTerm,
    Suspension,
)
from apps.institutions.offices import Office, Subject
from apps.institutions.scopes import Scope
from apps.institutions.sectors import Sector
from tests.factories import institutions as make
from tests.institutions.roles import allowed, everyone

pytestmark = pytest.mark.django_db
BY_HAND = {
    "administrator",
    "administrator without second factor",
    "chair",
    "clerk",
    "co-owner",
    "member",
    "owner",
    "owner elsewhere",
    "person",
    "registrar",
    "regulator",
    "regulator without second factor",
    "seat",
    "teller",
}
KNOWN = BY_HAND | {"company token", "personal token"}
OWNERS = {"owner", "co-owner", "company token"}


@pytest.fixture
def company() -> Organisation:
    return make.organisation("Kaveri Works")


@pytest.fixture
def actors(company):
    return everyone(company)


def test_anyone_opens_an_account(actors):
    assert allowed(
        actors, lambda who: do.person_register(actor=who, email="new@example.org")
    ) == set(actors)


def test_people_in_good_standing_register_organisations(actors):
    def deed(who):
        do.organisation_register(actor=who, name="New", sector=Sector.BAZAAR, place="IN")

    assert allowed(actors, deed) == KNOWN


def test_a_registrar_confirms_and_refuses(actors):
    new = make.organisation(confirmed=False)

    assert allowed(actors, lambda who: do.organisation_confirm(actor=who, organisation=new)) == {
        "registrar"
    }
    assert allowed(actors, lambda who: do.organisation_refuse(actor=who, organisation=new)) == {
        "registrar"
    }


def test_an_administrator_suspends_and_restores_an_organisation(actors, company):
    def suspend(who):
        do.organisation_suspend(actor=who, organisation=company, reason="Unpaid fine.")

    assert allowed(actors, suspend) == {"administrator"}
    suspend(actors["administrator"])
    assert allowed(
        actors, lambda who: do.organisation_restore(actor=who, organisation=company)
    ) == {"administrator"}


def test_owners_take_members_in(actors, company):
    new = make.person()

    assert (
        allowed(actors, lambda who: do.membership_add(actor=who, organisation=company, user=new))
        == OWNERS
    )


def test_owners_and_the_member_end_a_membership(actors, company):
    held = Membership.objects.get(user=actors["member"].person, organisation=company)

    assert allowed(actors, lambda who: do.membership_end(actor=who, membership=held)) == OWNERS | {
        "member"
    }


def test_clerks_and_administrators_record_appointments(actors):
    seat = Seat.objects.get(chamber__sector=Sector.SAMAJ, number=1)
    facts = {"seat": seat, "user": make.person(), "until_at": now() + dt.timedelta(days=9)}

    assert allowed(actors, lambda who: do.seat_appoint(actor=who, basis="Elected", **facts)) == {
        "clerk",
        "administrator",
    }


def test_the_holder_resigns_or_a_clerk_records_it(actors):
    term = SeatTerm.objects.get(user=actors["seat"].person)

    assert allowed(actors, lambda who: do.seat_vacate(actor=who, term=term)) == {
        "seat",
        "clerk",
        "administrator",
    }


def test_an_administrator_gives_offices_and_mandates(actors):
    new, regulator = make.person(), make.officer(Office.REGULATOR)

    assert allowed(
        actors, lambda who: do.office_grant(actor=who, user=new, office=Office.CLERK)
    ) == {"administrator"}
    facts = {"place": "FR", "subject": Subject.MISUSE, "legal_basis": "Act 1"}
    assert allowed(actors, lambda who: do.mandate_grant(actor=who, user=regulator, **facts)) == {
        "administrator"
    }


def test_the_holder_or_an_administrator_ends_an_office_and_a_mandate(actors):
    clerk = OfficeHolding.objects.get(user=actors["clerk"].person)
    mandate = Mandate.objects.get(user=actors["regulator"].person)

    assert allowed(actors, lambda who: do.office_end(actor=who, holding=clerk)) == {
        "clerk",
        "administrator",
    }
    assert allowed(actors, lambda who: do.mandate_end(actor=who, mandate=mandate)) == {
        "regulator",
        "regulator without second factor",
        "administrator",
    }


def test_everyone_declares_their_own_interests_and_nobody_anothers(actors, company):
    def deed(who):
        do.conflict_declare(actor=who, interest="shares", organisation=company)

    assert allowed(actors, deed) == KNOWN
    mine = do.conflict_declare(actor=actors["chair"], interest="shares", organisation=company)
    assert allowed(actors, lambda who: do.conflict_withdraw(actor=who, declaration=mine)) == {
        "chair"
    }


@pytest.mark.parametrize(
    ("offer", "senders"),
    [
        ("membership", OWNERS),
        ("seat", {"clerk", "administrator", "operator"}),
        ("office", {"administrator", "operator"}),
    ],
)
def test_each_place_is_offered_by_whom_it_belongs_to(actors, company, offer, senders):
    offers = {
        "membership": do.Offer(organisation=company),
        "seat": do.Offer(
            seat=Seat.objects.get(chamber__sector=Sector.SAMAJ, number=1),
            term_until_at=now() + dt.timedelta(days=9),
        ),
        "office": do.Offer(office=Office.CLERK),
    }
    facts = {"email": "new@example.org", "offer": offers[offer]}

    assert allowed(actors, lambda who: do.invitation_send(actor=who, **facts)) == senders
    sent = do.invitation_send(actor=actors[min(senders - {"company token"})], **facts)
    assert (
        allowed(actors, lambda who: do.invitation_withdraw(actor=who, invitation=sent)) == senders
    )


def test_an_administrator_suspends_and_restores_people(actors):
    user = make.person()

    assert allowed(
        actors, lambda who: do.person_suspend(actor=who, user=user, reason="Sold seats.")
    ) == {"administrator"}
    make.suspended(user)
    held = Suspension.objects.get(user=user)
    assert allowed(actors, lambda who: do.person_restore(actor=who, suspension=held)) == {
        "administrator"
    }


def test_a_token_is_issued_by_hand_only(actors, company):
    own = allowed(actors, lambda who: do.token_issue(actor=who, name="x", scopes=["rules:write"]))
    companys = allowed(
        actors,
        lambda who: do.token_issue(
            actor=who, name="x", scopes=[Scope.LISTINGS_READ], organisation=company
        ),
    )

    assert own == BY_HAND
    assert companys == {"owner", "co-owner", "member"}


def test_everyone_asks_for_their_own_erasure_and_another_administrator_answers(actors):
    asking = allowed(actors, lambda who: do.erasure_request(actor=who))
    do.erasure_request(actor=actors["person"])
    request = ErasureRequest.objects.get()

    assert asking == KNOWN
    assert allowed(actors, lambda who: do.erasure_withdraw(actor=who, request=request)) == {
        "person"
    }
    for answer in (do.erasure_refuse, do.erasure_carry_out):
        deed = answer
        assert allowed(
            actors, lambda who, deed=deed: deed(actor=who, request=request, answer="So be it.")
        ) == {"administrator"}
