"""Find the versions that many references mean, in one piece of SQL.

Each way of naming a version (`resolving`) becomes one row of text; the statement looks each up by
the same SQL as a single reference, so that a catalogue is answered as its items one by one.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from apps.listings.selectors.resolving import (
    BY_CODE,
    BY_LISTING,
    BY_NAME,
    BY_NAME_AND_REVISION,
    BY_OWN_SKU,
    BY_PLACE,
    BY_PLACE_AND_REVISION,
    BY_SKU,
    BY_VERSION,
    BY_WEIGHTS,
    Way,
    copy_ways,
    ways_of,
)

# The values that a way takes, as columns of the row that tells them.
TAKEN = {
    BY_CODE: ("way.a",),
    BY_LISTING: ("way.a::uuid",),
    BY_VERSION: ("way.a::uuid",),
    BY_WEIGHTS: ("way.a",),
    BY_SKU: ("way.a::uuid", "way.b"),
    BY_OWN_SKU: ("way.a", "way.b::uuid"),
    BY_PLACE: ("way.a", "way.b"),
    BY_PLACE_AND_REVISION: ("way.a", "way.b", "way.c"),
    BY_NAME: ("way.a",),
    BY_NAME_AND_REVISION: ("way.a", "way.b"),
}
KINDS = {sql: number for number, sql in enumerate(TAKEN)}
CASES = "\n".join(
    f"when {KINDS[sql]} then ({sql.strip() % columns})" for sql, columns in TAKEN.items()
)
# Copies of weights at hand are tried after every way of the name itself.
COPIES = 100
# For each item: the version that its name means or, where none, the first copy of its weights.
MEANT = f"""
way as (
    select * from unnest(%(items)s::int[], %(ranks)s::int[], %(kinds)s::int[],
        %(a)s::text[], %(b)s::text[], %(c)s::text[]) as way (item, rank, kind, a, b, c)
), tried as materialized (
    select item, rank, case kind {CASES} end as version from way
), meant as (
    select distinct on (item) item, rank < {COPIES} as named, version
    from tried where version is not null order by item, rank
)
"""  # noqa: S608 - parts of ours, values bound


@dataclass(frozen=True, slots=True)
class Item:
    """One reference of a catalogue, as `version_search` and `copy_search` take it."""

    reference: str
    digest: str = ""
    marketplace: uuid.UUID | None = None
    organisation: uuid.UUID | None = None

    def ways(self) -> list[tuple[int, Way]]:
        """Return the ways to try with their ranks; raise `CodeMistyped`."""
        named = ways_of(self.reference, self.marketplace, self.organisation)
        return [*enumerate(named), *enumerate(copy_ways(self.digest), COPIES)]


def values_of(ways: Sequence[tuple[int, tuple[int, Way]]]) -> dict[str, list]:
    """Return what `MEANT` takes for the ways of some items, each with the item's number."""
    told = [
        (item, rank, KINDS[sql], *map(str, values), *(None,) * (3 - len(values)))
        for item, (rank, (sql, values)) in ways
    ]
    columns = zip(*told, strict=True) if told else ((),) * 6
    names = ("items", "ranks", "kinds", "a", "b", "c")
    return {name: list(column) for name, column in zip(names, columns, strict=True)}
