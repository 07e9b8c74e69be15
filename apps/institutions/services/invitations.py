"""Invitations: an address is offered a membership, a seat or an office; its owner accepts."""

import datetime as dt
import secrets
import uuid
from dataclasses import dataclass
from functools import partial

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from apps.core.actor import Actor, ActorKind
from apps.core.clock import now
from apps.institutions import acts, errors
from apps.institutions.models import (
    Chamber,
    Invitation,
    Membership,
    Organisation,
    Role,
    Seat,
    User,
)
from apps.institutions.offices import OF_A_CHAMBER, Office
from apps.institutions.permissions import holds_office, in_good_standing, owns, refusal
from apps.institutions.selectors.tokens import secret_digest
from apps.institutions.services.constraints import refused_as
from apps.institutions.services.offices import office_hold, seat_hold
from apps.institutions.services.organisations import MEMBER
from apps.institutions.states import INVITATION, InvitationState
from apps.journal.services import record

LIFETIME = dt.timedelta(days=14)


@dataclass(frozen=True, kw_only=True)
class Offer:
    """What an invitation offers: an organisation's membership, a seat, or an office."""

    organisation: Organisation | None = None
    role: Role = Role.MEMBER
    seat: Seat | None = None
    office: Office | None = None
    chamber: Chamber | None = None
    term_until_at: dt.datetime | None = None
    basis: str = ""


@transaction.atomic
def invitation_send(
    *, actor: Actor, email: str, offer: Offer, language: str = "en-gb"
) -> Invitation:
    """Offer a place to an address; the message leaves once the transaction stands."""
    if not _may_offer(actor, offer):
        raise refusal(actor, _("This place is not yours to offer."))
    _check(offer)
    secret, moment = secrets.token_urlsafe(32), now()
    invitation = Invitation.objects.create(
        email=email.strip().lower(),
        digest=secret_digest(secret),
        organisation=offer.organisation,
        role=offer.role if offer.organisation else "",
        seat=offer.seat,
        office=offer.office or "",
        chamber=offer.chamber,
        term_until_at=offer.term_until_at,
        basis=offer.basis,
        sent_by_id=actor.person,
        sent_at=moment,
        expires_at=moment + LIFETIME,
    )
    transaction.on_commit(partial(_deliver, invitation, secret, language))
    record(
        acts.InvitationSent(
            subject=invitation.pk,
            organisation=invitation.organisation_id,
            seat=invitation.seat_id,
            office=invitation.office,
        ),
        actor=actor,
    )
    return invitation


@transaction.atomic
def invitation_accept(*, actor: Actor, secret: str) -> Invitation:
    """Take the place that was offered to one's own, checked address; a secret works once."""
    invitation = _open(secret)
    if actor.person is None or not in_good_standing(actor):
        raise refusal(actor, _("Sign in to accept an invitation."))
    user = User.objects.get(pk=actor.person)
    if not EmailAddress.objects.filter(
        user=user, email__iexact=invitation.email, verified=True
    ).exists():
        raise errors.InvitedAddressDiffers
    INVITATION.move(invitation, InvitationState.ACCEPTED)
    invitation.accepted_by = user
    invitation.accepted_at = now()
    invitation.save(update_fields=["state", "accepted_by", "accepted_at"])
    place = _take(invitation, user)
    record(acts.InvitationAccepted(subject=invitation.pk, person=user.pk, place=place), actor=actor)
    return invitation


@transaction.atomic
def invitation_withdraw(*, actor: Actor, invitation: Invitation) -> Invitation:
    """Take back an invitation that nobody has accepted yet."""
    invitation = Invitation.objects.select_for_update(of=["self"]).get(pk=invitation.pk)
    if not _may_offer(actor, _offer_of(invitation)):
        raise refusal(actor, _("This invitation is not yours to withdraw."))
    INVITATION.move(invitation, InvitationState.WITHDRAWN)
    invitation.save(update_fields=["state"])
    record(acts.InvitationWithdrawn(subject=invitation.pk), actor=actor)
    return invitation


def _may_offer(actor: Actor, offer: Offer) -> bool:
    """Owners invite members; clerks and administrators seats; administrators offices."""
    if offer.organisation is not None:
        return owns(actor, offer.organisation)
    if actor.kind is ActorKind.OPERATOR:
        return True
    if offer.seat is not None:
        return holds_office(actor, Office.CLERK, Office.ADMINISTRATOR)
    return holds_office(actor, Office.ADMINISTRATOR)


def _check(offer: Offer) -> None:
    if offer.office is not None and (offer.office in OF_A_CHAMBER) != (offer.chamber is not None):
        raise errors.OfficeChamberMismatch(field="chamber")
    ends = offer.term_until_at
    if (offer.seat is not None and ends is None) or (ends is not None and ends <= now()):
        raise errors.TermNotAhead(field="term_until_at")


def _offer_of(invitation: Invitation) -> Offer:
    return Offer(
        organisation=invitation.organisation,
        seat=invitation.seat,
        office=Office(invitation.office) if invitation.office else None,
        chamber=invitation.chamber,
    )


def _open(secret: str) -> Invitation:
    """Lock the invitation that the secret opens; a used or old one is as unknown as a false one."""
    found = (
        Invitation.objects.select_for_update(of=["self"])
        .filter(digest=secret_digest(secret), state=InvitationState.SENT, expires_at__gt=now())
        .first()
    )
    if found is None:
        raise errors.InvitationUnknown
    return found


def _take(invitation: Invitation, user: User) -> uuid.UUID:
    if invitation.organisation is not None:
        return _join(invitation, invitation.organisation, user).pk
    if invitation.seat is not None and invitation.term_until_at is not None:
        return seat_hold(
            seat=invitation.seat,
            user=user,
            until_at=invitation.term_until_at,
            basis=invitation.basis,
        ).pk
    return office_hold(
        user=user,
        office=Office(invitation.office),
        chamber=invitation.chamber,
        until_at=invitation.term_until_at,
    ).pk


def _join(invitation: Invitation, organisation: Organisation, user: User) -> Membership:
    with refused_as(MEMBER):
        return Membership.objects.create(
            user=user,
            organisation=organisation,
            role=invitation.role,
            since_at=now(),
        )


def _deliver(invitation: Invitation, secret: str, language: str) -> None:
    facts = {"invitation": invitation, "link": f"{settings.PORTAL_URL}/invitations/{secret}/"}
    with override(language):
        send_mail(
            str(_("An invitation to Sangam")),
            render_to_string("institutions/mail/invitation.txt", facts),
            settings.DEFAULT_FROM_EMAIL,
            [invitation.email],
        )
