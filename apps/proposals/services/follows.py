"""Follow a proposal: a person's own wish, no governance, so no act tells of it."""

import uuid

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.core.actor import Actor
from apps.core.clock import now
from apps.institutions.permissions import refusal
from apps.proposals.models import Follower, Proposal
from apps.proposals.permissions import can_follow

SIGN_IN = _("Sign in to follow a proposal.")


@transaction.atomic
def follow_begin(*, actor: Actor, proposal: Proposal) -> None:
    """Follow a proposal; doing so twice changes nothing."""
    if actor.person is None or not can_follow(actor):
        raise refusal(actor, SIGN_IN)
    Follower.objects.bulk_create(
        [Follower(user_id=actor.person, proposal=proposal, since_at=now())], ignore_conflicts=True
    )


@transaction.atomic
def follow_end(*, actor: Actor, proposal: Proposal) -> None:
    """Follow a proposal no more; doing so twice changes nothing."""
    if not can_follow(actor):
        raise refusal(actor, SIGN_IN)
    Follower.objects.filter(user=actor.person, proposal=proposal).delete()


@transaction.atomic
def follows_erase(*, person: uuid.UUID) -> None:
    """Forget which proposals someone follows whose data are erased; twice does no harm."""
    Follower.objects.filter(user=person).delete()
