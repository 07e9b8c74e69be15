"""One scan of all listings on offer: how many answer alike, by what they can be told apart by.

The answers are grouped as they come, once for each way of telling listings apart, so what leaves
the database grows with distinct answers and not with listings. Only of the listings that the
rules in question touch do the names come along.
"""

import uuid
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from django.db import connection

from apps.compliance.selectors.law import Law
from apps.compliance.selectors.planning import joins_for
from apps.compliance.selectors.scanning import facts_on, grants_of
from apps.compliance.selectors.signatures import Asked, asked_of
from apps.compliance.selectors.stretches import WHOLE, Stretch, Watch, stretches

WIDTH = 16
REST = 6
MEMORY = "select set_config('work_mem', '96MB', true)"
DOCUMENTED = (
    *("licence", "eval_toxicity", "eval_bias_gap", "eval_date"),
    *("train_flops_log10", "human_oversight", "params_b"),
)
CARE = (
    "has_model_card",
    "jsonb_array_length(evals) > 0",
    "coalesce(human_oversight, false)",
    "open_incidents = 0",
)
SIMULATED = """
with signed as materialized (
    select {answers} {grants}, listing.listing_id, listing.provider_id, listing.provider_country,
        listing.licence, listing.languages, ({documented})::smallint as documented,
        ({care})::smallint as care
    from {facts} listing
    {joins}
    where listing.listed and listing.current {stretch}
)
select {keys}, {brought},
    grouping(provider_id, documented, care, licence, languages),
    provider_id, provider_country, documented, care, licence, languages, count(*), null::bytea
from signed group by grouping sets (
    ({group}), ({group}, provider_id, provider_country), ({group}, documented), ({group}, care),
    ({group}, licence), ({group}, languages))
union all
select {keys}, {brought}, -1, null, null, null, null, null, null, count(*),
    string_agg(uuid_send(listing_id), '')
from signed where {touched} group by {group}
"""


class Told(IntEnum):
    """By what the listings of one row are told apart, as PostgreSQL's `grouping` numbers it."""

    NOTHING = 0b11111
    PROVIDER = 0b01111
    DOCUMENTED = 0b10111
    CARE = 0b11011
    LICENCE = 0b11101
    LANGUAGES = 0b11110


@dataclass(frozen=True, slots=True)
class Signature:
    """What listings that stand alike have in common."""

    answers: int
    exempt: tuple[uuid.UUID, ...]
    measured: tuple[uuid.UUID, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """How many listings of one signature have one value; a provider comes with its country."""

    signature: Signature
    told: Told
    value: Any
    listings: int


@dataclass(frozen=True, slots=True)
class Simulated:
    """What one scan brought; `touched` are the listings that some rules fire for, as bytes."""

    asked: Asked
    groups: list[Group]
    touched: dict[Signature, bytes]


def simulated(law: Law, rules: frozenset[int], watch: Watch | None = None) -> Simulated:
    """Ask all listings on offer, and tell which of them any of some rules fires for.

    With a `watch` they are asked stretch by stretch, each listing once, and it is told how many
    are done of how many. Without one all are asked at the same moment.
    """
    found = Simulated(asked_of(law), [], {})
    known: dict[Signature, Signature] = {}
    for stretch in stretches() if watch else (WHOLE,):
        with joins_for(many=True):
            _gather(found, known, _scan(law, found.asked, rules, stretch))
        if watch:
            watch(stretch.seen, stretch.total)
    return found


def _gather(
    found: Simulated, known: dict[Signature, Signature], rows: list[tuple[Any, ...]]
) -> None:
    for row in rows:
        *columns, exempt, measured, told, provider, country = row[:-REST]
        documented, care, licence, languages, listings, names = row[-REST:]
        made = Signature(found.asked.answers(columns), tuple(exempt), tuple(measured))
        signature = known.setdefault(made, made)
        if told < 0:
            found.touched[signature] = found.touched.get(signature, b"") + bytes(names)
            continue
        value = {
            Told.NOTHING: None,
            Told.PROVIDER: (provider, country),
            Told.DOCUMENTED: documented,
            Told.CARE: care,
            Told.LICENCE: licence,
            Told.LANGUAGES: tuple(languages or ()),
        }[Told(told)]
        found.groups.append(Group(signature, Told(told), value, listings))


def names_in(touched: bytes) -> list[bytes]:
    """Return the names of listings, each as its sixteen bytes."""
    return [touched[start : start + WIDTH] for start in range(0, len(touched), WIDTH)]


def _scan(law: Law, asked: Asked, rules: frozenset[int], stretch: Stretch) -> list[tuple[Any, ...]]:
    facts, answers, grants = facts_on(law.moment.date()), asked.sql(), grants_of(law)
    query = SIMULATED.format(
        answers=answers[0],
        grants=grants.columns,
        documented=" + ".join(f"({name} is not null)::int" for name in DOCUMENTED),
        care=" + ".join(f"({sign})::int" for sign in CARE),
        facts=facts[0],
        joins=grants.joins,
        keys=", ".join(asked.keys),
        brought=grants.brought,
        group=", ".join([*asked.keys, *grants.keys]),
        touched=asked.touching(rules),
        stretch=stretch.condition,
    )
    with connection.cursor() as cursor:
        cursor.execute(MEMORY)
        cursor.execute(query, [*answers[1], *facts[1], *grants.values, *stretch.values])
        return cursor.fetchall()
