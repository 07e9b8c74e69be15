"""Marketplaces for tests: opened, bound, and with listings on offer."""

import datetime as dt
import itertools

from apps.core.actor import OPERATOR
from apps.institutions.models import Organisation
from apps.listings.models import Listing, Marketplace
from apps.listings.services import (
    AccessionDraft,
    marketplace_accede,
    marketplace_enter,
    offer_make,
)
from apps.policy.states import StatuteKind
from tests.factories import institutions

numbers = itertools.count(1)


def bound(
    *offered: Listing,
    kinds: tuple[StatuteKind, ...] = tuple(StatuteKind),
    places: tuple[str, ...] = (),
    organisation: Organisation | None = None,
) -> Marketplace:
    """A marketplace that has acceded and offers some listings."""
    name = f"Market {next(numbers)}"
    market = marketplace_enter(
        actor=OPERATOR,
        organisation=organisation or institutions.organisation(f"{name} Limited"),
        name=name,
    )
    accede(market, kinds, places)
    offer(market, *offered)
    return market


def accede(
    market: Marketplace,
    kinds: tuple[StatuteKind, ...] = tuple(StatuteKind),
    places: tuple[str, ...] = (),
    until_at: dt.datetime | None = None,
) -> None:
    """Bind a marketplace, in place of what bound it before."""
    draft = AccessionDraft(
        rule_kinds=kinds, jurisdictions=places, basis="Letter", until_at=until_at
    )
    marketplace_accede(actor=OPERATOR, marketplace=market, draft=draft)


def offer(market: Marketplace, *offered: Listing) -> None:
    """Let a marketplace offer some listings."""
    for listing in offered:
        offer_make(actor=OPERATOR, marketplace=market, listing=listing, sku=f"S-{listing.code}")
