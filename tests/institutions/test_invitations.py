import datetime as dt
import re

import pytest
from django.core import mail

from apps.core.clock import now
from apps.core.errors import NotPermitted
from apps.institutions import errors
from apps.institutions.models import Invitation, Membership, OfficeHolding, Role, Seat, SeatTerm
from apps.institutions.offices import Office
from apps.institutions.sectors import Sector
from apps.institutions.services import (
    Offer,
    invitation_accept,
    invitation_send,
    invitation_withdraw,
)
from tests.factories import institutions as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def company():
    return make.organisation("Kaveri Works")


@pytest.fixture
def send(company, django_capture_on_commit_callbacks):
    def sending(offer=None, sender=None, email="meera@example.org"):
        offer = offer or Offer(organisation=company)
        with django_capture_on_commit_callbacks(execute=True):
            sent = invitation_send(
                actor=make.actor(sender or make.owner_of(company)), email=email, offer=offer
            )
        [secret] = re.findall(r"/invitations/([\w-]+)/", mail.outbox[-1].body)
        return sent, secret

    return sending


def meera():
    return make.person(email="meera@example.org")


def test_the_person_invited_joins(send, company):
    sent, secret = send(Offer(organisation=company, role=Role.OWNER))
    user = meera()

    invitation_accept(actor=make.actor(user), secret=secret)

    joined = user.memberships.get()
    assert (joined.organisation, joined.role) == (company, Role.OWNER)
    sent.refresh_from_db()
    assert (sent.state, sent.accepted_by) == ("accepted", user)


def test_the_message_names_the_place_and_the_secret_is_kept_as_a_digest(send):
    sent, secret = send()

    assert mail.outbox[-1].to == ["meera@example.org"]
    assert "Kaveri Works invites you" in mail.outbox[-1].body
    assert secret not in str(Invitation.objects.values().get(pk=sent.pk))


def test_a_link_works_once(send):
    _sent, secret = send()
    invitation_accept(actor=make.actor(meera()), secret=secret)

    with pytest.raises(errors.InvitationUnknown):
        invitation_accept(actor=make.actor(make.person()), secret=secret)

    assert Membership.objects.filter(role=Role.MEMBER).count() == 1


def test_a_link_is_for_the_address_it_was_sent_to(send):
    _sent, secret = send()

    with pytest.raises(errors.InvitedAddressDiffers):
        invitation_accept(actor=make.actor(make.person()), secret=secret)

    assert not Membership.objects.filter(role=Role.MEMBER).exists()


def test_a_link_needs_a_checked_address(send):
    _sent, secret = send()
    user = meera()
    user.emailaddress_set.update(verified=False)

    with pytest.raises(errors.InvitedAddressDiffers):
        invitation_accept(actor=make.actor(user), secret=secret)


def test_a_link_expires(send, clock):
    _sent, secret = send()
    user = meera()

    clock.advance("14 days")

    with pytest.raises(errors.InvitationUnknown):
        invitation_accept(actor=make.actor(user), secret=secret)


def test_a_withdrawn_invitation_is_unknown(send, company):
    sent, secret = send()
    invitation_withdraw(actor=make.actor(make.owner_of(company)), invitation=sent)

    with pytest.raises(errors.InvitationUnknown):
        invitation_accept(actor=make.actor(meera()), secret=secret)


def test_a_suspended_person_accepts_nothing(send):
    _sent, secret = send()
    user = make.suspended(meera())

    with pytest.raises(NotPermitted):
        invitation_accept(actor=make.actor(user), secret=secret)

    assert Invitation.objects.get().state == "sent"


def test_a_seat_is_taken_by_invitation(send):
    seat = Seat.objects.get(chamber=make.chamber(Sector.SAMAJ), number=1)
    ends = now() + dt.timedelta(days=365)
    offer = Offer(seat=seat, term_until_at=ends, basis="Founding terms")
    _sent, secret = send(offer, make.administrator())
    user = meera()

    invitation_accept(actor=make.actor(user), secret=secret)

    term = SeatTerm.objects.get()
    assert (term.seat, term.user, term.until_at, term.basis) == (
        seat,
        user,
        ends,
        "Founding terms",
    )


def test_a_seat_that_was_filled_meanwhile_is_refused_and_the_link_stays(send):
    seat = Seat.objects.get(chamber=make.chamber(Sector.SAMAJ), number=1)
    offer = Offer(seat=seat, term_until_at=now() + dt.timedelta(days=9), basis="x")
    sent, secret = send(offer, make.administrator())
    make.seated(Sector.SAMAJ, number=1)

    with pytest.raises(errors.SeatTaken):
        invitation_accept(actor=make.actor(meera()), secret=secret)

    sent.refresh_from_db()
    assert sent.state == "sent"
    assert SeatTerm.objects.count() == 1


def test_an_office_is_taken_by_invitation(send):
    offer = Offer(office=Office.CHAIR, chamber=make.chamber(Sector.BAZAAR))
    _sent, secret = send(offer, make.administrator())
    user = meera()

    invitation_accept(actor=make.actor(user), secret=secret)

    held = OfficeHolding.objects.get(user=user)
    assert (held.office, held.chamber) == (Office.CHAIR, make.chamber(Sector.BAZAAR))


@pytest.mark.parametrize(
    ("offer", "refused"),
    [
        (Offer(office=Office.CHAIR), errors.OfficeChamberMismatch),
        (
            Offer(office=Office.CLERK, term_until_at=dt.datetime(2020, 1, 1, tzinfo=dt.UTC)),
            errors.TermNotAhead,
        ),
    ],
)
def test_an_impossible_offer_is_refused(offer, refused):
    with pytest.raises(refused):
        invitation_send(
            actor=make.actor(make.administrator()), email="meera@example.org", offer=offer
        )

    assert not Invitation.objects.exists()
