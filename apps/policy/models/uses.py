"""The one published list of uses."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language


class Use(models.Model):
    """One use that a model may be offered for; rules and licences name it by its slug."""

    is_reference = True

    slug = models.SlugField(primary_key=True, max_length=40)
    name_en = models.TextField()
    name_hi = models.TextField()
    description = models.TextField(blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["position", "slug"]
        constraints = [
            models.CheckConstraint(
                name="policy_use_dates",
                condition=Q(valid_until__isnull=True) | Q(valid_until__gt=F("valid_from")),
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return self.name_hi if (get_language() or "").startswith("hi") else self.name_en
