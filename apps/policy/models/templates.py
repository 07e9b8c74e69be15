"""Rules that a draft can begin from."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language

from apps.core.ids import uuid7


class RuleTemplate(models.Model):
    """One kind of rule with all its parts, valid from a day to another; a slug's next one follows.

    `draft` is the plain document of a `RuleDraft` without its dates: a draft made of it ends
    `ends_after_days` later.
    """

    is_reference = True

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    slug = models.SlugField(max_length=40)
    position = models.PositiveSmallIntegerField(default=0)
    name_en = models.TextField()
    name_hi = models.TextField()
    explains_en = models.TextField()
    explains_hi = models.TextField()
    source = models.TextField()
    draft = models.JSONField()
    ends_after_days = models.PositiveSmallIntegerField()
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["position", "slug"]
        constraints = [
            models.UniqueConstraint(fields=["slug", "valid_from"], name="policy_one_template"),
            models.CheckConstraint(
                name="policy_template_dates",
                condition=Q(valid_until__isnull=True) | Q(valid_until__gt=F("valid_from")),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return self.name_hi if _in_hindi() else self.name_en

    @property
    def explains(self) -> str:
        """What it is for, in the reader's language."""
        return self.explains_hi if _in_hindi() else self.explains_en


def _in_hindi() -> bool:
    return (get_language() or "").startswith("hi")
