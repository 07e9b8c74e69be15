"""The register in stretches, so that a long scan can tell how far it is."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.db import connection

STRETCH = 50_000
COUNT = "select count(*) from compliance_facts where until_at is null"
ENDS = """
select version_id from (
    select version_id, row_number() over (order by version_id) as number
    from compliance_facts where until_at is null
) numbered where number %% %s = 0 order by version_id
"""

Watch = Callable[[int, int], None]
"""Is told how many versions have been asked, and of how many."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some versions that lie beside one another: a condition, and how many are seen after it."""

    condition: str = ""
    values: tuple[Any, ...] = ()
    seen: int = 0
    total: int = 0


WHOLE = Stretch()


def stretches() -> Iterator[Stretch]:
    """Give the register in stretches that hold each version once, the oldest versions first."""
    with connection.cursor() as cursor:
        cursor.execute(COUNT)
        total = cursor.fetchone()[0]
        cursor.execute(ENDS, [STRETCH])
        ends = [row[0] for row in cursor.fetchall()]
    for number, (after, until) in enumerate(pairwise([None, *ends, None]), start=1):
        condition, values = "", list[Any]()
        if after is not None:
            condition, values = "and listing.version_id > %s", [after]
        if until is not None:
            condition, values = f"{condition} and listing.version_id <= %s", [*values, until]
        seen = total if until is None else min(number * STRETCH, total)
        yield Stretch(condition, tuple(values), seen, total)
