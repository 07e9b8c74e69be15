"""Simulations: one's own, those that stand still, and the ground that they stand on."""

import datetime as dt
import uuid
from typing import Any

from django.db import connection

from apps.compliance.errors import SimulationUnknown
from apps.compliance.models import Exemption, Measure, Simulation
from apps.compliance.permissions import can_simulate
from apps.compliance.states import UNFINISHED
from apps.compliance.tables import breakdown
from apps.core.actor import Actor
from apps.core.clock import now
from apps.policy.selectors import ruleset_version
from apps.policy.services import hash_of

# Whatever changes a fact begins a new row.
NEWEST = "select coalesce(max(id), 0) from compliance_facts"
MANY = """
select count(*) from (select 1 from compliance_facts where until_at is null limit %s) counted
"""


def ground() -> str:
    """Return the digest of what a simulation is asked of: facts, rules, grants and the day."""
    moment = now()
    with connection.cursor() as cursor:
        cursor.execute(NEWEST)
        facts = cursor.fetchone()[0]
    grants = [
        str(name)
        for noun in (Exemption, Measure)
        for name in noun.objects.running(moment).order_by("id").values_list("id", flat=True)
    ]
    return hash_of([moment.date().isoformat(), ruleset_version(), facts, grants])


def has_more_than(listings: int) -> bool:
    """Whether facts of more versions than so many hold now."""
    with connection.cursor() as cursor:
        cursor.execute(MANY, [listings + 1])
        return bool(cursor.fetchone()[0] > listings)


def simulation_of(actor: Actor, simulation_id: uuid.UUID) -> Simulation:
    """Return one of the actor's own simulations; raise `SimulationUnknown`."""
    found = Simulation.objects.filter(pk=simulation_id, asked_by=actor.person)
    simulation = found.select_related("follows").first()
    if simulation is None or not can_simulate(actor):
        raise SimulationUnknown(field="id")
    return simulation


def is_current(simulation: Simulation) -> bool:
    """Whether what it was asked of still holds."""
    return simulation.ground == ground()


def simulations_stalled(before: dt.datetime) -> list[uuid.UUID]:
    """Return those that should run and have not moved since a moment, oldest first."""
    rows = Simulation.objects.filter(state__in=UNFINISHED, progress_at__lt=before)
    return list(rows.order_by("progress_at").values_list("pk", flat=True)[:100])


def simulated(simulation: Simulation) -> dict[str, Any]:
    """Return the values of `compliance/simulation.html`."""
    return {
        "simulation": simulation,
        "is_current": simulation.unfinished or is_current(simulation),
        "breakdown": breakdown(simulation.document) if simulation.document else None,
    }
