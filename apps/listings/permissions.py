"""Who may write in the register."""

import uuid

from apps.core.actor import Actor, ActorKind
from apps.institutions.models import Organisation
from apps.institutions.offices import Office, Subject
from apps.institutions.permissions import (
    has_mandate,
    holds_office,
    in_good_standing,
    is_member,
    owns,
)
from apps.listings.models import Dispute, Listing, Provider, ProviderClaim


def is_portal(actor: Actor) -> bool:
    """Whether the portal itself acts, or someone at its command line."""
    return actor.kind in {ActorKind.OPERATOR, ActorKind.SYSTEM}


def can_list_for(actor: Actor, organisation: Organisation | None) -> bool:
    """Whether the actor may enter listings for the organisation; for none, only the portal may."""
    if is_portal(actor):
        return True
    return organisation is not None and is_member(actor, organisation)


def may_write_under(provider: Provider, organisation: uuid.UUID | None) -> bool:
    """Whether the organisation may write under the provider's name: nobody, once it is another's.

    Of actors this says nothing: `can_list_for` has asked who they are.
    """
    return provider.claimed_by_id is None or provider.claimed_by_id == organisation


def keeps(listing: Listing, organisation: uuid.UUID | None) -> bool:
    """Whether the organisation keeps the listing: its claimed provider, else who brought it."""
    return keeper_id(listing) == organisation


def keeper_id(listing: Listing) -> uuid.UUID | None:
    """Return the organisation that keeps a listing; `None` is the portal."""
    return listing.provider.claimed_by_id or listing.brought_by_id


def keeper(listing: Listing) -> Organisation | None:
    """Return the organisation that keeps a listing; `None` is the portal."""
    return listing.provider.claimed_by or listing.brought_by


def can_change(actor: Actor, listing: Listing) -> bool:
    """Whether the actor may change or withdraw the listing."""
    return can_list_for(actor, keeper(listing))


def can_claim_for(actor: Actor, organisation: Organisation) -> bool:
    """Whether the actor may claim a provider for the organisation."""
    return actor.kind is ActorKind.OPERATOR or owns(actor, organisation)


def can_judge_claim(actor: Actor, claim: ProviderClaim) -> bool:
    """Whether the actor may confirm or refuse a claim in place of a proof.

    That is a regulator whose mandate for models covers where the organisation is registered.
    """
    place = claim.organisation.jurisdiction
    return is_portal(actor) or has_mandate(actor, [place], Subject.MODELS)


def can_keep_marketplace(actor: Actor, organisation: Organisation) -> bool:
    """Whether the actor may open the organisation's marketplaces and bind them."""
    return is_portal(actor) or owns(actor, organisation)


def can_offer(actor: Actor, organisation: Organisation) -> bool:
    """Whether the actor may make and end the marketplace's offers."""
    return is_portal(actor) or is_member(actor, organisation)


def can_dispute(actor: Actor) -> bool:
    """Whether the actor may dispute a fact or an edge: anyone signed in and in good standing."""
    return in_good_standing(actor)


def can_withdraw_dispute(actor: Actor, dispute: Dispute) -> bool:
    """Whether the actor opened the dispute."""
    return actor.person == dispute.raised_by_id and in_good_standing(actor)


def can_decide_disputes(actor: Actor, dispute: Dispute) -> bool:
    """Whether the actor may decide a dispute: a regulator or clerk who did not open it."""
    if actor.person == dispute.raised_by_id:
        return False
    return holds_office(actor, Office.REGULATOR, Office.CLERK)
