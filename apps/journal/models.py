"""The journal's tables. Acts and their positions are written by SQL alone."""

from django.contrib.postgres.fields import ArrayField
from django.db import models


class RecordedAct(models.Model):
    """One act as it was committed; `recorded_at` is the machine's time, never business time."""

    id = models.BigIntegerField(primary_key=True)
    recorded_at = models.DateTimeField()
    kind = models.TextField()
    actor = models.UUIDField(null=True)
    subject = models.UUIDField()
    payload = models.JSONField()
    concerns = ArrayField(models.UUIDField())
    cause = models.BigIntegerField(null=True)
    visibility = models.TextField()

    class Meta:
        managed = False
        db_table = "journal_act"

    def __str__(self) -> str:
        return f"{self.kind} of {self.subject}"


class Position(models.Model):
    """The gap-free place of one committed act in the journal."""

    seq = models.BigIntegerField(primary_key=True)
    act = models.OneToOneField(
        RecordedAct, on_delete=models.DO_NOTHING, db_constraint=False, related_name="position"
    )

    class Meta:
        managed = False
        db_table = "journal_seq"

    def __str__(self) -> str:
        return f"act at {self.seq}"


class Checkpoint(models.Model):
    """How far one consumer has come; the row is its lock, its fence and its memory."""

    consumer = models.TextField(primary_key=True)
    seq = models.BigIntegerField(default=0)

    class Meta:
        db_table = "journal_cursor"

    def __str__(self) -> str:
        return f"{self.consumer} at {self.seq}"


class Parked(models.Model):
    """An act that a consumer could not answer, or that waits behind one of its subject."""

    pk = models.CompositePrimaryKey("consumer", "seq")
    consumer = models.TextField()
    seq = models.BigIntegerField()
    subject = models.UUIDField()
    attempts = models.PositiveIntegerField(default=0)
    retry_at = models.DateTimeField()
    error = models.TextField(blank=True)

    class Meta:
        db_table = "journal_parked"
        indexes = [
            models.Index(fields=["consumer", "retry_at"], name="journal_parked_due"),
            models.Index(fields=["consumer", "subject"], name="journal_parked_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.consumer} parked {self.seq} after {self.attempts} attempts"


class Trail(models.Model):
    """The projection that histories read: which acts touched a thing, and what led to each."""

    pk = models.CompositePrimaryKey("subject", "seq")
    subject = models.UUIDField()
    seq = models.BigIntegerField()
    cause = models.BigIntegerField(null=True)

    class Meta:
        db_table = "journal_trail"
        indexes = [
            models.Index(
                fields=["cause", "seq"],
                name="journal_trail_cause",
                condition=models.Q(cause__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.subject} touched at {self.seq}"
