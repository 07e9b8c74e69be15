"""Two at the same moment: the database lets one through, and nobody is left without a master."""

import threading
from collections.abc import Callable

import pytest
from django.db import connections, transaction

from apps.core.actor import OPERATOR
from apps.core.clock import now
from apps.core.errors import DomainError, NotPermitted
from apps.institutions import errors
from apps.institutions.models import (
    Charter,
    Membership,
    OfficeHolding,
    Role,
    Seat,
    SeatTerm,
    Suspension,
)
from apps.institutions.offices import Office
from apps.institutions.sectors import Sector
from apps.institutions.services import (
    membership_end,
    office_end,
    organisation_register,
    person_suspend,
    portal_found,
    seat_appoint,
)
from tests.factories import institutions as make

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(deeds: list[Callable[[], object]]) -> list[type[DomainError] | None]:
    """Do all deeds at the same moment; return each one's refusal."""
    barrier, answers = threading.Barrier(len(deeds)), []

    def run(deed: Callable[[], object]) -> None:
        try:
            barrier.wait()
            deed()
            answers.append(None)
        except DomainError as refused:
            answers.append(type(refused))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=[deed]) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def test_one_seat_is_given_to_one_of_eight():
    with transaction.atomic():
        seat = Seat.objects.get(chamber=make.chamber(Sector.SAMAJ), number=1)
        people = [make.person() for _ in range(8)]
        giver, until_at = make.actor(make.administrator()), now().replace(year=2031)

    answers = at_once(
        [
            lambda user=user: seat_appoint(
                actor=giver, seat=seat, user=user, until_at=until_at, basis="Elected"
            )
            for user in people
        ]
    )

    assert sorted(map(str, answers)) == sorted(map(str, [None, *[errors.SeatTaken] * 7]))
    assert SeatTerm.objects.count() == 1


def test_two_owners_do_not_leave_at_once():
    with transaction.atomic():
        company = make.organisation()
        make.member_of(company, Role.OWNER)
        held = list(Membership.objects.filter(organisation=company).select_related("user"))

    answers = at_once(
        [lambda row=row: membership_end(actor=make.actor(row.user), membership=row) for row in held]
    )

    assert set(answers) == {None, errors.LastOwner}
    assert Membership.objects.held().filter(organisation=company).count() == 1


def test_two_administrators_do_not_leave_at_once():
    with transaction.atomic():
        make.administrator()
        make.officer(Office.ADMINISTRATOR)
        held = list(OfficeHolding.objects.select_related("user"))

    answers = at_once(
        [lambda row=row: office_end(actor=make.actor(row.user), holding=row) for row in held]
    )

    assert set(answers) == {None, errors.LastAdministrator}
    assert OfficeHolding.objects.held().count() == 1


def test_two_administrators_do_not_suspend_each_other():
    with transaction.atomic():
        one = make.administrator()
        two = make.officer(Office.ADMINISTRATOR)

    answers = at_once(
        [
            lambda judge=judge, user=user: person_suspend(
                actor=make.actor(judge), user=user, reason="You."
            )
            for judge, user in [(one, two), (two, one)]
        ]
    )

    assert set(answers) == {None, NotPermitted}
    assert Suspension.objects.count() == 1


def test_one_name_is_registered_once():
    with transaction.atomic():
        people = [make.person() for _ in range(4)]

    answers = at_once(
        [
            lambda user=user: organisation_register(
                actor=make.actor(user), name="Kaveri", sector=Sector.BAZAAR, place="IN"
            )
            for user in people
        ]
    )

    assert answers.count(None) == 1
    assert answers.count(errors.NameTaken) == 3


def test_a_portal_is_founded_once():
    answers = at_once(
        [
            lambda number=number: portal_found(
                actor=OPERATOR,
                email=f"a{number}@example.org",
                name="Nila Sen",
                charter=make.charter_draft(),
            )
            for number in range(4)
        ]
    )

    assert answers.count(None) == 1
    assert answers.count(errors.FoundedAlready) == 3
    assert (Charter.objects.count(), OfficeHolding.objects.count()) == (1, 1)
