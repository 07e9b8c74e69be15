"""What a rule version was to change, as it was worked out when it entered and when it began."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from apps.compliance.states import Occasion
from apps.core.ids import uuid7


class RuleImpact(models.Model):
    """What one version changes over all listings on offer, at one moment; never changed.

    It is bound to `text_hash`: another text is another version, with an impact of its own.
    `document` is the whole of it as plain values, `fires` the listings that it fires for.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    version = models.ForeignKey(
        "policy.RuleVersion", on_delete=models.PROTECT, related_name="impacts"
    )
    occasion = models.TextField(choices=Occasion.choices)
    text_hash = models.CharField(max_length=64)
    listings = models.PositiveIntegerField()
    fires = ArrayField(models.UUIDField(), default=list)
    document = models.JSONField()
    digest = models.CharField(max_length=64)
    computed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["version", "occasion"], name="compliance_one_impact_each"
            ),
            models.CheckConstraint(
                name="compliance_impact_occasion", condition=Q(occasion__in=Occasion.values)
            ),
        ]

    def __str__(self) -> str:
        return f"impact {self.digest[:8]} of {self.version_id}"
