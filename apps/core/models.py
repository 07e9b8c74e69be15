"""The one row of the business clock."""

from django.db import models


class BusinessClock(models.Model):
    """How far business time stands from the machine's; only the owner role can change it."""

    id = models.BooleanField(primary_key=True, default=True)
    ahead = models.DurationField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="core_one_business_clock", condition=models.Q(id=True))
        ]

    def __str__(self) -> str:
        return f"business time is {self.ahead} ahead"
