"""Find the version that a reference means, whichever way a marketplace names it.

Each way of naming is one piece of SQL that gives an id or null; the first that gives one holds.
A decision puts the whole into its own statement, so that it reads once.
"""

import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import QuerySet
from django.db.models.expressions import RawSQL
from django.utils.translation import gettext_lazy as _

from apps.core import codes
from apps.listings.errors import ListingUnknown
from apps.listings.models import ListingVersion, Marketplace

CODE = re.compile(r"L-\d{5,12}-[0-9A-Z]")
DIGEST = re.compile(r"(?:sha256:)?([0-9a-f]{64})")
HUBS = {"hf": "huggingface", "hub": "huggingface"}
LONGEST = 500

BY_CODE = "select l.current_id from listings_listing l where l.code = %s"
BY_LISTING = "select l.current_id from listings_listing l where l.id = %s"
BY_VERSION = "select v.id from listings_listingversion v where v.id = %s"
BY_WEIGHTS = """
    select v.id from listings_listingversion v
    where v.weight_digest = %s and v.weight_digest <> '' order by v.published_at, v.id limit 1
"""
BY_SKU = """
    select l.current_id from listings_offer o join listings_listing l on l.id = o.listing_id
    where o.marketplace_id = %s and o.sku = %s and o.ended_at is null
"""
BY_OWN_SKU = """
    select l.current_id from listings_offer o join listings_listing l on l.id = o.listing_id
    where o.sku = %s and o.ended_at is null and o.marketplace_id = (
        select m.id from listings_marketplace m where m.organisation_id = %s
        order by m.entered_at, m.id limit 1)
"""
BY_PLACE = "select l.current_id from listings_listing l where l.source = %s and l.external_id = %s"
BY_PLACE_AND_REVISION = """
    select v.id from listings_listing l join listings_listingversion v on v.listing_id = l.id
    where l.source = %s and l.external_id = %s and v.revision = %s
    order by v.number desc limit 1
"""
# A hub's own id that listings of several sources bear names none of them.
BY_NAME = """
    select (array_agg(l.current_id))[1] from listings_listing l
    where lower(l.external_id) = %s and l.current_id is not null having count(*) = 1
"""
BY_NAME_AND_REVISION = """
    select (array_agg(v.id order by v.number desc))[1]
    from listings_listing l join listings_listingversion v on v.listing_id = l.id
    where lower(l.external_id) = %s and v.revision = %s having count(distinct l.id) = 1
"""


@dataclass(frozen=True, slots=True)
class Search:
    """SQL for the id of one version, null where there is none, and the values it takes."""

    sql: str
    values: tuple[object, ...] = ()


NOTHING = Search("null::uuid")
Way = tuple[str, tuple[object, ...]]


def version_resolve(reference: str, marketplace: Marketplace | None = None) -> ListingVersion:
    """Return the version that a reference means, with its listing, provider and licence.

    A reference is an id or code of a listing (its current version), an id of a version, a weight
    digest, `source:external-id`, either with `@revision`, a hub's own id, or the marketplace's own
    number. Raises `ListingUnknown`.
    """
    search = version_search(reference, marketplace.pk if marketplace else None)
    version = _one(_versions().filter(pk=RawSQL(search.sql, search.values)))  # noqa: S611 - bound
    if version is None:
        raise ListingUnknown(
            _("No listing answers to “%(reference)s”.") % {"reference": reference[:100]},
            field="model",
        )
    return version


def version_search(
    reference: str,
    marketplace: uuid.UUID | None = None,
    organisation: uuid.UUID | None = None,
) -> Search:
    """Return how the version that a reference means is found; raise `CodeMistyped`.

    An own number is the marketplace's or, where none is named, the organisation's first one's.
    """
    return _first(ways_of(reference, marketplace, organisation))


def ways_of(
    reference: str,
    marketplace: uuid.UUID | None = None,
    organisation: uuid.UUID | None = None,
) -> list[Way]:
    """Return the ways in which a reference can be meant, in their order; raise `CodeMistyped`."""
    text = reference.strip()
    if not text or len(text) > LONGEST or "\x00" in text:
        return []
    ways = list(_by_shape(text)) or list(_by_own_number(text, marketplace, organisation))
    return [*ways, *_by_place(text), _by_name(text)]


def copy_search(digest: str) -> Search:
    """Return how the first version with these weights is found."""
    return _first(copy_ways(digest))


def copy_ways(digest: str) -> list[Way]:
    """Return the way of weights at hand; none where there are none."""
    return [*_by_weights(digest)]


def version_of(version: ListingVersion, number: int) -> ListingVersion:
    """Return another version of the same listing; raise `ListingUnknown`."""
    if version.number == number:
        return version
    found = _one(_versions().filter(listing=version.listing_id, number=number))
    if found is None:
        raise version_unknown(version.listing.code, number)
    return found


def version_unknown(code: str, number: int) -> ListingUnknown:
    """Return the refusal of a version that a listing does not have."""
    return ListingUnknown(
        _("%(code)s has no version %(number)s.") % {"code": code, "number": number},
        field="version",
    )


def _by_shape(text: str) -> Iterator[Way]:
    """Give the way of a reference whose shape says what it is."""
    if CODE.fullmatch(text.upper()):
        yield BY_CODE, (codes.parse(text),)
    elif weights := list(_by_weights(text)):
        yield from weights
    elif name := _uuid(text):
        yield BY_VERSION, (name,)
        yield BY_LISTING, (name,)


def _by_own_number(
    text: str, marketplace: uuid.UUID | None, organisation: uuid.UUID | None
) -> Iterator[Way]:
    if marketplace is not None:
        yield BY_SKU, (marketplace, text)
    elif organisation is not None:
        yield BY_OWN_SKU, (text, organisation)


def _by_weights(text: str) -> Iterator[Way]:
    if digest := DIGEST.fullmatch(text.strip().casefold()):
        yield BY_WEIGHTS, (f"sha256:{digest[1]}",)


def _by_place(text: str) -> Iterator[Way]:
    """Give the way of `source:external-id`, with or without `@revision`."""
    source, colon, name = text.partition(":")
    if not colon:
        return
    source = HUBS.get(source.casefold(), source)
    plain, at, revision = name.rpartition("@")
    if at:
        yield BY_PLACE_AND_REVISION, (source, plain, revision)
    else:
        yield BY_PLACE, (source, name)


def _by_name(text: str) -> Way:
    """Return the way of a hub's own id, as `owner/name` or `owner/name@revision`."""
    plain, at, revision = text.rpartition("@")
    if at:
        return BY_NAME_AND_REVISION, (plain.lower(), revision)
    return BY_NAME, (text.lower(),)


def _first(ways: list[Way]) -> Search:
    if not ways:
        return NOTHING
    tried = ", ".join(f"({sql})" for sql, _values in ways)
    return Search(f"coalesce({tried})", tuple(value for _sql, values in ways for value in values))


def _uuid(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


def _versions() -> QuerySet[ListingVersion]:
    return ListingVersion.objects.select_related("listing__provider", "licence")


def _one(rows: QuerySet[ListingVersion]) -> ListingVersion | None:
    return next(iter(rows[:1]), None)
