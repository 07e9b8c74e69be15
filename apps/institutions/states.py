"""States of organisations, invitations and erasure requests, and who moves them."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from apps.core.states import Move, StateTable


class OrganisationState(TextChoices):
    """Whether the registrar has confirmed that an organisation is what it says it is."""

    REGISTERED = "registered", _("Registered, not yet confirmed")
    CONFIRMED = "confirmed", _("Confirmed")
    REFUSED = "refused", _("Refused")
    SUSPENDED = "suspended", _("Suspended")


ORGANISATION = StateTable(
    states=OrganisationState,
    initial=OrganisationState.REGISTERED,
    moves=(
        Move("confirm", OrganisationState.REGISTERED, OrganisationState.CONFIRMED, "registrar"),
        Move("refuse", OrganisationState.REGISTERED, OrganisationState.REFUSED, "registrar"),
        Move("reconsider", OrganisationState.REFUSED, OrganisationState.CONFIRMED, "registrar"),
        Move("suspend", OrganisationState.CONFIRMED, OrganisationState.SUSPENDED, "administrator"),
        Move("lift", OrganisationState.SUSPENDED, OrganisationState.CONFIRMED, "administrator"),
    ),
    main_line=(OrganisationState.REGISTERED, OrganisationState.CONFIRMED),
)


class InvitationState(TextChoices):
    """What became of an invitation; that it has expired is read from its date."""

    SENT = "sent", _("Sent")
    ACCEPTED = "accepted", _("Accepted")
    WITHDRAWN = "withdrawn", _("Withdrawn")


INVITATION = StateTable(
    states=InvitationState,
    initial=InvitationState.SENT,
    moves=(
        Move("accept", InvitationState.SENT, InvitationState.ACCEPTED, "the person invited"),
        Move("withdraw", InvitationState.SENT, InvitationState.WITHDRAWN, "the sender"),
    ),
    main_line=(InvitationState.SENT, InvitationState.ACCEPTED),
)


class ErasureState(TextChoices):
    """What became of a request to erase a person's data."""

    REQUESTED = "requested", _("Requested")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    REFUSED = "refused", _("Refused")
    DONE = "done", _("Done")


ERASURE = StateTable(
    states=ErasureState,
    initial=ErasureState.REQUESTED,
    moves=(
        Move("withdraw", ErasureState.REQUESTED, ErasureState.WITHDRAWN, "the person"),
        Move("refuse", ErasureState.REQUESTED, ErasureState.REFUSED, "administrator"),
        Move("carry out", ErasureState.REQUESTED, ErasureState.DONE, "administrator"),
    ),
    main_line=(ErasureState.REQUESTED, ErasureState.DONE),
)
