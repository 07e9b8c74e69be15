"""Imports that take long; each task takes an id, and a lost one is found again by the clock."""

import datetime as dt
import uuid

from celery import shared_task

from apps.core.clock import now
from apps.listings.errors import RunTakenOver
from apps.listings.selectors import runs_stalled
from apps.listings.services.imports import import_run

PATIENCE = dt.timedelta(minutes=5)


@shared_task(name="listings.import_go")
def import_go(run_id: str) -> None:
    """Import what was sent with one run."""
    try:
        import_run(run_id=uuid.UUID(run_id))
    except RunTakenOver:
        return


@shared_task(name="listings.imports_resume")
def imports_resume() -> None:
    """Go on with the imports that stand still: their task was lost, or its worker died."""
    for run_id in runs_stalled(now() - PATIENCE):
        import_go.delay(str(run_id))
