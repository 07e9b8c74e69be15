"""How many listings have each fact that a rule can ask, and who vouches for it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.core.cache import cache
from django.db import connection

from apps.policy.engine import VOCABULARY
from apps.policy.engine.types import Kind
from apps.policy.engine.vocabulary import Fact

COUNTED = """
select count(*), {columns} from compliance_facts f where until_at is null and listed and current
"""
NEWEST = "select coalesce(max(id), 0) from compliance_facts"
# The age of an evaluation is kept as its day.
KEPT_AS = {"eval_age_days": "eval_date"}
MINUTES = 600


@dataclass(frozen=True, slots=True)
class FactCount:
    """Of how many listings a fact is known, and for how many of them someone else vouches."""

    known: int
    attested: int
    decided: int


@dataclass(frozen=True, slots=True)
class FactsCounted:
    """The listings on offer, and the count of each fact by its name."""

    listings: int
    facts: Mapping[str, FactCount]


def facts_counted() -> FactsCounted:
    """Return the counts over all listings on offer; kept until facts come anew, or ten minutes."""
    with connection.cursor() as cursor:
        cursor.execute(NEWEST)
        newest = cursor.fetchone()[0]
    found: FactsCounted | None = cache.get_or_set(f"facts-counted-{newest}", _counted, MINUTES)
    return found or _counted()


def _counted() -> FactsCounted:
    columns = [column for fact in VOCABULARY.listing.values() for column in _columns(fact)]
    with connection.cursor() as cursor:
        cursor.execute(COUNTED.format(columns=", ".join(columns)))
        listings, *counts = cursor.fetchone()
    rows = zip(*[iter(counts)] * 3, strict=True)
    found = {name: FactCount(*row) for name, row in zip(VOCABULARY.listing, rows, strict=True)}
    return FactsCounted(listings, found)


def _columns(fact: Fact) -> Iterator[str]:
    """Return how a fact is counted; an empty text or list is no fact."""
    kept = KEPT_AS.get(fact.name, fact.name)
    known = f"{kept} is not null"
    if fact.type.kind is Kind.STRING:
        known = f"{kept} <> ''"
    elif fact.name == "evals":
        known = "jsonb_array_length(evals) > 0"
    elif fact.type.kind is Kind.LIST:
        known = f"cardinality({kept}) > 0"
    yield f"count(*) filter (where {known})"
    for word in ("attested", "decided"):
        yield f"count(*) filter (where '{fact.name}' = any ({word}))"
