"""A provider's name is claimed: by proof over its own domain, or with a regulator's word."""

import datetime as dt
import hmac
import secrets
import uuid
from functools import partial
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from apps.core.actor import Actor
from apps.core.clock import now
from apps.core.errors import Invalid
from apps.institutions.models import Organisation
from apps.institutions.permissions import refusal
from apps.institutions.selectors.tokens import secret_digest
from apps.institutions.services.constraints import refused_as
from apps.journal.acts import Act
from apps.journal.services import record
from apps.listings.acts import ClaimOpened, ClaimRefused, ClaimWithdrawn, ProviderClaimed
from apps.listings.errors import AlreadyOpen, ProofRefused, ProviderNotClaimable
from apps.listings.models import Provider, ProviderClaim
from apps.listings.permissions import can_claim_for, can_judge_claim
from apps.listings.readers.cards import NOT_STATED
from apps.listings.services.batches import provider_slug
from apps.listings.states import CLAIMS, ClaimState

LIFETIME = dt.timedelta(hours=48)
OPEN = {"listings_one_open_claim_each": AlreadyOpen}
BY_MAIL, BY_WORD = "domain e-mail", "regulator"


@transaction.atomic
def claim_open(
    *,
    actor: Actor,
    organisation: Organisation,
    provider_id: uuid.UUID,
    address: str = "",
    statement: str = "",
    language: str = "en-gb",
) -> ProviderClaim:
    """Claim a provider for an organisation.

    With an address at the provider's own domain a code is sent there, and whoever brings it back
    has proved the claim; without one the claim waits for a regulator. Only a website that the
    portal itself read counts as the provider's own.
    """
    provider = Provider.objects.select_for_update().get(pk=provider_id)
    if not can_claim_for(actor, organisation):
        raise refusal(actor, _("Only an owner claims a provider for the organisation."))
    if provider.claimed_by_id or provider.slug == provider_slug(NOT_STATED):
        raise ProviderNotClaimable
    address = address.strip().lower()
    if address and not at_domain(address, provider.website):
        raise ProofRefused(
            _("“%(address)s” is not at the provider's own domain.") % {"address": address},
            field="address",
        )
    code, at = secrets.token_hex(8), now()
    with refused_as(OPEN):
        claim = ProviderClaim.objects.create(
            provider=provider,
            organisation=organisation,
            proof_address=address,
            proof_digest=secret_digest(code) if address else "",
            proof_until_at=at + LIFETIME if address else None,
            statement=statement,
            opened_at=at,
        )
    if address:
        transaction.on_commit(partial(_deliver, claim, code, language))
    record(
        ClaimOpened(subject=provider.pk, claim=claim.pk, organisation=organisation.pk), actor=actor
    )
    return claim


@transaction.atomic
def claim_prove(*, actor: Actor, claim_id: uuid.UUID, code: str) -> ProviderClaim:
    """Bring back the code that was sent to the provider's domain: the provider is claimed."""
    claim = _locked(claim_id)
    if not can_claim_for(actor, claim.organisation):
        raise refusal(actor, _("Only an owner proves a claim of the organisation."))
    if claim.proof_until_at is None or now() >= claim.proof_until_at:
        raise ProofRefused(_("The code is no longer good."), field="code")
    if not hmac.compare_digest(claim.proof_digest, secret_digest(code.strip().lower())):
        raise ProofRefused(_("This is not the code that was sent."), field="code")
    return _confirm(actor, claim, BY_MAIL)


@transaction.atomic
def claim_confirm(*, actor: Actor, claim_id: uuid.UUID) -> ProviderClaim:
    """Confirm a claim on a regulator's own knowledge, where its mandate covers the organisation."""
    claim = _locked(claim_id)
    if not can_judge_claim(actor, claim):
        raise refusal(actor, _("Only a regulator with a mandate for models confirms a claim."))
    return _confirm(actor, claim, BY_WORD)


@transaction.atomic
def claim_refuse(*, actor: Actor, claim_id: uuid.UUID, reason: str) -> ProviderClaim:
    """Refuse a claim, with the reason that stands on its page."""
    claim = _locked(claim_id)
    if not can_judge_claim(actor, claim):
        raise refusal(actor, _("Only a regulator with a mandate for models refuses a claim."))
    if not reason.strip():
        raise Invalid(_("A refusal needs its reason."), field="reason")
    act = ClaimRefused(
        subject=claim.provider_id,
        claim=claim.pk,
        organisation=claim.organisation_id,
        reason=reason,
    )
    return _close(actor, claim, ClaimState.REFUSED, act, reason=reason)


@transaction.atomic
def claim_withdraw(*, actor: Actor, claim_id: uuid.UUID) -> ProviderClaim:
    """Take back a claim."""
    claim = _locked(claim_id)
    if not can_claim_for(actor, claim.organisation):
        raise refusal(actor, _("Only an owner withdraws a claim of the organisation."))
    act = ClaimWithdrawn(
        subject=claim.provider_id, claim=claim.pk, organisation=claim.organisation_id
    )
    return _close(actor, claim, ClaimState.WITHDRAWN, act)


def at_domain(address: str, website: str) -> bool:
    """Whether an e-mail address is at the domain of a website."""
    host = (urlsplit(website).hostname or "").removeprefix("www.")
    return bool(host) and address.rpartition("@")[2] == host


def _confirm(actor: Actor, claim: ProviderClaim, proof: str) -> ProviderClaim:
    provider = claim.provider
    if provider.claimed_by_id:
        raise ProviderNotClaimable
    CLAIMS.move(claim, ClaimState.CONFIRMED)
    claim.closed_at = provider.claimed_at = now()
    claim.save(update_fields=["state", "closed_at"])
    provider.claimed_by = claim.organisation
    provider.owner_group = claim.organisation.owner_group
    provider.save(update_fields=["claimed_by", "claimed_at", "owner_group"])
    act = ProviderClaimed(
        subject=provider.pk, claim=claim.pk, organisation=claim.organisation_id, proof=proof
    )
    record(act, actor=actor)
    return claim


def _close(
    actor: Actor, claim: ProviderClaim, state: ClaimState, act: Act, *, reason: str = ""
) -> ProviderClaim:
    CLAIMS.move(claim, state)
    claim.closed_at, claim.reason = now(), reason
    claim.save(update_fields=["state", "closed_at", "reason"])
    record(act, actor=actor)
    return claim


def _locked(claim_id: uuid.UUID) -> ProviderClaim:
    """Lock the provider first, as an import does, then the claim."""
    provider = ProviderClaim.objects.values_list("provider", flat=True).get(pk=claim_id)
    held = Provider.objects.select_for_update().get(pk=provider)
    rows = ProviderClaim.objects.select_for_update(of=("self",))
    claim = rows.select_related("organisation__owner_group").get(pk=claim_id)
    claim.provider = held
    return claim


def _deliver(claim: ProviderClaim, code: str, language: str) -> None:
    """Send the code to the provider's domain."""
    with override(language):
        send_mail(
            str(_("Prove that %(name)s is you") % {"name": claim.provider.name}),
            render_to_string("listings/mail/claim.txt", {"claim": claim, "code": code}),
            settings.DEFAULT_FROM_EMAIL,
            [claim.proof_address],
        )
