"""Marketplaces: opened, bound to kinds of rules, and what they offer under which number."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from apps.core.actor import Actor
from apps.core.clock import now
from apps.core.errors import Invalid
from apps.core.jurisdictions import jurisdiction
from apps.institutions.models import Organisation
from apps.institutions.permissions import refusal
from apps.institutions.services.constraints import refused_as
from apps.journal.services import record
from apps.listings.acts import MarketplaceAcceded, MarketplaceEntered, OfferEnded, OfferMade
from apps.listings.errors import MarketplaceNameTaken, SkuTaken
from apps.listings.models import Accession, Listing, Marketplace, Offer
from apps.listings.permissions import can_keep_marketplace, can_offer
from apps.policy.states import StatuteKind

NAMES = {"listings_marketplace_slug_key": MarketplaceNameTaken}
SKUS = {"listings_one_listing_per_sku": SkuTaken}


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessionDraft:
    """Which kinds of rules shall bind a marketplace, where, until when, and on what basis."""

    rule_kinds: Sequence[StatuteKind]
    jurisdictions: Sequence[str]
    basis: str
    until_at: dt.datetime | None = None


@transaction.atomic
def marketplace_enter(
    *, actor: Actor, organisation: Organisation, name: str, website: str = ""
) -> Marketplace:
    """Enter a marketplace of an organisation."""
    if not can_keep_marketplace(actor, organisation):
        raise refusal(actor, _("Only an owner opens a marketplace of the organisation."))
    slug = slugify(name)[:120]
    if not slug:
        raise Invalid(_("The name needs some letters or figures."), field="name")
    with refused_as(NAMES):
        marketplace = Marketplace.objects.create(
            organisation=organisation, name=name, slug=slug, website=website, entered_at=now()
        )
    record(
        MarketplaceEntered(subject=marketplace.pk, organisation=organisation.pk, slug=slug),
        actor=actor,
    )
    return marketplace


@transaction.atomic
def marketplace_accede(
    *, actor: Actor, marketplace: Marketplace, draft: AccessionDraft
) -> Accession:
    """Bind a marketplace to kinds of rules; the accession that ran before ends with it."""
    held = Marketplace.objects.select_for_update().get(pk=marketplace.pk)
    if not can_keep_marketplace(actor, held.organisation):
        raise refusal(actor, _("Only an owner binds a marketplace of the organisation."))
    at = now()
    if not draft.rule_kinds:
        raise Invalid(_("Name at least one kind of rules."), field="rule_kinds")
    if draft.until_at and draft.until_at <= at:
        raise Invalid(_("The end lies in the past."), field="until_at")
    held.accessions.filter(until_at=None).update(until_at=at)
    held.accessions.filter(until_at__gt=at).update(until_at=at)
    accession = Accession.objects.create(
        marketplace=held,
        rule_kinds=sorted({StatuteKind(kind).value for kind in draft.rule_kinds}),
        jurisdictions=sorted({jurisdiction(code).code for code in draft.jurisdictions}),
        basis=draft.basis,
        from_at=at,
        until_at=draft.until_at,
    )
    record(
        MarketplaceAcceded(
            subject=held.pk,
            accession=accession.pk,
            rule_kinds=accession.rule_kinds,
            jurisdictions=accession.jurisdictions,
        ),
        actor=actor,
    )
    return accession


@transaction.atomic
def offer_make(*, actor: Actor, marketplace: Marketplace, listing: Listing, sku: str) -> Offer:
    """Offer a listing under the marketplace's own number; the same offer again changes nothing."""
    if not can_offer(actor, marketplace.organisation):
        raise refusal(actor, _("Only members make the marketplace's offers."))
    standing = Offer.objects.filter(marketplace=marketplace, sku=sku, ended_at=None)
    same = standing.select_for_update().filter(listing=listing).first()
    if same:
        return same
    with refused_as(SKUS):
        offer = Offer.objects.create(
            marketplace=marketplace, listing=listing, sku=sku, offered_at=now()
        )
    act = OfferMade(subject=listing.pk, offer=offer.pk, marketplace=marketplace.pk, sku=sku)
    record(act, actor=actor)
    return offer


@transaction.atomic
def offer_end(*, actor: Actor, offer_id: uuid.UUID) -> Offer:
    """End an offer; ended already, it stays as it is."""
    rows = Offer.objects.select_for_update(of=("self",))
    offer = rows.select_related("marketplace__organisation").get(pk=offer_id)
    if not can_offer(actor, offer.marketplace.organisation):
        raise refusal(actor, _("Only members end the marketplace's offers."))
    if offer.ended_at:
        return offer
    offer.ended_at = now()
    offer.save(update_fields=["ended_at"])
    act = OfferEnded(
        subject=offer.listing_id, offer=offer.pk, marketplace=offer.marketplace_id, sku=offer.sku
    )
    record(act, actor=actor)
    return offer
