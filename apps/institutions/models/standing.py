"""Suspensions of people and organisations, and requests to erase a person's data."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from apps.core.ids import uuid7
from apps.institutions.models.chambers import HeldQuerySet
from apps.institutions.models.organisations import Organisation
from apps.institutions.models.people import User
from apps.institutions.periods import Period, ends_after_begin
from apps.institutions.states import ERASURE, ErasureState


class Suspension(models.Model):
    """A time in which a person or an organisation may not act here; lifting it ends the period."""

    objects = HeldQuerySet.as_manager()

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(User, models.PROTECT, null=True, related_name="suspensions")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, related_name="suspensions"
    )
    reason = models.TextField(_("reason, as the person reads it"), max_length=2000)
    ordered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    lifted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            ends_after_begin("institutions_suspension_period"),
            models.CheckConstraint(
                name="institutions_suspension_of_one",
                condition=Q(user__isnull=False, organisation__isnull=True)
                | Q(user__isnull=True, organisation__isnull=False),
            ),
            ExclusionConstraint(
                name="institutions_one_suspension_per_person",
                expressions=[
                    (F("user"), RangeOperators.EQUAL),
                    (Period(), RangeOperators.OVERLAPS),
                ],
            ),
            ExclusionConstraint(
                name="institutions_one_suspension_per_org",
                expressions=[
                    (F("organisation"), RangeOperators.EQUAL),
                    (Period(), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"suspension of {self.user_id or self.organisation_id}"


class ErasureRequest(models.Model):
    """A person's request to have their data erased; acts stay, as they name nobody."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(User, models.PROTECT, related_name="erasure_requests")
    state = models.CharField(max_length=12, choices=ErasureState, default=ErasureState.REQUESTED)
    requested_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    answer = models.TextField(_("answer, as the person reads it"), blank=True, max_length=2000)

    class Meta:
        constraints = [
            ERASURE.constraint("institutions_erasure_state"),
            models.UniqueConstraint(
                fields=["user"],
                name="institutions_one_open_erasure_request",
                condition=Q(state=ErasureState.REQUESTED),
            ),
        ]
        indexes = [models.Index(fields=["state", "requested_at"], name="institutions_erasures_due")]

    def __str__(self) -> str:
        return f"erasure of {self.user_id}"
