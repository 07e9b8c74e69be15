"""Invitations, as the person invited sees them."""

from apps.core.clock import Now
from apps.institutions.errors import InvitationUnknown
from apps.institutions.models import Invitation
from apps.institutions.selectors.tokens import secret_digest
from apps.institutions.states import InvitationState


def invitation_by_secret(secret: str) -> Invitation:
    """Return the open invitation that a secret leads to; raise `InvitationUnknown`."""
    sent = Invitation.objects.filter(state=InvitationState.SENT, expires_at__gt=Now())
    rows = sent.select_related("organisation", "seat__chamber", "chamber")
    found = rows.filter(digest=secret_digest(secret)).first()
    if found is None:
        raise InvitationUnknown
    return found
