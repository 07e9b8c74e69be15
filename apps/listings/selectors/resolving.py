"""Find the version that a reference means, whichever way a marketplace names it."""

import re
import uuid

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from apps.core import codes
from apps.listings.errors import ListingUnknown
from apps.listings.models import ListingVersion, Marketplace

CODE = re.compile(r"L-\d{5,12}-[0-9A-Z]")
DIGEST = re.compile(r"(?:sha256:)?([0-9a-f]{64})")
HUBS = {"hf": "huggingface", "hub": "huggingface"}
LONGEST = 500


def version_resolve(reference: str, marketplace: Marketplace | None = None) -> ListingVersion:
    """Return the version that a reference means, with its listing, provider and licence.

    A reference is an id or code of a listing (its current version), an id of a version, a weight
    digest, `source:external-id`, either with `@revision`, a hub's own id, or the marketplace's own
    number. Raises `ListingUnknown`.
    """
    text = reference.strip()
    if not text or len(text) > LONGEST or "\x00" in text:
        raise _unknown(reference)
    found = _by_shape(text)
    if found is None and marketplace is not None:
        found = _current().filter(
            listing__offers__marketplace=marketplace,
            listing__offers__sku=text,
            listing__offers__ended_at=None,
        )
    version = _one(found) if found is not None else None
    version = version or _one(_by_place(text)) or _only(_by_name(text))
    if version is None:
        raise _unknown(reference)
    return version


def version_of(version: ListingVersion, number: int) -> ListingVersion:
    """Return another version of the same listing; raise `ListingUnknown`."""
    if version.number == number:
        return version
    found = _one(_versions().filter(listing=version.listing_id, number=number))
    if found is None:
        raise ListingUnknown(
            _("%(code)s has no version %(number)s.")
            % {"code": version.listing.code, "number": number},
            field="version",
        )
    return found


def _by_shape(text: str) -> QuerySet[ListingVersion] | None:
    """Return the rows of a reference whose shape says what it is."""
    if CODE.fullmatch(text.upper()):
        return _current().filter(listing__code=codes.parse(text))
    if digest := DIGEST.fullmatch(text.casefold()):
        rows = _versions().filter(weight_digest=f"sha256:{digest[1]}")
        return rows.order_by("published_at", "id")
    try:
        name = uuid.UUID(text)
    except ValueError:
        return None
    own, of_listing = Q(pk=name), Q(listing=name, listing__current=F("pk"))
    return _versions().filter(own | of_listing)


def _by_place(text: str) -> QuerySet[ListingVersion]:
    """Return the rows of `source:external-id`, with or without `@revision`."""
    source, colon, name = text.partition(":")
    if not colon:
        return ListingVersion.objects.none()
    source = HUBS.get(source.casefold(), source)
    exact = _current().filter(listing__source=source, listing__external_id=name)
    plain, at, revision = name.rpartition("@")
    if not at:
        return exact
    dated = _versions().filter(
        listing__source=source, listing__external_id=plain, revision=revision
    )
    return dated.order_by("-number")


def _by_name(text: str) -> QuerySet[ListingVersion]:
    """Return the rows of a hub's own id, as `owner/name` or `owner/name@revision`."""
    plain, at, revision = text.rpartition("@")
    rows = _versions().annotate(name=Lower("listing__external_id"))
    if at:
        return rows.filter(name=plain.lower(), revision=revision).order_by("-number")
    return rows.filter(name=text.lower(), listing__current=F("pk"))


def _versions() -> QuerySet[ListingVersion]:
    return ListingVersion.objects.select_related("listing__provider", "licence")


def _current() -> QuerySet[ListingVersion]:
    return _versions().filter(listing__current=F("pk"))


def _one(rows: QuerySet[ListingVersion]) -> ListingVersion | None:
    return next(iter(rows[:1]), None)


def _only(rows: QuerySet[ListingVersion]) -> ListingVersion | None:
    """Return the row where all belong to one listing: a name that several bear names none."""
    found = list(rows[:20])
    return found[0] if len({row.listing_id for row in found}) == 1 else None


def _unknown(reference: str) -> ListingUnknown:
    return ListingUnknown(
        _("No listing answers to “%(reference)s”.") % {"reference": reference[:100]}, field="model"
    )
