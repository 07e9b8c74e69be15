"""Enter listings that are new: their rows go in by COPY, their acts with them."""

import uuid
from typing import Any

from django.utils.text import slugify

from apps.core.codes import code
from apps.core.ids import uuid7
from apps.listings.acts import ListingListed
from apps.listings.models import Provider
from apps.listings.readers import EvaluationDraft, ListingDraft, ParentDraft
from apps.listings.services.batches import Batch, numbers
from apps.listings.services.rows import (
    EDGE_COLUMNS,
    EVALUATION_COLUMNS,
    LISTING_COLUMNS,
    VERSION_COLUMNS,
    copy_rows,
    version_row,
    words_of,
)
from apps.listings.states import DeclaredBy, EdgeState, ListingState


def listings_enter(batch: Batch) -> list[ListingListed]:
    """Write the batch's new listings with their first version; return their acts."""
    listings, versions, edges, evaluations = [], [], [], []
    acts: list[ListingListed] = []
    given = numbers("listings_listing_numbers", len(batch.new))
    for (draft, digest), number in zip(batch.new, given, strict=True):
        listing, version, provider = uuid7(), uuid7(), batch.provider(draft)
        licence, name = batch.licence(draft), code("L", number)
        listings.append(_listing_row(batch, draft, listing, version, name, digest))
        versions.append(
            version_row(
                version=version,
                listing=listing,
                number=1,
                draft=draft,
                licence=licence,
                at=batch.at,
            )
        )
        edges += [edge_row(batch, version, provider, parent) for parent in draft.parents]
        evaluations += [evaluation_row(batch, version, test) for test in draft.evaluations]
        acts.append(
            ListingListed(
                subject=listing,
                version=version,
                provider=provider.pk,
                code=name,
                source=draft.source,
                external_id=draft.external_id,
                licence=licence or "",
            )
        )
    copy_rows("listings_listing", LISTING_COLUMNS, listings)
    copy_rows("listings_listingversion", VERSION_COLUMNS, versions)
    copy_rows("listings_lineageedge", EDGE_COLUMNS, edges)
    copy_rows("listings_evaluation", EVALUATION_COLUMNS, evaluations)
    return acts


def edge_row(
    batch: Batch, version: uuid.UUID, provider: Provider, parent: ParentDraft
) -> list[Any]:
    """Return one row of `listings_lineageedge`; its parent is looked for afterwards."""
    own = batch.organisation_id is not None and provider.claimed_by_id == batch.organisation_id
    return [
        uuid7(),
        version,
        parent.name,
        parent.kind,
        parent.relation,
        (DeclaredBy.PROVIDER if own else DeclaredBy.SOURCE).value,
        parent.evidence,
        EdgeState.DECLARED.value,
        batch.at,
    ]


def evaluation_row(batch: Batch, version: uuid.UUID, test: EvaluationDraft) -> list[Any]:
    """Return one row of `listings_evaluation`."""
    return [
        uuid7(),
        version,
        test.kind,
        test.score,
        test.dataset,
        test.measured_date,
        test.source,
        batch.at,
    ]


def _listing_row(
    batch: Batch,
    draft: ListingDraft,
    listing: uuid.UUID,
    version: uuid.UUID,
    name: str,
    digest: str,
) -> list[Any]:
    return [
        listing,
        name,
        batch.provider(draft).pk,
        draft.name,
        slugify(draft.name)[:120] or "model",
        draft.source,
        draft.external_id,
        ListingState.LISTED.value,
        version,
        batch.organisation_id,
        digest,
        words_of(draft),
        batch.at,
        batch.at,
    ]
