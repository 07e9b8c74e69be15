"""How many verdicts a text needs before it may be frozen."""

from django.db import models
from django.db.models import F, Q

from apps.core.ids import uuid7


class ReviewMinimum(models.Model):
    """From a day until a day: the verdicts that a review round needs before its text is frozen.

    A change is a new row, and a round is held to the one of the day on which it opened.
    """

    is_reference = True

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    valid_from_date = models.DateField(unique=True)
    valid_until_date = models.DateField(null=True)
    verdicts = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=300)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="proposals_minimum_span",
                condition=Q(valid_until_date__isnull=True)
                | Q(valid_until_date__gt=F("valid_from_date")),
            ),
            models.CheckConstraint(
                name="proposals_minimum_asks_someone", condition=Q(verdicts__gte=1)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.verdicts} from {self.valid_from_date}"
