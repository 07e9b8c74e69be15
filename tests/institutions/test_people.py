import datetime as dt
import json

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db import IntegrityError, connection, transaction
from django.test import Client

from apps.core.actor import ANONYMOUS
from apps.core.clock import now
from apps.institutions import errors
from apps.institutions.models import ApiToken, ErasureRequest, Seat, User
from apps.institutions.offices import Office
from apps.institutions.scopes import Scope
from apps.institutions.sectors import Sector
from apps.institutions.selectors import own_data
from apps.institutions.services import (
    Offer,
    demo_second_factor,
    erasure_carry_out,
    erasure_request,
    invitation_send,
    person_register,
    person_restore,
    person_suspend,
)
from tests.factories import institutions as make

pytestmark = pytest.mark.django_db


def erase(user: User) -> User:
    request = erasure_request(actor=make.actor(user))
    judge = make.actor(make.administrator())
    erasure_carry_out(actor=judge, request=request, answer="Done as you asked.")
    return User.objects.get(pk=user.pk)


def everything_kept() -> str:
    """All rows of all tables as text."""
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        found = []
        for table in tables:
            cursor.execute(f'select * from "{table}"')
            found.append(str(cursor.fetchall()))
    return "\n".join(found)


def test_an_address_has_one_account_whatever_its_case():
    make.person(email="meera@example.org")

    with pytest.raises(errors.AddressTaken):
        person_register(actor=ANONYMOUS, email="MEERA@Example.Org")

    assert User.objects.count() == 1


def test_after_erasure_nothing_tells_who_it_was():
    user = make.person("Meera Iyer", email="meera@example.org", password=make.PASSWORD)
    make.token(user, Scope.LISTINGS_READ)
    clerk = make.actor(make.officer(Office.CLERK))
    seat = Seat.objects.get(chamber=make.chamber(Sector.SAMAJ), number=1)
    offer = Offer(seat=seat, term_until_at=now() + dt.timedelta(days=9))
    invitation_send(actor=clerk, email="Meera@example.org", offer=offer)
    browser = Client()
    browser.force_login(user)

    erased = erase(user)

    assert (erased.name, erased.is_active, erased.has_usable_password()) == ("", False, False)
    assert not EmailAddress.objects.filter(user=user).exists()
    assert not ApiToken.objects.valid().exists()
    assert browser.get("/me/").status_code == 302
    kept = everything_kept()
    assert "Meera" not in kept
    assert "meera" not in kept


def test_a_person_in_office_is_not_erased_silently():
    clerk = make.officer(Office.CLERK)
    seat = make.seated(Sector.SAMAJ).user

    for user in (clerk, seat):
        with pytest.raises(errors.StillInOffice):
            erase(user)

    assert set(ErasureRequest.objects.values_list("state", flat=True)) == {"requested"}


def test_the_last_owner_is_not_erased_silently():
    owner = make.owner_of(make.organisation())

    with pytest.raises(errors.LastOwner):
        erase(owner)

    assert User.objects.get(pk=owner.pk).is_active


def test_one_open_request_is_enough():
    user = make.person()
    erasure_request(actor=make.actor(user))

    with pytest.raises(errors.ErasureAsked):
        erasure_request(actor=make.actor(user))

    assert ErasureRequest.objects.count() == 1


def test_a_person_is_suspended_once_at_a_time():
    user = make.suspended()
    judge = make.actor(make.administrator())

    with pytest.raises(errors.SuspendedAlready):
        person_suspend(actor=judge, user=user, reason="Again.")
    person_restore(actor=judge, suspension=user.suspensions.get())
    with pytest.raises(errors.HoldingEnded):
        person_restore(actor=judge, suspension=user.suspensions.get())
    person_suspend(actor=judge, user=user, reason="Again.")

    assert user.suspensions.count() == 2


def test_the_export_holds_everything_but_secrets():
    user = make.person("Meera Iyer", email="meera@example.org", password=make.PASSWORD)
    company = make.organisation(owner=user)
    issued = make.token(user, Scope.LISTINGS_READ, organisation=company)

    data = own_data(user.pk)

    text = json.dumps(data)
    assert data["account"]["email"] == "meera@example.org"
    assert [row["organisation_id"] for row in data["memberships"]] == [str(company.pk)]
    assert [row["tail"] for row in data["tokens"]] == [issued.secret[-4:]]
    kept = User.objects.get(pk=user.pk)
    for secret in (kept.password, issued.secret, issued.token.digest):
        assert secret not in text


def test_every_table_about_a_person_is_in_the_export():
    related = {
        relation.related_model._meta.label
        for relation in User._meta.related_objects
        if relation.field.name == "user"
    }
    named = {
        "account.EmailAddress",
        "mfa.Authenticator",
        "usersessions.UserSession",
        "institutions.ApiToken",
        "institutions.ConflictDeclaration",
        "institutions.DutyShift",
        "institutions.ErasureRequest",
        "institutions.Mandate",
        "institutions.Membership",
        "institutions.OfficeHolding",
        "institutions.SeatTerm",
        "institutions.Suspension",
    }

    ours = {label for label in related if label.startswith("institutions.")}
    assert ours <= named
    assert len(own_data(make.person().pk)) == len(named) + 2


def test_an_account_does_not_appear_without_its_act():
    with transaction.atomic():
        User.objects.create_user("quiet@example.org")

        with pytest.raises(IntegrityError, match="without an act"):
            connection.check_constraints()
        transaction.set_rollback(True)


def test_only_demonstration_accounts_are_given_a_second_factor():
    with pytest.raises(errors.NotPermitted):
        demo_second_factor(user=make.person())

    assert not Authenticator.objects.exists()
