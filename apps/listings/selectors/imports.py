"""Imports: those of an organisation, one with its faults, those that stand still."""

import datetime as dt
import uuid

from django.db.models import QuerySet

from apps.core.actor import Actor
from apps.institutions.models import Organisation
from apps.listings.errors import RunUnknown
from apps.listings.models import ImportFault, ImportRun
from apps.listings.permissions import can_list_for
from apps.listings.states import RunState


def runs_of(actor: Actor, organisation: Organisation) -> QuerySet[ImportRun]:
    """Return an organisation's imports, newest first; to others than its members, none."""
    if not can_list_for(actor, organisation):
        return ImportRun.objects.none()
    return ImportRun.objects.filter(organisation=organisation).order_by("-created_at", "-id")


def run_of(actor: Actor, run_id: uuid.UUID) -> ImportRun:
    """Return one import, if the actor lists for its organisation; raise `RunUnknown`."""
    found = ImportRun.objects.select_related("organisation").filter(pk=run_id).first()
    if found is None or not can_list_for(actor, found.organisation):
        raise RunUnknown(field="id")
    return found


def faults_of(run: ImportRun) -> QuerySet[ImportFault]:
    """Return an import's faults in the order of its rows."""
    return run.faults.order_by("line", "id")


def runs_stalled(before: dt.datetime) -> list[uuid.UUID]:
    """Return the imports that should run and have not moved since a moment, oldest first."""
    rows = ImportRun.objects.filter(
        state__in=[RunState.WAITING, RunState.RUNNING],
        progress_at__lt=before,
        content__isnull=False,
    )
    return list(rows.order_by("progress_at").values_list("pk", flat=True)[:100])
