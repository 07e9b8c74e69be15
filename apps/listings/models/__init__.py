"""Nouns of the register."""

from apps.listings.models.imports import ImportContent, ImportFault, ImportRun
from apps.listings.models.lineage import LineageEdge
from apps.listings.models.listings import (
    DeclaredFacts,
    EarlierFacts,
    Evaluation,
    Listing,
    ListingVersion,
)
from apps.listings.models.market import Dispute, Follow, Offer
from apps.listings.models.providers import Accession, Marketplace, Provider, ProviderClaim

__all__ = [
    "Accession",
    "DeclaredFacts",
    "Dispute",
    "EarlierFacts",
    "Evaluation",
    "Follow",
    "ImportContent",
    "ImportFault",
    "ImportRun",
    "LineageEdge",
    "Listing",
    "ListingVersion",
    "Marketplace",
    "Offer",
    "Provider",
    "ProviderClaim",
]
