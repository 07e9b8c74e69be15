"""Columns of the register's tables, and what a draft puts into them."""

import datetime as dt
import re
import uuid
from collections.abc import Iterable, Sequence
from operator import attrgetter
from typing import Any

from django.db import connection

from apps.listings.models import DeclaredFacts
from apps.listings.readers import ListingDraft

FACTS = tuple(field.name for field in DeclaredFacts._meta.local_fields)  # noqa: SLF001 - Django's own way to a model's fields
WORD = re.compile(r"[^\w]+|_")
_facts = attrgetter(*FACTS)


def facts_of(draft: ListingDraft) -> list[Any]:
    """Return a draft's declared facts in the order of `FACTS`."""
    return [list(value) if isinstance(value, tuple) else value for value in _facts(draft)]


def words_of(draft: ListingDraft) -> str:
    """Return the words under which a listing is found."""
    text = (draft.name, draft.external_id, draft.provider, draft.task, draft.licence_text)
    words = WORD.sub(" ", " ".join((*text, *draft.tags))).casefold().split()
    return " ".join(dict.fromkeys(words))[:2000]


def copy_rows(table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Write rows by COPY, inside the caller's transaction."""
    statement = f"copy {table} ({', '.join(columns)}) from stdin"
    with (
        connection.wrap_database_errors,
        connection.cursor() as cursor,
        cursor.copy(statement) as copy,
    ):
        for row in rows:
            copy.write_row(row)


def version_row(
    *,
    version: uuid.UUID,
    listing: uuid.UUID,
    number: int,
    draft: ListingDraft,
    licence: str | None,
    at: dt.datetime,
) -> list[Any]:
    """Return one row of `listings_listingversion`, in the order of `VERSION_COLUMNS`."""
    identity = [draft.licence_text, draft.licence_link, licence, draft.weight_digest]
    return [version, listing, number, *identity, at, at, *facts_of(draft)]


VERSION_COLUMNS = (
    "id",
    "listing_id",
    "number",
    "licence_text",
    "licence_link",
    "licence_id",
    "weight_digest",
    "published_at",
    "declared_at",
    *FACTS,
)
LISTING_COLUMNS = (
    "id",
    "code",
    "provider_id",
    "name",
    "slug",
    "source",
    "external_id",
    "state",
    "current_id",
    "brought_by_id",
    "digest",
    "words",
    "listed_at",
    "changed_at",
)
EDGE_COLUMNS = (
    "id",
    "child_id",
    "parent_name",
    "kind",
    "relation",
    "declared_by",
    "evidence",
    "state",
    "valid_from",
)
EVALUATION_COLUMNS = (
    "id",
    "version_id",
    "kind",
    "score",
    "dataset",
    "measured_date",
    "source",
    "entered_at",
)
