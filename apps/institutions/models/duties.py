"""The duty roster: who can be called at once, where and from when until when."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from apps.core.ids import uuid7
from apps.institutions.models.chambers import HeldQuerySet
from apps.institutions.models.people import User
from apps.institutions.periods import Period, ends_after_begin


class DutyShift(models.Model):
    """A time for which a regulator is on duty in one jurisdiction (`*`: everywhere)."""

    objects = HeldQuerySet.as_manager()

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(User, models.PROTECT, related_name="duty_shifts")
    jurisdiction = models.CharField(_("jurisdiction"), max_length=8)
    from_at = models.DateTimeField()
    until_at = models.DateTimeField()
    entered_at = models.DateTimeField()

    class Meta:
        constraints = [
            ends_after_begin("institutions_dutyshift_period"),
            ExclusionConstraint(
                name="institutions_one_shift_once",
                expressions=[
                    (F("user"), RangeOperators.EQUAL),
                    (F("jurisdiction"), RangeOperators.EQUAL),
                    (Period(), RangeOperators.OVERLAPS),
                ],
            ),
        ]
        indexes = [models.Index(fields=["from_at", "id"], name="institutions_roster")]

    def __str__(self) -> str:
        return f"{self.user_id} on duty in {self.jurisdiction}"
