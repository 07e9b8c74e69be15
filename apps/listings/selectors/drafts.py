"""A listing read back as the draft it would be entered from, so that it can be changed."""

from typing import Any

from apps.listings.models import Evaluation, LineageEdge, Listing, ListingVersion
from apps.listings.readers import EvaluationDraft, ListingDraft, ParentDraft

TUPLES = ("modalities_in", "modalities_out", "languages", "tags", "statements")
PLAIN = (
    "licence_text",
    "licence_link",
    "weight_digest",
    "revision",
    "task",
    "params_b",
    "training_flops_log10",
    "downloads",
    "access",
    "released_date",
    "has_model_card",
    "human_oversight",
    "card_url",
)


def draft_of(listing: Listing, version: ListingVersion) -> ListingDraft:
    """Return the draft that would enter the listing as it stands in one version."""
    edges = LineageEdge.objects.filter(child=version, valid_until=None).order_by("id")
    results = Evaluation.objects.filter(version=version, ended_at=None).order_by("id")
    facts: dict[str, Any] = {name: getattr(version, name) for name in PLAIN}
    facts |= {name: tuple(getattr(version, name)) for name in TUPLES}
    return ListingDraft(
        source=listing.source,
        external_id=listing.external_id,
        name=listing.name,
        provider=listing.provider.name,
        parents=tuple(
            ParentDraft(edge.parent_name, edge.kind, edge.relation, edge.evidence) for edge in edges
        ),
        evaluations=tuple(
            EvaluationDraft(row.kind, row.score, row.dataset, row.measured_date, row.source)
            for row in results
        ),
        **facts,
    )


def current_of(listing: Listing) -> ListingVersion:
    """Return the current version, which every listing has from its first transaction on."""
    if listing.current is None:
        raise RuntimeError(f"{listing.code} has no current version.")
    return listing.current
