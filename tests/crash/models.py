"""A thing that turns, and what consumers made of its turns."""

from django.db import models

from apps.core.ids import uuid7


class Thing(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    version = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.id} turned {self.version} times"


class Effect(models.Model):
    """No constraint keeps a second effect of one act out: that is what the proof is about."""

    consumer = models.TextField()
    seq = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.consumer} answered {self.seq}"
