import datetime as dt

import pytest

from apps.core.clock import now
from apps.core.errors import NotPermitted, SecondFactorNeeded
from apps.institutions import errors
from apps.institutions.models import Mandate, OfficeHolding, Seat, SeatTerm
from apps.institutions.offices import Office, Subject
from apps.institutions.sectors import Sector
from apps.institutions.services import (
    mandate_grant,
    office_end,
    office_grant,
    seat_appoint,
    seat_vacate,
)
from apps.journal.selectors import history
from apps.reactions.runner import settle
from tests.factories import institutions as make

pytestmark = pytest.mark.django_db


def appoint(seat, user, **changes):
    facts = {
        "actor": make.actor(make.administrator()),
        "until_at": now() + dt.timedelta(days=30),
        "basis": "Elected",
    }
    return seat_appoint(seat=seat, user=user, **(facts | changes))


def test_a_seat_has_one_holder_at_a_time():
    term = make.seated(Sector.SAMAJ)

    with pytest.raises(errors.SeatTaken):
        appoint(term.seat, make.person())

    assert SeatTerm.objects.count() == 1


def test_a_seat_is_free_again_once_it_is_vacated():
    term = make.seated(Sector.SAMAJ)

    seat_vacate(actor=make.actor(term.user), term=term)
    again = appoint(term.seat, make.person())

    assert list(SeatTerm.objects.held()) == [again]


def test_one_person_sits_in_one_chamber_only():
    term = make.seated(Sector.SAMAJ)
    other = Seat.objects.get(chamber=make.chamber(Sector.BAZAAR), number=1)

    with pytest.raises(errors.PersonSeated):
        appoint(other, term.user)

    assert SeatTerm.objects.count() == 1


def test_one_owner_group_sits_in_one_chamber_only():
    group = make.organisation(owner_group="Kaveri Holding")
    here = Seat.objects.get(chamber=make.chamber(Sector.BAZAAR), number=1)
    there = Seat.objects.get(chamber=make.chamber(Sector.SAMAJ), number=1)
    appoint(here, make.person(), organisation=group)

    with pytest.raises(errors.GroupSeatedElsewhere):
        appoint(there, make.person(), organisation=group)

    assert SeatTerm.objects.count() == 1


def test_an_organisation_without_a_group_is_a_group_of_its_own():
    company = make.organisation()
    seats = [Seat.objects.get(chamber=make.chamber(s), number=1) for s in Sector]
    appoint(seats[0], make.member_of(company))

    with pytest.raises(errors.GroupSeatedElsewhere):
        appoint(seats[1], make.member_of(company))

    assert SeatTerm.objects.get().organisation == company


def test_a_person_of_two_groups_sits_for_the_one_that_is_named():
    one, two = make.organisation(), make.organisation()
    user = make.member_of(one)
    make.membership(user, two)
    seat = Seat.objects.get(chamber=make.chamber(Sector.BAZAAR), number=1)

    with pytest.raises(errors.AffiliationUnclear):
        appoint(seat, user)
    appoint(seat, user, organisation=two)

    assert SeatTerm.objects.get().organisation == two


def test_a_term_ends_by_itself(clock):
    term = make.seated(Sector.SAMAJ)

    clock.advance("366 days")

    assert not SeatTerm.objects.held().filter(pk=term.pk).exists()


def test_nobody_appoints_themself():
    giver = make.administrator()
    seat = Seat.objects.get(chamber=make.chamber(Sector.SAMAJ), number=1)

    with pytest.raises(NotPermitted):
        appoint(seat, giver)
    with pytest.raises(NotPermitted):
        office_grant(actor=make.actor(giver), user=giver, office=Office.REGULATOR)

    assert SeatTerm.objects.count() == 0
    assert OfficeHolding.objects.count() == 1


def test_an_administrator_without_second_factor_is_told_so():
    giver = make.actor(make.administrator(), second_factor=False)

    with pytest.raises(SecondFactorNeeded):
        office_grant(actor=giver, user=make.person(), office=Office.CLERK)

    assert OfficeHolding.objects.count() == 1


def test_a_chamber_has_one_chair():
    make.officer(Office.CHAIR, sector=Sector.SAMAJ)

    with pytest.raises(errors.OfficeHeld):
        make.officer(Office.CHAIR, sector=Sector.SAMAJ)

    assert OfficeHolding.objects.filter(office=Office.CHAIR).count() == 1


@pytest.mark.parametrize(("office", "sector"), [(Office.CHAIR, None), (Office.CLERK, Sector.SAMAJ)])
def test_only_chairs_and_tellers_belong_to_a_chamber(office, sector):
    with pytest.raises(errors.OfficeChamberMismatch):
        make.officer(office, sector=sector)


def test_the_last_administrator_cannot_leave():
    last = make.administrator()
    holding = OfficeHolding.objects.get(user=last)

    with pytest.raises(errors.LastAdministrator):
        office_end(actor=make.actor(last), holding=holding)

    assert OfficeHolding.objects.held().count() == 1


def test_mandates_end_with_the_office_of_a_regulator():
    user = make.regulator("IN")
    holding = OfficeHolding.objects.get(user=user)

    office_end(actor=make.actor(make.administrator()), holding=holding)
    settle()

    assert not Mandate.objects.held().exists()
    [ended, granted] = history(holding.pk)
    assert [ended.kind, granted.kind] == [
        "institutions.office.ended",
        "institutions.office.granted",
    ]
    assert ended.payload["mandates"] == [str(Mandate.objects.get().pk)]


def test_only_a_regulator_is_given_a_mandate():
    with pytest.raises(errors.RegulatorNeeded):
        mandate_grant(
            actor=make.actor(make.administrator()),
            user=make.person(),
            place="IN",
            subject=Subject.MODELS,
            legal_basis="Act 1",
        )

    assert not Mandate.objects.exists()
