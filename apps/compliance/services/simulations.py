"""What a draft would change: asked for, worked out with progress, kept for a week.

A simulation belongs to who asked for it. One person has one unfinished at a time: asking of another
draft voids the one before. It is taken by counting its attempts up, so of two workers only the
later goes on, and a draft at which workers die is given up.
"""

import datetime as dt
import uuid
from functools import partial

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.compliance.errors import SimulationTaken
from apps.compliance.models import Simulation
from apps.compliance.permissions import can_simulate
from apps.compliance.selectors.impact import Impact, impact
from apps.compliance.selectors.simulations import ground
from apps.compliance.states import LIVE, SIMULATION, UNFINISHED, SimulationState
from apps.core.actor import Actor
from apps.core.clock import now
from apps.institutions.permissions import refusal
from apps.policy.errors import RuleRefused
from apps.policy.models import Rule
from apps.policy.services import RuleDraft, document_of, draft_faults, draft_of, hash_of

MOST_ATTEMPTS = 3
KEPT = dt.timedelta(days=7)
WORDS = 2000


@transaction.atomic
def simulation_start(*, actor: Actor, draft: RuleDraft, follows: Rule | None = None) -> Simulation:
    """Return the simulation of a draft as the register is now: one that stands, or a new one.

    A draft needs no examples for it, but no other fault: raises `RuleRefused`.
    """
    if actor.person is None or not can_simulate(actor):
        raise refusal(actor, _("A person in good standing tries what a draft would change."))
    if faults := draft_faults(draft, exemplified=False):
        raise RuleRefused(faults)
    document, code = document_of(draft), follows.code if follows else None
    draft_hash, here = hash_of([document, code]), ground()
    _void(actor.person, draft_hash, here)
    at = now()
    fresh = Simulation(
        asked_by_id=actor.person,
        follows=follows,
        draft=document,
        draft_hash=draft_hash,
        ground=here,
        asked_at=at,
        progress_at=at,
    )
    Simulation.objects.bulk_create([fresh], ignore_conflicts=True)
    return Simulation.objects.get(asked_by=actor.person, draft_hash=draft_hash, state__in=LIVE)


def _void(person: uuid.UUID, draft_hash: str, here: str) -> None:
    """Void what a person has of another register, and what is unfinished of another draft."""
    held = Simulation.objects.filter(asked_by=person, state__in=LIVE).order_by("id")
    for row in held.select_for_update():
        same = row.draft_hash == draft_hash
        if row.ground != here if same else row.unfinished:
            SIMULATION.move(row, SimulationState.VOIDED)
            row.save(update_fields=["state"])


def simulation_run(*, simulation_id: uuid.UUID) -> Simulation:
    """Work one out, from its beginning; what is finished stays as it is.

    Raises `SimulationTaken` where it was voided meanwhile, or another worker took it.
    """
    run = _taken(simulation_id)
    if not run.unfinished:
        return run
    try:
        found = _worked_out(run)
    except SimulationTaken:
        raise
    except Exception as error:
        _close(run, SimulationState.FAILED, error=f"{type(error).__name__}: {error}"[:WORDS])
        raise
    return _close(run, SimulationState.DONE, found=found)


def simulations_tidy() -> int:
    """Let go of those that were asked for more than a week ago; return how many."""
    deleted, _each = Simulation.objects.filter(asked_at__lt=now() - KEPT).delete()
    return deleted


@transaction.atomic
def _taken(simulation_id: uuid.UUID) -> Simulation:
    """Take it over, unless it is finished, or workers have stopped at it too often."""
    run = Simulation.objects.select_for_update(of=("self",)).select_related("follows")
    held = run.get(pk=simulation_id)
    if held.state not in UNFINISHED:
        return held
    if held.state == SimulationState.QUEUED:
        SIMULATION.move(held, SimulationState.RUNNING)
    elif held.attempts >= MOST_ATTEMPTS:
        SIMULATION.move(held, SimulationState.FAILED)
        held.error, held.finished_at = f"Its worker stopped {held.attempts} times.", now()
    held.attempts += 1
    held.scanned, held.progress_at = 0, now()
    held.save()
    return held


def _worked_out(run: Simulation) -> Impact:
    """Ask stretch by stretch; where the register moved on beneath, once more in one moment."""
    draft = draft_of(run.draft)
    found = impact(draft, follows=run.follows, watch=partial(_seen, run))
    if (here := ground()) == run.ground:
        return found
    run.ground = here
    return impact(draft, follows=run.follows)


def _seen(run: Simulation, scanned: int, total: int) -> None:
    """Note how far it is; raise `SimulationTaken` where it is no longer this worker's."""
    ours = Simulation.objects.filter(
        pk=run.pk, state=SimulationState.RUNNING, attempts=run.attempts
    )
    if not ours.update(scanned=scanned, total=total, progress_at=now()):
        raise SimulationTaken


@transaction.atomic
def _close(
    run: Simulation, state: SimulationState, *, found: Impact | None = None, error: str = ""
) -> Simulation:
    held = Simulation.objects.select_for_update().get(pk=run.pk)
    if held.state != SimulationState.RUNNING or held.attempts != run.attempts:
        raise SimulationTaken
    SIMULATION.move(held, state)
    held.error, held.finished_at, held.ground = error, now(), run.ground
    if found:
        held.document, held.digest = found.plain(), found.digest
        held.scanned = held.total
    held.save()
    return held
