"""Try a model out: how it would stand and what would turn that. Nothing of it is kept.

It takes the way of a real listing up to its commit, which never comes: what is tried is what
would happen, and nobody else can see it.
"""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from django.db import transaction

from apps.compliance.selectors.assessing import assess
from apps.compliance.selectors.curing import Outlook, outlook
from apps.compliance.selectors.law import law_at
from apps.compliance.services.facts import facts_gather
from apps.core.actor import Actor
from apps.core.clock import now
from apps.institutions.models import Organisation
from apps.listings.models import ListingVersion
from apps.listings.services import listing_change, row_publish


def listing_try(
    *, actor: Actor, organisation: Organisation | None, row: Mapping[str, Any]
) -> list[Outlook]:
    """Return how a listing would stand, told as `row_publish` takes it: the badge first.

    Raises what entering it would.
    """
    return _tried(lambda: row_publish(actor=actor, organisation=organisation, row=row))


def change_try(*, actor: Actor, listing_id: uuid.UUID, changes: Mapping[str, Any]) -> list[Outlook]:
    """Return how a listing would stand with some of its fields told anew."""
    return _tried(lambda: listing_change(actor=actor, listing_id=listing_id, changes=changes))


def _tried(publish: Callable[[], ListingVersion]) -> list[Outlook]:
    with transaction.atomic():
        outlooks = _outlooks(publish())
        transaction.set_rollback(True)
    return outlooks


def _outlooks(version: ListingVersion) -> list[Outlook]:
    moment = now()
    facts_gather(versions=[version.pk], moment=moment)
    return [
        _nameless(outlook(version.listing.code, standing.uses, standing.jurisdictions))
        for assessment in assess(law=law_at(moment), versions=[version.pk])
        for standing in assessment.standings
    ]


def _nameless(found: Outlook) -> Outlook:
    """Return an outlook without the code and the facts that nothing will be kept under."""
    return replace(found, decision=replace(found.decision, listing="", facts_version=None))
