"""Orders of courts and governments: recorded with their source, never voted, counted in public."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.cases import acts, errors
from apps.cases.models import ExternalOrder
from apps.cases.models.orders import OUTSIDE
from apps.cases.permissions import can_open_review
from apps.compliance.services import MeasureDraft, measure_impose
from apps.compliance.states import MeasureSource
from apps.core.actor import SYSTEM, Actor
from apps.core.clock import now
from apps.core.codes import next_code
from apps.core.errors import FieldFault, Invalid
from apps.core.jurisdictions import jurisdiction
from apps.institutions.permissions import refusal
from apps.institutions.services.constraints import refused_as
from apps.journal.services import record
from apps.listings.models import Listing
from apps.policy.engine import Outcome

ONCE = {"cases_one_order_once": errors.OrderAlreadyRecorded}
NAMED = ("authority", "rank", "provision", "reference", "reason")


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderDraft:
    """What an order says, and who signed it under which provision."""

    listing: Listing
    source: MeasureSource
    authority: str
    rank: str
    provision: str
    reference: str
    jurisdictions: list[str]
    outcome: Outcome
    reason: str
    until_at: dt.datetime


@transaction.atomic
def order_record(*, actor: Actor, draft: OrderDraft) -> ExternalOrder:
    """Record an order and set its measure, for its territory and its time."""
    places = sorted({jurisdiction(place).code for place in draft.jurisdictions})
    if actor.person is None or not can_open_review(actor, places):
        raise refusal(actor, _("A regulator with a mandate for misuse there records orders."))
    _must_be_whole(draft)
    code = next_code("O", "cases_order_code")
    measure = measure_impose(
        actor=SYSTEM,
        draft=MeasureDraft(
            listing=draft.listing,
            outcome=draft.outcome,
            source=draft.source,
            reference=code,
            reason=draft.reason,
            jurisdictions=places,
            uses=[],
            until_at=draft.until_at,
        ),
    )
    with refused_as(ONCE):
        order = ExternalOrder.objects.create(
            code=code,
            listing=draft.listing,
            source=draft.source,
            authority=draft.authority.strip(),
            rank=draft.rank.strip(),
            provision=draft.provision.strip(),
            reference=draft.reference.strip(),
            jurisdictions=places,
            outcome=draft.outcome,
            reason=draft.reason.strip(),
            until_at=draft.until_at,
            recorded_by_id=actor.person,
            recorded_at=now(),
            measure=measure,
        )
    act = acts.OrderRecorded(
        subject=order.pk,
        code=code,
        listing=draft.listing.pk,
        source=order.source,
        authority=order.authority,
        provision=order.provision,
        outcome=draft.outcome.slug,
        until_at=order.until_at,
    )
    record(act, actor=actor)
    return order


def _must_be_whole(draft: OrderDraft) -> None:
    facts = {name: getattr(draft, name).strip() for name in NAMED}
    faults = [FieldFault(name, _("An order names this.")) for name in NAMED if not facts[name]]
    if draft.source not in OUTSIDE:
        faults.append(FieldFault("source", _("An order comes from a court or a government.")))
    if draft.outcome is Outcome.ALLOW:
        faults.append(FieldFault("outcome", _("An order restricts something.")))
    if not draft.jurisdictions:
        faults.append(FieldFault("jurisdictions", _("An order has a territory.")))
    if faults:
        raise Invalid(_("The order is not complete."), faults=faults)
