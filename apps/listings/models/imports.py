"""An import: how far it is, and which rows it could not use. No governance, only bookkeeping."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from apps.core.ids import uuid7
from apps.listings.states import RUNS, RunState


class ImportRun(models.Model):
    """One file or body of rows, read from its first row to its last.

    `source` is the default one of rows that name none; `card_id` names a single model card.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(
        "institutions.Organisation", models.PROTECT, null=True, related_name="import_runs"
    )
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="import_runs"
    )
    file_name = models.CharField(max_length=200)
    state = models.CharField(max_length=10, choices=RunState, default=RunState.WAITING)
    source = models.CharField(max_length=60)
    card_id = models.CharField(max_length=300, blank=True)
    seen = models.PositiveIntegerField(default=0)
    listed = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    error = models.TextField(blank=True)
    created_at = models.DateTimeField()
    progress_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [RUNS.constraint("listings_run_state")]
        indexes = [
            models.Index(fields=["organisation", "-created_at", "id"], name="listings_runs_of"),
            models.Index(
                fields=["progress_at"],
                name="listings_runs_open",
                condition=Q(state__in=[RunState.WAITING, RunState.RUNNING]),
            ),
        ]

    def __str__(self) -> str:
        return self.file_name


class ImportContent(models.Model):
    """What was sent, kept until its run is finished."""

    run = models.OneToOneField(ImportRun, models.CASCADE, primary_key=True, related_name="content")
    body = models.BinaryField()

    def __str__(self) -> str:
        return f"content of {self.run_id}"


class ImportFault(models.Model):
    """One row that could not be used: where, why, and what to do."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="faults")
    line = models.PositiveIntegerField()
    external_id = models.CharField(max_length=300, blank=True)
    field = models.CharField(max_length=60, blank=True)
    reason = models.TextField()
    remedy = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["run", "line", "id"], name="listings_faults_of")]

    def __str__(self) -> str:
        return f"line {self.line}: {self.reason}"
