"""Find the listings behind the names of parents: at once, or when the parent arrives."""

import uuid
from collections.abc import Collection, Iterable

from django.db import connection

from apps.listings.acts import LineageResolved
from apps.listings.services.batches import Batch

# An exact external id wins; a bare name counts only within the child's own source, and only where
# it is one listing's alone: names collide.
RESOLVE = """
with found as (
    select e.id, v.listing_id as child, coalesce(
        (select (array_agg(l.id))[1] from listings_listing l
            where lower(l.external_id) = lower(e.parent_name) and l.id <> v.listing_id
            having count(*) = 1),
        (select (array_agg(l.id))[1] from listings_listing l
            where lower(l.name) = lower(e.parent_name) and l.id <> v.listing_id
                and l.source = c.source
            having count(*) = 1)) as parent
    from listings_lineageedge e
    join listings_listingversion v on v.id = e.child_id
    join listings_listing c on c.id = v.listing_id
    where e.parent_id is null and e.valid_until is null and e.kind <> 'data'
        and lower(e.parent_name) = any(%s))
update listings_lineageedge e set parent_id = found.parent
from found where e.id = found.id and found.parent is not null
returning found.child, e.child_id, e.parent_id
"""


def parents_resolve(batch: Batch, acted: Collection[uuid.UUID]) -> list[LineageResolved]:
    """Give parents to edges that know them by name; return acts of listings not `acted` on yet."""
    drafts = [draft for draft, _digest in batch.new]
    drafts += [draft for draft, _digest, _listing in batch.changed]
    keys = {parent.name.lower() for draft in drafts for parent in draft.parents}
    keys |= {name.lower() for draft in drafts for name in (draft.name, draft.external_id)}
    if not keys:
        return []
    with connection.cursor() as cursor:
        cursor.execute(RESOLVE, [sorted(keys)])
        found = cursor.fetchall()
    return _acts(row for row in found if row[0] not in acted)


def _acts(found: Iterable[tuple[uuid.UUID, uuid.UUID, uuid.UUID]]) -> list[LineageResolved]:
    parents: dict[tuple[uuid.UUID, uuid.UUID], list[uuid.UUID]] = {}
    for listing, version, parent in found:
        parents.setdefault((listing, version), []).append(parent)
    return [
        LineageResolved(subject=listing, version=version, parents=sorted(ids))
        for (listing, version), ids in sorted(parents.items())
    ]
