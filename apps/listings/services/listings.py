"""Enter, change, withdraw: the one way by which rows come into the register."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from apps.core.actor import Actor
from apps.core.clock import now
from apps.core.errors import FieldFault
from apps.institutions.models import Organisation
from apps.institutions.permissions import refusal
from apps.journal.acts import Act
from apps.journal.services import record, record_many
from apps.licensing.services import names_queue
from apps.listings.acts import ListingRelisted, ListingWithdrawn, ProviderDescribed
from apps.listings.errors import ListingRefused, NotKeeper
from apps.listings.models import Listing, ListingVersion
from apps.listings.permissions import can_change, can_list_for, keeper
from apps.listings.readers import Fault, ListingDraft, RowRead, read_changes, row_of
from apps.listings.selectors import current_of, draft_of
from apps.listings.services.batches import batch_of
from apps.listings.services.changing import listings_change
from apps.listings.services.entering import listings_enter
from apps.listings.services.lineage import parents_resolve
from apps.listings.states import LISTINGS, ListingState

PORTAL_SOURCE = "portal"


@dataclass(frozen=True, slots=True)
class Written:
    """What became of some rows; a refused row stands with what is wrong with it."""

    listed: int
    changed: int
    unchanged: int
    refused: list[tuple[RowRead, Fault]]


@transaction.atomic
def rows_write(
    *, actor: Actor, organisation: Organisation | None, rows: Sequence[RowRead]
) -> Written:
    """Write rows of listings: all that can be used, each changed listing with one act.

    A row that stands already writes nothing. A row under another's claimed name, or of a listing
    that another keeps, is refused alone.
    """
    batch = batch_of(organisation, rows, now())
    if not can_list_for(actor, organisation):
        raise refusal(actor, _("Only members list models for their organisation."))
    entered = listings_enter(batch)
    changes = listings_change(batch)
    acts: list[Act] = [*entered, *changes.acts]
    acts += parents_resolve(batch, {act.subject for act in acts})
    acts += [
        ProviderDescribed(subject=row.pk, country=row.country, website=row.website)
        for row in batch.described
    ]
    names_queue(actor=actor, met=batch.met)
    record_many(acts, actor=actor)
    return Written(
        listed=len(entered),
        changed=len(changes.listings),
        unchanged=batch.unchanged + changes.unchanged,
        refused=batch.refused,
    )


@transaction.atomic
def listing_publish(
    *, actor: Actor, organisation: Organisation | None, draft: ListingDraft
) -> ListingVersion:
    """Enter one listing, or change it where it is known; return its current version.

    Another licence or other weights begin a new version. Raises `ListingRefused`.
    """
    row = RowRead(1, draft.external_id, draft)
    written = rows_write(actor=actor, organisation=organisation, rows=[row])
    if written.refused:
        raise _refused([written.refused[0][1]])
    rows = ListingVersion.objects.select_related("listing__provider", "licence")
    return rows.get(
        listing__source=draft.source,
        listing__external_id=draft.external_id,
        listing__current=F("pk"),
    )


@transaction.atomic
def row_publish(
    *, actor: Actor, organisation: Organisation | None, row: Mapping[str, Any]
) -> ListingVersion:
    """Enter one listing from a JSON value in any shape that the readers know."""
    read = row_of(1, row, source_of(organisation))
    if read.draft is None:
        raise _refused(read.faults)
    return listing_publish(actor=actor, organisation=organisation, draft=read.draft)


@transaction.atomic
def listing_change(
    *, actor: Actor, listing_id: uuid.UUID, changes: Mapping[str, Any]
) -> ListingVersion:
    """Tell some fields of a listing anew, by their names in the portal's own shape."""
    listing = _locked(listing_id)
    if not can_change(actor, listing):
        raise NotKeeper
    read = read_changes(draft_of(listing, current_of(listing)), changes)
    if read.draft is None:
        raise _refused(read.faults)
    return listing_publish(actor=actor, organisation=keeper(listing), draft=read.draft)


@transaction.atomic
def listing_withdraw(*, actor: Actor, listing_id: uuid.UUID, reason: str) -> Listing:
    """Take a listing from offer; its versions and history stay."""
    listing = _locked(listing_id)
    if not can_change(actor, listing):
        raise NotKeeper
    LISTINGS.move(listing, ListingState.WITHDRAWN)
    listing.changed_at = now()
    listing.save(update_fields=["state", "changed_at"])
    record(ListingWithdrawn(subject=listing.pk, reason=reason), actor=actor)
    return listing


@transaction.atomic
def listing_relist(*, actor: Actor, listing_id: uuid.UUID) -> Listing:
    """Put a withdrawn listing on offer again."""
    listing = _locked(listing_id)
    if not can_change(actor, listing):
        raise NotKeeper
    LISTINGS.move(listing, ListingState.LISTED)
    listing.changed_at = now()
    listing.save(update_fields=["state", "changed_at"])
    record(ListingRelisted(subject=listing.pk), actor=actor)
    return listing


def source_of(organisation: Organisation | None) -> str:
    """Return the source of rows that name none: the organisation's code, or the portal."""
    return organisation.code.lower() if organisation else PORTAL_SOURCE


def _refused(faults: Sequence[Fault]) -> ListingRefused:
    return ListingRefused(
        faults[0].reason,
        remedy=faults[0].remedy,
        faults=[FieldFault(fault.field, fault.reason, fault.remedy) for fault in faults],
    )


def _locked(listing_id: uuid.UUID) -> Listing:
    rows = Listing.objects.select_for_update(of=("self",))
    related = ("provider__claimed_by", "brought_by", "current")
    return rows.select_related(*related).get(pk=listing_id)
