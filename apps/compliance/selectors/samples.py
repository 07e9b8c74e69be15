"""A few listings of each kind of change, with the clauses of the draft that hold for them."""

import uuid
from collections import defaultdict
from heapq import nsmallest
from typing import Any

from apps.compliance.selectors.bearings import Bearing, Bearings, Pair
from apps.compliance.selectors.simulating import Simulated, names_in
from apps.listings.models import Listing

EACH = 3


def samples_of(found: Simulated, bearings: Bearings) -> list[dict[str, Any]]:
    """Return for each change of the strictest outcome its first listings; the same each time.

    A listing for which only the version before fires names no clause.
    """
    kinds: dict[Pair, list[tuple[bytes, Bearing]]] = defaultdict(list)
    for signature, names in found.touched.items():
        bearing = bearings.of(signature)
        if bearing.changed:
            kind = bearing.would_be if bearings.on_trial else bearing.enforced
            first = nsmallest(EACH, names_in(names))
            kinds[kind] += [(name, bearing) for name in first]
    chosen = {
        kind: nsmallest(EACH, rows, key=lambda row: row[0]) for kind, rows in sorted(kinds.items())
    }
    wanted = [uuid.UUID(bytes=name) for rows in chosen.values() for name, _bearing in rows]
    listings = Listing.objects.in_bulk(wanted)
    return [
        {
            "code": listings[uuid.UUID(bytes=name)].code,
            "name": listings[uuid.UUID(bytes=name)].name,
            "before": before.slug,
            "after": after.slug,
            "clauses": list(bearing.clauses),
        }
        for (before, after), rows in chosen.items()
        for name, bearing in rows
    ]
