"""What a draft would change, worked out for whoever writes it. No governance, only bookkeeping."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from apps.compliance.states import LIVE, SIMULATION, UNFINISHED, SimulationState
from apps.core.ids import uuid7

PERCENT = 100


class Simulation(models.Model):
    """One draft asked of all listings on offer; only who asked sees it.

    `draft_hash` is that of the whole draft and of the rule it follows: another word is another
    draft. `ground` is that of the facts, rules and grants which were asked. Whoever takes it counts
    `attempts` up, and only the last to do so can go on.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="simulations"
    )
    follows = models.ForeignKey("policy.Rule", models.PROTECT, null=True, related_name="+")
    draft = models.JSONField()
    draft_hash = models.CharField(max_length=64)
    ground = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=SimulationState, default=SimulationState.QUEUED)
    scanned = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    document = models.JSONField(null=True)
    digest = models.CharField(max_length=64, blank=True)
    error = models.TextField(blank=True)
    asked_at = models.DateTimeField()
    progress_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            SIMULATION.constraint("compliance_simulation_state"),
            models.UniqueConstraint(
                fields=["asked_by", "draft_hash"],
                condition=Q(state__in=LIVE),
                name="compliance_one_simulation",
            ),
            models.CheckConstraint(
                name="compliance_simulation_done",
                condition=~Q(state=SimulationState.DONE)
                | Q(document__isnull=False, finished_at__isnull=False),
            ),
            models.CheckConstraint(
                name="compliance_simulation_scanned", condition=Q(scanned__lte=F("total"))
            ),
        ]
        indexes = [
            models.Index(
                fields=["progress_at"],
                name="compliance_simulations_open",
                condition=Q(state__in=UNFINISHED),
            ),
            models.Index(fields=["asked_at"], name="compliance_simulations_old"),
        ]

    def __str__(self) -> str:
        return f"simulation {self.id} ({self.state})"

    @property
    def unfinished(self) -> bool:
        """Whether it waits or is being worked out."""
        return self.state in UNFINISHED

    @property
    def done(self) -> bool:
        """Whether there is a result."""
        return self.state == SimulationState.DONE

    @property
    def percent(self) -> int:
        """How much of the register has been asked, in whole percent."""
        if self.done:
            return PERCENT
        return PERCENT * self.scanned // self.total if self.total else 0
