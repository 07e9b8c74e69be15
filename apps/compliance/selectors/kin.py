"""Whose standings a change can touch: a listing's own versions, its descendants and its copies."""

import uuid
from collections.abc import Iterable

from django.db import connection

KIN = """
with recursive kin (version_id) as (
    select id from listings_listingversion where listing_id = any(%s)
    union
    select twin.id from listings_listingversion v
    join listings_listingversion twin on twin.weight_digest = v.weight_digest
    where v.listing_id = any(%s) and v.weight_digest <> ''
    union
    select e.child_id from kin
    join listings_listingversion v on v.id = kin.version_id
    join listings_lineageedge e on e.parent_id = v.listing_id and e.kind = 'weights'
        and e.valid_until is null
)
select version_id from kin
"""


def versions_touched(listings: Iterable[uuid.UUID]) -> list[uuid.UUID]:
    """Return the versions whose facts can follow from these listings.

    Their own versions, copies of the same weights, and all that were made from any of them; an
    edge in dispute counts too, as its dispute is what may have changed.
    """
    names = list(listings)
    with connection.cursor() as cursor:
        cursor.execute(KIN, [names, names])
        return [version for (version,) in cursor.fetchall()]
