"""Measures and incidents: what a decision above, or an order from outside, sets on a listing.

The procedure that decides calls these in its own transaction and hands over its reference.
"""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.compliance import acts, errors
from apps.compliance.models import IncidentCount, Measure
from apps.compliance.permissions import can_set_measures
from apps.compliance.services.sandboxes import must_be_uses
from apps.compliance.states import IncidentBasis, MeasureSource
from apps.core.actor import Actor
from apps.core.clock import now
from apps.core.codes import next_code
from apps.core.jurisdictions import jurisdiction
from apps.institutions.permissions import refusal
from apps.journal.services import record
from apps.listings.models import Listing
from apps.policy.engine import Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureDraft:
    """What a decision or an order says of a listing."""

    listing: Listing
    outcome: Outcome
    source: MeasureSource
    reference: str
    reason: str
    jurisdictions: list[str]
    uses: list[str]
    until_at: dt.datetime | None = None


@transaction.atomic
def measure_impose(*, actor: Actor, draft: MeasureDraft) -> Measure:
    """Set an outcome on a listing and on every copy of its weights; once for each reference."""
    places = [jurisdiction(place).code for place in draft.jurisdictions]
    if not can_set_measures(actor, places):
        raise refusal(actor, _("A decision, or a regulator of these places, sets a measure."))
    must_be_uses(draft.uses)
    moment = now()
    if draft.until_at is not None and draft.until_at <= moment:
        raise errors.TimeNotAhead(field="until_at")
    measure, made = Measure.objects.get_or_create(
        listing=draft.listing,
        reference=draft.reference,
        defaults={
            "code": next_code("M", "compliance_measure_code"),
            "outcome": draft.outcome,
            "uses": sorted(set(draft.uses)),
            "jurisdictions": places,
            "source": draft.source,
            "reason": draft.reason.strip(),
            "since_at": moment,
            "until_at": draft.until_at,
        },
    )
    if made:
        record(
            acts.MeasureImposed(
                subject=measure.id,
                code=measure.code,
                listing=measure.listing_id,
                outcome=draft.outcome.slug,
                source=measure.source,
                reference=measure.reference,
            ),
            actor=actor,
        )
    return measure


@transaction.atomic
def measure_lift(*, actor: Actor, measure: Measure) -> Measure:
    """Lift a measure before its time."""
    measure = Measure.objects.select_for_update().get(pk=measure.pk)
    if not can_set_measures(actor, measure.jurisdictions):
        raise refusal(actor, _("A decision, or a regulator of these places, lifts a measure."))
    moment = now()
    if measure.ended_at or (measure.until_at and measure.until_at <= moment):
        raise errors.GrantEnded
    measure.ended_at = moment
    measure.save(update_fields=["ended_at"])
    record(
        acts.MeasureLifted(
            subject=measure.id, listing=measure.listing_id, reference=measure.reference
        ),
        actor=actor,
    )
    return measure


@transaction.atomic
def incident_count(
    *, actor: Actor, listing: Listing, reference: str, severity: int, basis: IncidentBasis
) -> IncidentCount:
    """Let a triaged or decided case count against a listing; once for each reference."""
    if not can_set_measures(actor, []):
        raise refusal(actor, _("Only a case that was triaged or decided counts."))
    incident, made = IncidentCount.objects.get_or_create(
        listing=listing,
        reference=reference,
        defaults={"severity": severity, "basis": basis, "since_at": now()},
    )
    if made:
        record(
            acts.IncidentCounted(
                subject=incident.id,
                listing=listing.id,
                reference=reference,
                severity=severity,
                basis=basis,
            ),
            actor=actor,
        )
    return incident


@transaction.atomic
def incident_close(*, actor: Actor, incident: IncidentCount) -> IncidentCount:
    """Let an incident count no longer: its case was closed."""
    incident = IncidentCount.objects.select_for_update().get(pk=incident.pk)
    if not can_set_measures(actor, []):
        raise refusal(actor, _("Only the case that counted an incident closes it."))
    if incident.until_at:
        raise errors.GrantEnded
    incident.until_at = now()
    incident.save(update_fields=["until_at"])
    record(
        acts.IncidentClosed(
            subject=incident.id, listing=incident.listing_id, reference=incident.reference
        ),
        actor=actor,
    )
    return incident
