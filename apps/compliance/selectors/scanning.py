"""The facts that hold now as one relation, and the grants and measures that bear on each."""

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from apps.compliance.models import Exemption, Measure
from apps.compliance.selectors.law import Law

FACTS = """(
    select f.*, (%s::date - f.eval_date) as eval_age_days from compliance_facts f
    where f.until_at is null
)"""
NONE = "'{}'::uuid[]"
EXEMPTIONS = """
left join (
    select listing_id, array_agg(id order by id) as ids from compliance_exemption
    where id = any(%s) group by listing_id
) x on x.listing_id = listing.listing_id
"""
MEASURES = """
left join (
    select version_id, array_agg(id order by id) as ids from (
        select v.id as version_id, m.id from compliance_measure m
        join listings_listingversion v on v.listing_id = m.listing_id
        where m.id = any(%s)
        union
        select twin.id, m.id from compliance_measure m
        join listings_listingversion v
            on v.listing_id = m.listing_id and v.weight_digest <> ''
        join listings_listingversion twin on twin.weight_digest = v.weight_digest
        where m.id = any(%s)
    ) kin group by version_id
) m on m.version_id = listing.version_id
"""


@dataclass(frozen=True, slots=True)
class Grants:
    """The columns `exemptions` and `measures`, the joins they need and their values.

    `keys` are those that can tell listings apart: where no grant runs, none needs grouping by.
    """

    columns: str
    joins: str
    values: list[Any]
    keys: tuple[str, ...]

    @property
    def brought(self) -> str:
        """Both columns, of grouped rows."""
        names = ("exemptions", "measures")
        return ", ".join(name if name in self.keys else f"{NONE} as {name}" for name in names)


def facts_on(day: dt.date) -> tuple[str, list[Any]]:
    """Return the facts that hold now, with ages counted on a day, as SQL with its values."""
    return FACTS, [day]


def grants_of(law: Law) -> Grants:
    """Return what brings the exemptions and measures of a law to each listing; often nothing."""
    exemptions, measures = _ids(law.exemptions), _ids(law.measures)
    columns, joins = "", ""
    if exemptions:
        columns, joins = f", coalesce(x.ids, {NONE}) as exemptions", EXEMPTIONS
    if measures:
        columns, joins = columns + f", coalesce(m.ids, {NONE}) as measures", joins + MEASURES
    values: list[Any] = [exemptions] if exemptions else []
    keys = [name for name, ids in (("exemptions", exemptions), ("measures", measures)) if ids]
    return Grants(columns, joins, values + ([measures] * 2 if measures else []), tuple(keys))


def _ids(rows: Iterable[Exemption | Measure]) -> list[uuid.UUID]:
    return [row.pk for row in rows]
