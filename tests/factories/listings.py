"""Listings for tests, each entered by the register's own services."""

import itertools

from apps.core.actor import OPERATOR, Actor
from apps.institutions.models import Organisation
from apps.listings.models import Listing, ListingVersion
from apps.listings.readers import ListingDraft, RowRead
from apps.listings.services.listings import Written, listing_publish, rows_write

numbers = itertools.count(1)


def draft(**facts: object) -> ListingDraft:
    """A draft of a model that nobody else has; `facts` say what is different."""
    number = next(numbers)
    given = {
        "source": "tests",
        "external_id": f"model-{number}",
        "name": f"Model {number}",
        "provider": f"Provider {number}",
        "licence_text": "apache-2.0",
        "task": "text-generation",
    }
    return ListingDraft(**(given | facts))


def listing(
    *, actor: Actor = OPERATOR, organisation: Organisation | None = None, **facts: object
) -> Listing:
    """A listing with one version."""
    return version(actor=actor, organisation=organisation, **facts).listing


def version(
    *, actor: Actor = OPERATOR, organisation: Organisation | None = None, **facts: object
) -> ListingVersion:
    """The current version of a listing."""
    return listing_publish(actor=actor, organisation=organisation, draft=draft(**facts))


def write(
    *drafts: ListingDraft, actor: Actor = OPERATOR, organisation: Organisation | None = None
) -> Written:
    """Write several drafts as one batch."""
    rows = [RowRead(line, one.external_id, one) for line, one in enumerate(drafts, start=1)]
    return rows_write(actor=actor, organisation=organisation, rows=rows)
