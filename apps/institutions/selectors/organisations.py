"""Organisations and their members, as each reader may see them."""

import uuid

from django.db.models import QuerySet

from apps.core.codes import parse
from apps.institutions.errors import OrganisationUnknown
from apps.institutions.models import Invitation, Membership, Organisation, Suspension
from apps.institutions.states import InvitationState, OrganisationState

SHOWN = (OrganisationState.CONFIRMED, OrganisationState.SUSPENDED)


def organisations_public() -> QuerySet[Organisation]:
    """Return the organisations that anyone may see: those that a registrar has confirmed."""
    return Organisation.objects.filter(state__in=SHOWN)


def organisation_by_code(code: str) -> Organisation:
    """Return one organisation by its reference code; raise `OrganisationUnknown`."""
    try:
        return Organisation.objects.select_related("owner_group").get(code=parse(code))
    except Organisation.DoesNotExist:
        raise OrganisationUnknown(field="code") from None


def suspension_of_organisation(organisation: Organisation) -> Suspension | None:
    """Return the suspension that runs, if one does; the database allows one at a time."""
    return Suspension.objects.held().filter(organisation=organisation).first()


def memberships_of(person: uuid.UUID) -> list[Membership]:
    """Return the memberships that a person holds now, with their organisations, by name."""
    held = Membership.objects.held().filter(user=person).select_related("organisation")
    return list(held.order_by("organisation__name", "pk"))


def members_of(organisation: Organisation) -> list[Membership]:
    """Return who belongs to an organisation now, the longest first, at most a thousand."""
    held = Membership.objects.held().filter(organisation=organisation).select_related("user")
    return list(held.order_by("since_at", "pk")[:1000])


def invitations_open(organisation: Organisation) -> list[Invitation]:
    """Return the invitations of an organisation that nobody has answered yet."""
    sent = Invitation.objects.filter(organisation=organisation, state=InvitationState.SENT)
    return list(sent.order_by("-sent_at", "-pk")[:200])
