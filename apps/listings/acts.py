"""What is done to the register. The subject is the listing, unless the act says otherwise."""

import uuid
from dataclasses import dataclass

from apps.journal.acts import Act


@dataclass(frozen=True, kw_only=True)
class ListingListed(Act):
    """A model entered the register with its first version."""

    kind = "listings.listing.listed"
    version: uuid.UUID
    provider: uuid.UUID
    code: str
    source: str
    external_id: str
    licence: str


@dataclass(frozen=True, kw_only=True)
class VersionPublished(Act):
    """Another licence or other weights began a new version."""

    kind = "listings.version.published"
    version: uuid.UUID
    number: int
    licence: str
    weight_digest: str


@dataclass(frozen=True, kw_only=True)
class ListingChanged(Act):
    """Declared facts of the current version changed; the former ones were closed."""

    kind = "listings.listing.changed"
    version: uuid.UUID
    fields: list[str]


@dataclass(frozen=True, kw_only=True)
class ListingWithdrawn(Act):
    """A listing was taken from offer."""

    kind = "listings.listing.withdrawn"
    reason: str


@dataclass(frozen=True, kw_only=True)
class ListingRelisted(Act):
    """A withdrawn listing is on offer again."""

    kind = "listings.listing.relisted"


@dataclass(frozen=True, kw_only=True)
class LineageResolved(Act):
    """Parents that were known by name only are now listed."""

    kind = "listings.lineage.resolved"
    version: uuid.UUID
    parents: list[uuid.UUID]


@dataclass(frozen=True, kw_only=True)
class LicenceRecognised(Act):
    """A licence's name that the register did not know was settled: the version has its licence."""

    kind = "listings.licence.recognised"
    version: uuid.UUID
    licence: str


@dataclass(frozen=True, kw_only=True)
class ProviderDescribed(Act):
    """A provider's country or website became known; the subject is the provider."""

    kind = "listings.provider.described"
    country: str
    website: str


@dataclass(frozen=True, kw_only=True)
class ClaimOpened(Act):
    """An organisation claims a provider; the subject is the provider."""

    kind = "listings.claim.opened"
    claim: uuid.UUID
    organisation: uuid.UUID


@dataclass(frozen=True, kw_only=True)
class ProviderClaimed(Act):
    """A claim was proved or confirmed; the subject is the provider."""

    kind = "listings.provider.claimed"
    claim: uuid.UUID
    organisation: uuid.UUID
    proof: str


@dataclass(frozen=True, kw_only=True)
class ClaimRefused(Act):
    """A claim was refused; the subject is the provider."""

    kind = "listings.claim.refused"
    claim: uuid.UUID
    organisation: uuid.UUID
    reason: str


@dataclass(frozen=True, kw_only=True)
class ClaimWithdrawn(Act):
    """A claim was withdrawn; the subject is the provider."""

    kind = "listings.claim.withdrawn"
    claim: uuid.UUID
    organisation: uuid.UUID


@dataclass(frozen=True, kw_only=True)
class MarketplaceEntered(Act):
    """An organisation opened a marketplace; the subject is the marketplace."""

    kind = "listings.marketplace.entered"
    organisation: uuid.UUID
    slug: str


@dataclass(frozen=True, kw_only=True)
class MarketplaceAcceded(Act):
    """A marketplace bound itself to kinds of rules; the subject is the marketplace."""

    kind = "listings.marketplace.acceded"
    accession: uuid.UUID
    rule_kinds: list[str]
    jurisdictions: list[str]


@dataclass(frozen=True, kw_only=True)
class OfferMade(Act):
    """A marketplace offers the listing."""

    kind = "listings.offer.made"
    offer: uuid.UUID
    marketplace: uuid.UUID
    sku: str


@dataclass(frozen=True, kw_only=True)
class OfferEnded(Act):
    """A marketplace no longer offers the listing."""

    kind = "listings.offer.ended"
    offer: uuid.UUID
    marketplace: uuid.UUID
    sku: str


@dataclass(frozen=True, kw_only=True)
class EdgeDisputed(Act):
    """Someone says that the listing was not made from this parent."""

    kind = "listings.edge.disputed"
    dispute: uuid.UUID
    edge: uuid.UUID


@dataclass(frozen=True, kw_only=True)
class FactDisputed(Act):
    """Someone says that a declared fact is wrong."""

    kind = "listings.fact.disputed"
    dispute: uuid.UUID
    version: uuid.UUID
    fact: str


@dataclass(frozen=True, kw_only=True)
class DisputeClosed(Act):
    """A dispute was decided or withdrawn."""

    kind = "listings.dispute.closed"
    dispute: uuid.UUID
    version: uuid.UUID
    outcome: str
