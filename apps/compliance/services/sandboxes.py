"""Sandboxes: supervised trials, granted and closed by a regulator within its mandate."""

import datetime as dt
import uuid
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.compliance import acts, errors
from apps.compliance.models import Exemption, Sandbox
from apps.compliance.permissions import can_grant
from apps.core.actor import Actor
from apps.core.clock import now
from apps.core.codes import next_code
from apps.core.jurisdictions import jurisdiction
from apps.institutions.permissions import refusal
from apps.journal.services import record
from apps.policy.models import Use

LONGEST = dt.timedelta(days=3 * 366)


@dataclass(frozen=True, slots=True, kw_only=True)
class SandboxDraft:
    """What a regulator writes to open a trial."""

    name: str
    jurisdictions: list[str]
    uses: list[str]
    cohort_cap: int
    exit_plan: str
    legal_basis: str
    until_at: dt.datetime


@transaction.atomic
def sandbox_grant(*, actor: Actor, draft: SandboxDraft) -> Sandbox:
    """Open a supervised trial in the places of the regulator's mandate."""
    places = [jurisdiction(place).code for place in draft.jurisdictions]
    if actor.person is None or not places or not can_grant(actor, places):
        raise refusal(actor, _("A regulator whose mandate covers these places opens a sandbox."))
    must_be_uses(draft.uses)
    moment = now()
    must_end_in_time(draft.until_at, moment)
    sandbox = Sandbox.objects.create(
        code=next_code("S", "compliance_sandbox_code"),
        name=draft.name.strip(),
        jurisdictions=places,
        uses=sorted(set(draft.uses)),
        cohort_cap=draft.cohort_cap,
        exit_plan=draft.exit_plan.strip(),
        legal_basis=draft.legal_basis.strip(),
        issuer_id=actor.person,
        since_at=moment,
        until_at=draft.until_at,
    )
    record(
        acts.SandboxGranted(
            subject=sandbox.id,
            code=sandbox.code,
            jurisdictions=places,
            until_at=sandbox.until_at,
        ),
        actor=actor,
    )
    return sandbox


@transaction.atomic
def sandbox_end(*, actor: Actor, sandbox: Sandbox) -> Sandbox:
    """Close a trial before its time; the exemptions that rest on it end with it."""
    sandbox = Sandbox.objects.select_for_update().get(pk=sandbox.pk)
    if not can_grant(actor, sandbox.jurisdictions):
        raise refusal(actor, _("A regulator whose mandate covers these places ends a sandbox."))
    moment = now()
    if sandbox.ended_at or sandbox.until_at <= moment:
        raise errors.GrantEnded
    sandbox.ended_at = moment
    sandbox.save(update_fields=["ended_at"])
    record(acts.SandboxEnded(subject=sandbox.id, listings=_end_cohort(sandbox)), actor=actor)
    return sandbox


def must_be_uses(uses: list[str]) -> None:
    """Refuse a use that the published list does not have."""
    known = set(Use.objects.values_list("slug", flat=True))
    for use in uses:
        if use not in known:
            raise errors.UseUnknown(
                _("“%(use)s” is not in the list of uses.") % {"use": use}, field="uses"
            )


def must_end_in_time(until_at: dt.datetime, moment: dt.datetime) -> None:
    """Refuse a grant that is over already, or that runs for too long."""
    if until_at <= moment:
        raise errors.TimeNotAhead(field="until_at")
    if until_at > moment + LONGEST:
        raise errors.GrantTooLong(field="until_at")


def _end_cohort(sandbox: Sandbox) -> list[uuid.UUID]:
    cohort = Exemption.objects.select_for_update().filter(sandbox=sandbox, ended_at=None)
    listings = sorted({exemption.listing_id for exemption in cohort})
    cohort.update(ended_at=sandbox.ended_at)
    return listings
