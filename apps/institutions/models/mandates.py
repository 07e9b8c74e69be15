"""Mandates of regulators, and interests that people declare."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from apps.core.ids import uuid7
from apps.institutions.models.chambers import HeldQuerySet
from apps.institutions.models.organisations import Organisation
from apps.institutions.models.people import User
from apps.institutions.offices import Subject
from apps.institutions.periods import Period, ends_after_begin


class Mandate(models.Model):
    """What a regulator may regulate: one subject in one jurisdiction (`*`: everywhere)."""

    objects = HeldQuerySet.as_manager()

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(User, models.PROTECT, related_name="mandates")
    jurisdiction = models.CharField(_("jurisdiction"), max_length=8)
    subject = models.CharField(_("subject"), max_length=16, choices=Subject)
    legal_basis = models.CharField(_("legal basis"), max_length=300)
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            ends_after_begin("institutions_mandate_period"),
            models.CheckConstraint(
                name="institutions_mandate_subject", condition=Q(subject__in=Subject.values)
            ),
            ExclusionConstraint(
                name="institutions_one_mandate_once",
                expressions=[
                    (F("user"), RangeOperators.EQUAL),
                    (F("jurisdiction"), RangeOperators.EQUAL),
                    (F("subject"), RangeOperators.EQUAL),
                    (Period(), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} for {self.subject} in {self.jurisdiction}"


class ConflictDeclaration(models.Model):
    """A particular interest of a person: in an organisation, or in a matter named by its code."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(User, models.PROTECT, related_name="conflicts")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="conflicts"
    )
    matter = models.CharField(_("reference code of the matter"), max_length=20, blank=True)
    interest = models.CharField(_("the interest"), max_length=500)
    declared_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="institutions_conflict_names_something",
                condition=Q(organisation__isnull=False) | ~Q(matter=""),
            ),
            models.UniqueConstraint(
                fields=["user", "organisation", "matter"],
                name="institutions_one_declaration_per_interest",
                condition=Q(withdrawn_at__isnull=True),
                nulls_distinct=False,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} declared an interest"
