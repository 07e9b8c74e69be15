"""Sort the rows of one batch: what is new, what changed, what may not be written, what stands."""

import datetime as dt
import hashlib
import re
import uuid
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from django.db import connection
from django.utils.text import slugify

from apps.core.codes import code
from apps.core.ids import uuid7
from apps.institutions.models import Organisation
from apps.licensing.selectors import LicenceNames, licence_names
from apps.listings.models import Listing, Provider
from apps.listings.permissions import keeps, may_write_under
from apps.listings.readers import Fault, ListingDraft, RowRead
from apps.listings.states import ListingState

LOCK = "select pg_advisory_xact_lock(7002, hashtext(%s))"
KNOWN = """
    select l.source, l.external_id, l.digest from listings_listing l
    join unnest(%s::text[], %s::text[]) as told (source, name)
        on l.source = told.source and l.external_id = told.name
"""
NUMBERS = "select nextval(%s) from generate_series(1, %s)"
OWN_SOURCE = re.compile(r"o-\d{5,}-[0-9a-z]")


@dataclass(slots=True)
class Batch:
    """Rows of one transaction, sorted; `met` are licence names that nobody has resolved."""

    organisation: Organisation | None
    at: dt.datetime
    names: LicenceNames
    providers: dict[str, Provider] = field(default_factory=dict)
    new: list[tuple[ListingDraft, str]] = field(default_factory=list)
    changed: list[tuple[ListingDraft, str, Listing]] = field(default_factory=list)
    unchanged: int = 0
    refused: list[tuple[RowRead, Fault]] = field(default_factory=list)
    met: dict[str, str] = field(default_factory=dict)
    described: list[Provider] = field(default_factory=list)

    @property
    def organisation_id(self) -> uuid.UUID | None:
        """The organisation that writes, none for the portal itself."""
        return self.organisation.pk if self.organisation else None

    def provider(self, draft: ListingDraft) -> Provider:
        """Return the provider of a draft."""
        return self.providers[provider_slug(draft.provider)]

    def licence(self, draft: ListingDraft) -> str | None:
        """Return the licence a draft names, and note a name that nobody has resolved."""
        found = self.names.resolve(draft.licence_text, draft.licence_link)
        if found is None and self.names.is_name(draft.licence_text):
            self.met[draft.licence_text] = draft.licence_link
        return found


def batch_of(organisation: Organisation | None, rows: Sequence[RowRead], at: dt.datetime) -> Batch:
    """Lock the rows' sources and sort the rows; providers that are new are entered."""
    batch = Batch(organisation, at, licence_names())
    drafts = [row.draft for row in rows if row.draft]
    _lock(draft.source for draft in drafts)
    known = _digests(drafts)
    fresh: list[tuple[RowRead, ListingDraft, str]] = []
    for row in rows:
        if row.draft is None:
            continue
        digest = row.draft.digest()
        if known.get((row.draft.source, row.draft.external_id)) == digest:
            batch.unchanged += 1
        else:
            fresh.append((row, row.draft, digest))
    if fresh:
        batch.providers = _providers(batch, [draft for _row, draft, _digest in fresh])
        _sort(batch, fresh, known)
    return batch


@lru_cache(maxsize=4096)
def provider_slug(name: str) -> str:
    """Return the address of a provider's name; two spellings with one address are one provider."""
    plain = slugify(name)[:120]
    return plain or "p-" + hashlib.sha256(name.encode()).hexdigest()[:12]


def numbers(sequence: str, count: int) -> list[int]:
    """Return the next numbers of a database sequence."""
    with connection.cursor() as cursor:
        cursor.execute(NUMBERS, [sequence, count])
        return [row[0] for row in cursor.fetchall()]


def _lock(sources: Iterable[str]) -> None:
    """Let one transaction at a time write the listings of a source."""
    with connection.cursor() as cursor:
        for source in sorted(set(sources)):
            cursor.execute(LOCK, [source])


def _digests(drafts: Sequence[ListingDraft]) -> dict[tuple[str, str], str]:
    told = [[draft.source for draft in drafts], [draft.external_id for draft in drafts]]
    with connection.cursor() as cursor:
        cursor.execute(KNOWN, told)
        return {(source, name): digest for source, name, digest in cursor.fetchall()}


def _providers(batch: Batch, drafts: Sequence[ListingDraft]) -> dict[str, Provider]:
    """Return the drafts' providers, locked, so that no claim is confirmed meanwhile."""
    wanted = _told(batch, drafts)
    known = set(Provider.objects.filter(slug__in=wanted).values_list("slug", flat=True))
    new = sorted(set(wanted) - known)
    given = numbers("listings_provider_numbers", len(new))
    Provider.objects.bulk_create(
        [
            Provider(
                id=uuid7(), code=code("PV", number), slug=slug, entered_at=batch.at, **wanted[slug]
            )
            for slug, number in zip(new, given, strict=True)
        ],
        ignore_conflicts=True,
    )
    rows = Provider.objects.filter(slug__in=wanted).order_by("slug")
    found = {row.slug: row for row in rows.select_for_update(no_key=True)}
    _describe(batch, found, wanted)
    return found


def _told(batch: Batch, drafts: Sequence[ListingDraft]) -> dict[str, dict[str, str]]:
    """Return what the drafts tell of their providers, the first word on each counting.

    Claims are proved over a provider's website, so only the portal's own sources tell it.
    """
    told: dict[str, dict[str, str]] = {}
    for draft in drafts:
        slug = provider_slug(draft.provider)
        facts = told.setdefault(slug, {"name": draft.provider, "country": "", "website": ""})
        facts["country"] = facts["country"] or draft.provider_country
        if batch.organisation is None:
            facts["website"] = facts["website"] or draft.provider_website
    return told


def _describe(
    batch: Batch, providers: dict[str, Provider], told: dict[str, dict[str, str]]
) -> None:
    """Fill in what nobody has told of a provider yet; what was told before stays."""
    for slug, provider in providers.items():
        if not may_write_under(provider, batch.organisation_id):
            continue
        gaps = [name for name in ("country", "website") if not getattr(provider, name)]
        gaps = [name for name in gaps if told[slug][name]]
        if gaps:
            for name in gaps:
                setattr(provider, name, told[slug][name])
            provider.save(update_fields=gaps)
            batch.described.append(provider)


def _sort(
    batch: Batch,
    fresh: Sequence[tuple[RowRead, ListingDraft, str]],
    digests: Container[tuple[str, str]],
) -> None:
    """Sort what does not stand as it is; only what has a digest stands at all."""
    drafts = (draft for _row, draft, _digest in fresh)
    known = _listings([draft for draft in drafts if (draft.source, draft.external_id) in digests])
    for row, draft, digest in fresh:
        listing = known.get((draft.source, draft.external_id))
        fault = _refusal(batch, draft, listing)
        if fault:
            batch.refused.append((row, fault))
        elif listing is None:
            batch.new.append((draft, digest))
        else:
            batch.changed.append((draft, digest, listing))


def _listings(drafts: Sequence[ListingDraft]) -> dict[tuple[str, str], Listing]:
    rows = Listing.objects.filter(
        source__in={draft.source for draft in drafts},
        external_id__in=[draft.external_id for draft in drafts],
    )
    locked = rows.select_related("current", "provider").select_for_update(of=("self",))
    return {(row.source, row.external_id): row for row in locked.order_by("id")}


def _refusal(batch: Batch, draft: ListingDraft, listing: Listing | None) -> Fault | None:
    if not may_write_under(batch.provider(draft), batch.organisation_id):
        return Fault(
            "provider",
            f"“{draft.provider}” is claimed by another organisation.",
            "Only that organisation lists models under this name.",
        )
    if _others_source(draft.source, batch.organisation):
        return Fault("source", f"“{draft.source}” is another organisation's.", "Leave it out.")
    if listing is None:
        return None
    if not keeps(listing, batch.organisation_id):
        return Fault(
            "external_id",
            f"Another organisation keeps this listing ({listing.code}).",
            "Claim the provider if it is yours, or dispute the fact that is wrong.",
        )
    if listing.state == ListingState.WITHDRAWN:
        return Fault("", f"This listing is withdrawn ({listing.code}).", "List it again first.")
    return None


def _others_source(source: str, organisation: Organisation | None) -> bool:
    if not OWN_SOURCE.fullmatch(source.casefold()):
        return False
    return organisation is None or source.casefold() != organisation.code.casefold()
