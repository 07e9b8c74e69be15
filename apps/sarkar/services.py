"""What an administrator sets going here."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.core.actor import Actor
from apps.institutions.permissions import refusal
from apps.journal.services import parked_retry
from apps.sarkar.permissions import can_see_journal


@transaction.atomic
def parked_acts_retry(*, actor: Actor, consumer: str = "") -> int:
    """Have parked acts answered again now, of one consumer or of all; return how many.

    No row of governance changes, so no act is recorded: what the answers change, they record.
    """
    if not can_see_journal(actor):
        raise refusal(actor, _("Only an administrator has parked acts answered again."))
    return parked_retry(consumer=consumer)
