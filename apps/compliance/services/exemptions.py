"""Exemptions: one listing from one rule, for a time, by a regulator within its mandate."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from apps.compliance import acts, errors
from apps.compliance.models import Exemption, Sandbox
from apps.compliance.permissions import can_grant, can_take_back
from apps.compliance.services.sandboxes import must_be_uses, must_end_in_time
from apps.core.actor import Actor
from apps.core.clock import now
from apps.core.codes import next_code
from apps.core.jurisdictions import covers, jurisdiction
from apps.institutions.permissions import refusal
from apps.journal.services import record
from apps.listings.models import Listing
from apps.policy.models import Rule


@dataclass(frozen=True, slots=True, kw_only=True)
class ExemptionDraft:
    """What a regulator writes to exempt a listing."""

    rule: Rule
    listing: Listing
    reason: str
    until_at: dt.datetime
    jurisdictions: list[str]
    uses: list[str]
    sandbox: Sandbox | None = None


@transaction.atomic
def exemption_grant(*, actor: Actor, draft: ExemptionDraft) -> Exemption:
    """Exempt a listing from a rule; within a sandbox only as far as the sandbox reaches."""
    sandbox = _locked(draft.sandbox) if draft.sandbox else None
    places = [jurisdiction(place).code for place in draft.jurisdictions]
    places = places or (sandbox.jurisdictions if sandbox else [])
    uses = sorted(set(draft.uses or (sandbox.uses if sandbox else [])))
    if actor.person is None or not can_grant(actor, places):
        raise refusal(actor, _("A regulator whose mandate covers these places exempts a listing."))
    must_be_uses(uses)
    moment = now()
    must_end_in_time(draft.until_at, moment)
    if sandbox:
        _must_fit(sandbox, places, uses, draft.until_at, moment)
    exemption = Exemption.objects.create(
        code=next_code("X", "compliance_exemption_code"),
        rule=draft.rule,
        listing=draft.listing,
        sandbox=sandbox,
        uses=uses,
        jurisdictions=places,
        reason=draft.reason.strip(),
        issuer_id=actor.person,
        since_at=moment,
        until_at=draft.until_at,
    )
    record(
        acts.ExemptionGranted(
            subject=exemption.id,
            code=exemption.code,
            rule=exemption.rule_id,
            listing=exemption.listing_id,
            until_at=exemption.until_at,
        ),
        actor=actor,
    )
    return exemption


@transaction.atomic
def exemption_end(*, actor: Actor, exemption: Exemption) -> Exemption:
    """Take an exemption back before its time."""
    exemption = Exemption.objects.select_for_update().get(pk=exemption.pk)
    if not can_take_back(actor, exemption.jurisdictions):
        raise refusal(actor, _("A regulator whose mandate covers these places ends an exemption."))
    moment = now()
    if exemption.ended_at or exemption.until_at <= moment:
        raise errors.GrantEnded
    exemption.ended_at = moment
    exemption.save(update_fields=["ended_at"])
    record(
        acts.ExemptionEnded(
            subject=exemption.id, rule=exemption.rule_id, listing=exemption.listing_id
        ),
        actor=actor,
    )
    return exemption


def _locked(sandbox: Sandbox) -> Sandbox:
    return Sandbox.objects.select_for_update().get(pk=sandbox.pk)


def _must_fit(
    sandbox: Sandbox,
    places: list[str],
    uses: list[str],
    until_at: dt.datetime,
    moment: dt.datetime,
) -> None:
    if sandbox.ended_at or sandbox.until_at <= moment:
        raise errors.GrantEnded(field="sandbox")
    inside = all(covers(sandbox.jurisdictions, place, moment.date()) for place in places)
    narrower = not sandbox.uses or set(uses) <= set(sandbox.uses)
    if not (places and inside and narrower and until_at <= sandbox.until_at):
        raise errors.OutsideSandbox(field="sandbox")
    open_now = Q(ended_at=None, until_at__gt=moment)
    cohort = sandbox.exemptions.filter(open_now).values("listing").distinct().count()
    if cohort >= sandbox.cohort_cap:
        raise errors.CohortFull(field="sandbox")
