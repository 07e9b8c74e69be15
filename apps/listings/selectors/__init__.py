"""Reading the register."""

from apps.listings.selectors.concentration import (
    concentration_of_bases,
    concentration_of_listings,
)
from apps.listings.selectors.drafts import current_of, draft_of
from apps.listings.selectors.imports import faults_of, run_of, runs_of, runs_stalled
from apps.listings.selectors.listings import (
    ancestry_of,
    children_of,
    claims_of,
    claims_open,
    disputes_of,
    disputes_open,
    earlier_facts_of,
    evaluations_of,
    follows,
    listing_by_code,
    listings_kept_by,
    parents_of,
    provider_by_slug,
    providers,
    versions_of,
)
from apps.listings.selectors.markets import (
    accession_of,
    edge_of,
    marketplace_by_slug,
    marketplaces_of,
    offers_of,
)
from apps.listings.selectors.register import (
    FACETS,
    SORTS,
    FacetCount,
    RegisterFilter,
    register,
    register_count,
    register_counts,
    register_page,
)
from apps.listings.selectors.resolving import version_of, version_resolve

__all__ = [
    "FACETS",
    "SORTS",
    "FacetCount",
    "RegisterFilter",
    "accession_of",
    "ancestry_of",
    "children_of",
    "claims_of",
    "claims_open",
    "concentration_of_bases",
    "concentration_of_listings",
    "current_of",
    "disputes_of",
    "disputes_open",
    "draft_of",
    "earlier_facts_of",
    "edge_of",
    "evaluations_of",
    "faults_of",
    "follows",
    "listing_by_code",
    "listings_kept_by",
    "marketplace_by_slug",
    "marketplaces_of",
    "offers_of",
    "parents_of",
    "provider_by_slug",
    "providers",
    "register",
    "register_count",
    "register_counts",
    "register_page",
    "run_of",
    "runs_of",
    "runs_stalled",
    "version_of",
    "version_resolve",
    "versions_of",
]
