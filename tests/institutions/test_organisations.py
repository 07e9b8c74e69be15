import pytest

from apps.core.errors import MoveRefused, NotPermitted
from apps.institutions import errors
from apps.institutions.models import ApiToken, Membership, Organisation, OwnerGroup, Role
from apps.institutions.offices import Office
from apps.institutions.scopes import Scope
from apps.institutions.sectors import Sector
from apps.institutions.services import (
    conflict_declare,
    membership_add,
    membership_end,
    organisation_confirm,
    organisation_refuse,
    organisation_register,
    organisation_restore,
    organisation_suspend,
)
from apps.journal.selectors import acts_after
from apps.reactions.runner import settle
from tests.factories import institutions as make

pytestmark = pytest.mark.django_db


def test_a_new_organisation_has_a_code_an_owner_and_an_act():
    user = make.person()

    made = organisation_register(
        actor=make.actor(user),
        name=" Kaveri ",
        sector=Sector.BAZAAR,
        place="in",
        email_domain="@Kaveri.Example",
    )
    settle()

    kept = Organisation.objects.get()
    assert (kept.name, kept.jurisdiction, kept.email_domain) == ("Kaveri", "IN", "kaveri.example")
    assert kept.state == "registered"
    assert Membership.objects.get().role == Role.OWNER
    [act] = [act for act in acts_after(0, limit=10) if not act.sealed]
    assert (act.kind, act.subject) == ("institutions.organisation.registered", made.pk)
    assert act.payload == {"code": made.code, "sector": "bazaar", "jurisdiction": "IN"}


def test_a_name_is_taken_once_per_jurisdiction_whatever_its_case():
    make.organisation("Kaveri", confirmed=False)
    make.organisation("Kaveri", jurisdiction="FR", confirmed=False)

    with pytest.raises(errors.NameTaken):
        make.organisation("KAVERI", confirmed=False)

    assert Organisation.objects.count() == 2


def test_a_refused_name_is_free_again():
    first = make.organisation("Kaveri", confirmed=False)
    registrar = make.officer(Office.REGISTRAR)
    organisation_refuse(actor=make.actor(registrar), organisation=first)

    make.organisation("Kaveri", confirmed=False)

    assert Organisation.objects.filter(name="Kaveri").count() == 2


def test_confirming_names_the_owner_group_once():
    group = "Kaveri Holding"
    one = make.organisation("One", owner_group=group)
    two = make.organisation("Two", owner_group=group)

    assert one.owner_group == two.owner_group == OwnerGroup.objects.get(name=group)


def test_an_organisation_is_confirmed_once():
    company = make.organisation()

    with pytest.raises(MoveRefused):
        organisation_confirm(actor=make.actor(make.officer(Office.REGISTRAR)), organisation=company)


def test_a_registrar_with_an_interest_steps_aside():
    registrar = make.officer(Office.REGISTRAR)
    own = make.organisation("Own", owner=registrar, confirmed=False)
    other = make.organisation("Other", confirmed=False)
    conflict_declare(actor=make.actor(registrar), interest="shares", organisation=other)

    for company in (own, other):
        with pytest.raises(NotPermitted):
            organisation_confirm(actor=make.actor(registrar), organisation=company)

    assert set(Organisation.objects.values_list("state", flat=True)) == {"registered"}


def test_a_suspension_is_lifted_by_an_administrator_outside():
    judge = make.actor(make.administrator())
    company = make.organisation()

    held = organisation_suspend(actor=judge, organisation=company, reason="Unpaid fine.")
    restored = organisation_restore(actor=judge, organisation=company)
    held.refresh_from_db()

    assert restored.state == "confirmed"
    assert (held.lifted_by, held.until_at is not None) == (make.administrator(), True)


def test_nobody_is_a_member_twice_at_a_time_but_may_come_back():
    company = make.organisation()
    owner = make.actor(make.owner_of(company))
    user = make.member_of(company)

    with pytest.raises(errors.AlreadyMember):
        membership_add(actor=owner, organisation=company, user=user)
    membership_end(actor=owner, membership=user.memberships.get())
    membership_add(actor=owner, organisation=company, user=user)

    assert user.memberships.count() == 2
    assert user.memberships.held().count() == 1


def test_the_last_owner_cannot_leave():
    company = make.organisation()
    owner = make.owner_of(company)

    with pytest.raises(errors.LastOwner):
        membership_end(actor=make.actor(owner), membership=owner.memberships.get())

    assert owner.memberships.held().count() == 1


def test_tokens_for_the_organisation_end_with_the_membership():
    company = make.organisation()
    user = make.member_of(company)
    make.token(user, Scope.LISTINGS_READ, organisation=company)
    own = make.token(user, Scope.LISTINGS_READ)

    membership_end(actor=make.actor(user), membership=user.memberships.get())

    assert list(ApiToken.objects.valid()) == [own.token]


def test_an_ended_membership_does_not_end_again():
    company = make.organisation()
    user = make.member_of(company)
    held = user.memberships.get()
    membership_end(actor=make.actor(user), membership=held)

    with pytest.raises(errors.NotMember):
        membership_end(actor=make.actor(make.owner_of(company)), membership=held)
