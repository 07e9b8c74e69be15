"""Change listings that are known. What was declared before is closed, never overwritten."""

from dataclasses import dataclass, field

from django.utils.text import slugify

from apps.core.ids import uuid7
from apps.journal.acts import Act
from apps.licensing.names import name_key
from apps.listings.acts import ListingChanged, VersionPublished
from apps.listings.models import (
    EarlierFacts,
    Evaluation,
    LineageEdge,
    Listing,
    ListingVersion,
)
from apps.listings.readers import ListingDraft
from apps.listings.selectors import current_of
from apps.listings.services.batches import Batch
from apps.listings.services.entering import edge_row, evaluation_row
from apps.listings.services.rows import (
    EDGE_COLUMNS,
    EVALUATION_COLUMNS,
    FACTS,
    VERSION_COLUMNS,
    copy_rows,
    facts_of,
    version_row,
    words_of,
)
from apps.listings.states import EdgeState


@dataclass(slots=True)
class Changes:
    """What a batch changes, gathered so that each table is written once."""

    acts: list[Act] = field(default_factory=list)
    unchanged: int = 0
    listings: list[Listing] = field(default_factory=list)
    declared: list[ListingVersion] = field(default_factory=list)
    earlier: list[EarlierFacts] = field(default_factory=list)
    versions: list[list] = field(default_factory=list)
    edges: list[list] = field(default_factory=list)
    evaluations: list[list] = field(default_factory=list)
    edges_ended: list[LineageEdge] = field(default_factory=list)
    evaluations_ended: list[Evaluation] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Held:
    """What stands beside the versions of a batch now, by version or listing."""

    edges: dict
    rejected: dict
    evaluations: dict


def listings_change(batch: Batch) -> Changes:
    """Write the batch's changed listings; return what was done, with one act for each."""
    changes, held = Changes(), _held([listing for _draft, _digest, listing in batch.changed])
    for draft, digest, listing in batch.changed:
        version = current_of(listing)
        licence = batch.licence(draft)
        if _other_licence(version, draft, licence) or _other_weights(version, draft):
            _new_version(batch, changes, draft, listing, licence, held)
        elif not _new_facts(batch, changes, draft, listing, held):
            changes.unchanged += 1
            continue
        _relabel(batch, listing, draft, digest)
        changes.listings.append(listing)
    _write(batch, changes)
    return changes


def _other_licence(version: ListingVersion, draft: ListingDraft, licence: str | None) -> bool:
    """Whether the draft names another licence, not the same one in another spelling."""
    if version.licence_id or licence:
        return version.licence_id != licence
    return name_key(version.licence_text) != name_key(draft.licence_text)


def _other_weights(version: ListingVersion, draft: ListingDraft) -> bool:
    """Whether the weights are others; a digest told for the first time is news, not a change."""
    told = version.weight_digest and draft.weight_digest
    return bool(told) and version.weight_digest != draft.weight_digest


def _new_version(
    batch: Batch,
    changes: Changes,
    draft: ListingDraft,
    listing: Listing,
    licence: str | None,
    held: Held,
) -> None:
    version, number = uuid7(), current_of(listing).number + 1
    changes.versions.append(
        version_row(
            version=version,
            listing=listing.pk,
            number=number,
            draft=draft,
            licence=licence,
            at=batch.at,
        )
    )
    rejected = held.rejected.get(listing.pk, set())
    changes.edges += [
        edge_row(batch, version, batch.provider(draft), parent)
        for parent in draft.parents
        if (parent.name.casefold(), parent.kind) not in rejected
    ]
    changes.evaluations += [evaluation_row(batch, version, test) for test in draft.evaluations]
    listing.current_id = version
    changes.acts.append(
        VersionPublished(
            subject=listing.pk,
            version=version,
            number=number,
            licence=licence or "",
            weight_digest=draft.weight_digest,
        )
    )


def _new_facts(
    batch: Batch, changes: Changes, draft: ListingDraft, listing: Listing, held: Held
) -> bool:
    """Note what else is declared of the current version; return whether anything is."""
    version = current_of(listing)
    names = _redeclare(batch, changes, draft, version)
    names += _edges(batch, changes, draft, listing, held)
    names += _evaluations(batch, changes, draft, version, held)
    names += [
        name
        for name, other in (
            ("name", listing.name != draft.name),
            ("provider", listing.provider_id != batch.provider(draft).pk),
        )
        if other
    ]
    if names:
        act = ListingChanged(subject=listing.pk, version=version.pk, fields=sorted(names))
        changes.acts.append(act)
    return bool(names)


def _redeclare(
    batch: Batch, changes: Changes, draft: ListingDraft, version: ListingVersion
) -> list[str]:
    former = {name: getattr(version, name) for name in FACTS}
    told = dict(zip(FACTS, facts_of(draft), strict=True))
    names = [name for name in FACTS if former[name] != told[name]]
    if names:
        changes.earlier.append(
            EarlierFacts(version=version, since_at=version.declared_at, until_at=batch.at, **former)
        )
        version.declared_at = batch.at
        for name in names:
            setattr(version, name, told[name])
    if draft.weight_digest and not version.weight_digest:
        version.weight_digest = draft.weight_digest
        names.append("weight_digest")
    if names:
        changes.declared.append(version)
    return names


def _edges(
    batch: Batch, changes: Changes, draft: ListingDraft, listing: Listing, held: Held
) -> list[str]:
    """End the edges that are no longer declared, unless someone has judged them; add new ones."""
    version = current_of(listing)
    standing = held.edges.get(version.pk, {})
    told = {(parent.name.casefold(), parent.kind): parent for parent in draft.parents}
    skipped = held.rejected.get(listing.pk, set())
    ended = [
        edge
        for key, edge in standing.items()
        if key not in told and edge.state == EdgeState.DECLARED
    ]
    added = [told[key] for key in told if key not in standing and key not in skipped]
    changes.edges_ended += ended
    provider = batch.provider(draft)
    changes.edges += [edge_row(batch, version.pk, provider, parent) for parent in added]
    return ["parents"] if ended or added else []


def _evaluations(
    batch: Batch, changes: Changes, draft: ListingDraft, version: ListingVersion, held: Held
) -> list[str]:
    standing = held.evaluations.get(version.pk, {})
    told = {_result(test): test for test in draft.evaluations}
    ended = [test for key, test in standing.items() if key not in told]
    added = [told[key] for key in told if key not in standing]
    changes.evaluations_ended += ended
    changes.evaluations += [evaluation_row(batch, version.pk, test) for test in added]
    return ["evaluations"] if ended or added else []


def _result(test: object) -> tuple:
    names = ("kind", "dataset", "source", "score", "measured_date")
    return tuple(getattr(test, name) for name in names)


def _relabel(batch: Batch, listing: Listing, draft: ListingDraft, digest: str) -> None:
    listing.name = draft.name
    listing.slug = slugify(draft.name)[:120] or "model"
    listing.provider = batch.provider(draft)
    listing.words = words_of(draft)
    listing.digest = digest
    listing.changed_at = batch.at


def _write(batch: Batch, changes: Changes) -> None:
    EarlierFacts.objects.bulk_create(changes.earlier)
    if changes.declared:
        columns = [*FACTS, "declared_at", "weight_digest"]
        ListingVersion.objects.bulk_update(changes.declared, columns, batch_size=200)
    copy_rows("listings_listingversion", VERSION_COLUMNS, changes.versions)
    if changes.listings:
        columns = ["name", "slug", "provider", "words", "digest", "changed_at", "current"]
        Listing.objects.bulk_update(changes.listings, columns, batch_size=200)
    edges = [edge.pk for edge in changes.edges_ended]
    LineageEdge.objects.filter(pk__in=edges).update(valid_until=batch.at)
    tests = [test.pk for test in changes.evaluations_ended]
    Evaluation.objects.filter(pk__in=tests).update(ended_at=batch.at)
    copy_rows("listings_lineageedge", EDGE_COLUMNS, changes.edges)
    copy_rows("listings_evaluation", EVALUATION_COLUMNS, changes.evaluations)


def _held(listings: list[Listing]) -> Held:
    held = Held({}, {}, {})
    if not listings:
        return held
    versions = [listing.current_id for listing in listings]
    for edge in LineageEdge.objects.filter(child__in=versions, valid_until=None):
        key = (edge.parent_name.casefold(), edge.kind)
        held.edges.setdefault(edge.child_id, {})[key] = edge
    rejected = LineageEdge.objects.filter(child__listing__in=listings, state=EdgeState.REJECTED)
    for listing, name, kind in rejected.values_list("child__listing_id", "parent_name", "kind"):
        held.rejected.setdefault(listing, set()).add((name.casefold(), kind))
    for test in Evaluation.objects.filter(version__in=versions, ended_at=None):
        held.evaluations.setdefault(test.version_id, {})[_result(test)] = test
    return held
