"""Follow a listing: a person's own wish, no governance, so no act tells of it."""

import uuid

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.core.actor import Actor
from apps.core.clock import now
from apps.institutions.permissions import in_good_standing, refusal
from apps.listings.models import Follow, Listing


@transaction.atomic
def follow_begin(*, actor: Actor, listing: Listing) -> None:
    """Follow a listing; doing so twice changes nothing."""
    if actor.person is None or not in_good_standing(actor):
        raise refusal(actor, _("Sign in to follow a listing."))
    Follow.objects.bulk_create(
        [Follow(user_id=actor.person, listing=listing, since_at=now())], ignore_conflicts=True
    )


@transaction.atomic
def follow_end(*, actor: Actor, listing: Listing) -> None:
    """Follow a listing no more; doing so twice changes nothing."""
    if not in_good_standing(actor):
        raise refusal(actor, _("Sign in to follow a listing."))
    Follow.objects.filter(user=actor.person, listing=listing).delete()


@transaction.atomic
def follows_erase(*, person: uuid.UUID) -> None:
    """Forget which listings someone follows whose data are erased; twice does no harm."""
    Follow.objects.filter(user=person).delete()
