"""Give versions the licence that they name, once the register knows the name."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.core.actor import Actor
from apps.institutions.permissions import refusal
from apps.journal.services import record_many
from apps.licensing.selectors import licence_names
from apps.listings.acts import LicenceRecognised
from apps.listings.models import ListingVersion
from apps.listings.permissions import is_portal

BATCH = 1000


def licences_recognise(*, actor: Actor) -> int:
    """Resolve again every name that resolved to nothing; return how many versions gained one.

    In batches, each with one act a version; done again, it changes nothing.
    """
    if not is_portal(actor):
        raise refusal(actor, _("The portal itself reads the register's names again."))
    nameless = ListingVersion.objects.filter(licence=None).exclude(licence_text="")
    texts = nameless.order_by().values_list("licence_text", "licence_link").distinct()
    names = licence_names()
    resolved = {pair: names.resolve(*pair) for pair in texts}
    return sum(
        _give(actor, text, link, licence)
        for (text, link), licence in sorted(resolved.items())
        if licence
    )


def _give(actor: Actor, text: str, link: str, licence: str) -> int:
    given = 0
    while count := _give_some(actor, text, link, licence):
        given += count
    return given


@transaction.atomic
def _give_some(actor: Actor, text: str, link: str, licence: str) -> int:
    rows = ListingVersion.objects.filter(licence=None, licence_text=text, licence_link=link)
    some = list(rows.select_for_update().order_by("id")[:BATCH])
    ListingVersion.objects.filter(pk__in=[row.pk for row in some]).update(licence=licence)
    record_many(
        [
            LicenceRecognised(subject=row.listing_id, version=row.pk, licence=licence)
            for row in some
        ],
        actor=actor,
    )
    return len(some)
