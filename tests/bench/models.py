"""Two tables alike, but that one stands under the journal's law."""

from django.db import models

from apps.core.ids import uuid7


class Thing(models.Model):
    """What both have."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    number = models.PositiveIntegerField(unique=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        abstract = True


class Plain(Thing):
    """Changed without an act: the control."""

    def __str__(self) -> str:
        return f"plain {self.id}"


class Governed(Thing):
    """Changed with its act only."""

    def __str__(self) -> str:
        return f"governed {self.id}"
