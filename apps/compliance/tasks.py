"""What the alarm clock keeps fresh and tidies away, and simulations that take long."""

import datetime as dt
import uuid
from functools import partial

from celery import shared_task
from django.conf import settings
from django.db import transaction

from apps.compliance.errors import SimulationTaken
from apps.compliance.models import Simulation
from apps.compliance.selectors.simulations import has_more_than, simulations_stalled
from apps.compliance.services import questions_forget
from apps.compliance.services.bundles import bundle_refresh
from apps.compliance.services.simulations import simulation_run, simulations_tidy
from apps.compliance.states import SimulationState
from apps.core.clock import now

PATIENCE = dt.timedelta(minutes=2)


@shared_task(name="compliance.bundle_refresh")
def refresh() -> None:
    """Build a new bundle where anything changed since the last."""
    bundle_refresh()


@shared_task(name="compliance.questions_forget")
def forget() -> None:
    """Drop logged questions once their time is over."""
    questions_forget()


@shared_task(name="compliance.simulation_go")
def simulation_go(simulation_id: str) -> None:
    """Work out what one draft would change."""
    try:
        simulation_run(simulation_id=uuid.UUID(simulation_id))
    except SimulationTaken:
        return


@shared_task(name="compliance.simulations_resume")
def simulations_resume() -> None:
    """Go on with the simulations that stand still, and let the old ones go."""
    for simulation_id in simulations_stalled(now() - PATIENCE):
        simulation_go.delay(str(simulation_id))
    simulations_tidy()


def simulation_set_off(simulation: Simulation) -> Simulation:
    """Work a new simulation out: here where the register is small, else by a worker."""
    if simulation.state != SimulationState.QUEUED:
        return simulation
    if has_more_than(settings.SIMULATE_AT_ONCE):
        transaction.on_commit(partial(simulation_go.delay, str(simulation.pk)))
        return simulation
    return simulation_run(simulation_id=simulation.pk)
