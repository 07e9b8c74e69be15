"""Invitations: to an organisation, to a seat, to an office."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from apps.core.ids import uuid7
from apps.institutions.models.chambers import Chamber, Seat
from apps.institutions.models.organisations import Organisation, Role
from apps.institutions.models.people import User
from apps.institutions.offices import Office
from apps.institutions.states import INVITATION, InvitationState


class Invitation(models.Model):
    """A place offered to an address; the secret in the message is kept as a digest only.

    Exactly one of `organisation`, `seat` and `office` is offered; a seat or office is offered
    until `term_until_at`.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    email = models.EmailField(_("e-mail address"))
    digest = models.CharField(max_length=64, unique=True)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="invitations"
    )
    role = models.CharField(_("role"), max_length=8, choices=Role, blank=True)
    seat = models.ForeignKey(
        Seat, models.PROTECT, null=True, blank=True, related_name="invitations"
    )
    office = models.CharField(_("office"), max_length=16, choices=Office, blank=True)
    chamber = models.ForeignKey(
        Chamber, models.PROTECT, null=True, blank=True, related_name="invitations"
    )
    term_until_at = models.DateTimeField(null=True)
    basis = models.CharField(_("how appointed or elected"), max_length=300, blank=True)
    state = models.CharField(max_length=12, choices=InvitationState, default=InvitationState.SENT)
    sent_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="invitations_sent")
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="invitations_accepted"
    )
    accepted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            INVITATION.constraint("institutions_invitation_state"),
            models.CheckConstraint(
                name="institutions_invitation_offers_one_thing",
                condition=Q(organisation__isnull=False, seat__isnull=True, office="")
                | Q(organisation__isnull=True, seat__isnull=False, office="")
                | (Q(organisation__isnull=True, seat__isnull=True) & ~Q(office="")),
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "sent_at"], name="institutions_invited_to_org")
        ]

    def __str__(self) -> str:
        return f"invitation {self.id}"
