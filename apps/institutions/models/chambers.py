"""Chambers, their seats and the terms for which people hold them."""

import uuid

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from apps.core.ids import uuid7
from apps.institutions.models.organisations import Organisation, OwnerGroup
from apps.institutions.models.people import User
from apps.institutions.offices import OF_A_CHAMBER, Office
from apps.institutions.periods import Period, ends_after_begin, held_now
from apps.institutions.sectors import Sector

NO_CHAMBER = uuid.UUID(int=0)


class Chamber(models.Model):
    """One sector's chamber; who appoints it stands in the charter."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    sector = models.CharField(_("sector"), max_length=8, choices=Sector, unique=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="institutions_chamber_sector", condition=Q(sector__in=Sector.values)
            )
        ]

    def __str__(self) -> str:
        return str(Sector(self.sector).label)


class Seat(models.Model):
    """One seat of a chamber; it stands empty until someone is appointed."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    chamber = models.ForeignKey(Chamber, models.PROTECT, related_name="seats")
    number = models.PositiveIntegerField(_("number"))

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["chamber", "number"], name="institutions_one_seat_per_number"
            )
        ]

    def __str__(self) -> str:
        return f"{self.chamber_id}/{self.number}"


class HeldQuerySet(models.QuerySet):
    """Rows that run for a time."""

    def held(self) -> "HeldQuerySet":
        """Those that run now."""
        return self.filter(held_now())


class SeatTerm(models.Model):
    """One person's time on one seat.

    The chamber is repeated so that the database itself can refuse a person, or a company group,
    in two chambers; a foreign key over both columns keeps it true to the seat. An organisation
    without an owner group counts as a group of its own.
    """

    objects = HeldQuerySet.as_manager()

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="terms")
    chamber = models.ForeignKey(Chamber, models.PROTECT, related_name="terms")
    user = models.ForeignKey(User, models.PROTECT, related_name="seat_terms")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="seat_terms"
    )
    owner_group = models.ForeignKey(
        OwnerGroup, models.PROTECT, null=True, blank=True, related_name="seat_terms"
    )
    from_at = models.DateTimeField()
    until_at = models.DateTimeField()
    basis = models.CharField(_("how appointed or elected"), max_length=300)

    class Meta:
        constraints = [
            ends_after_begin("institutions_seatterm_period"),
            ExclusionConstraint(
                name="institutions_one_holder_per_seat",
                expressions=[
                    (F("seat"), RangeOperators.EQUAL),
                    (Period(), RangeOperators.OVERLAPS),
                ],
            ),
            ExclusionConstraint(
                name="institutions_one_seat_per_person",
                expressions=[
                    (F("user"), RangeOperators.EQUAL),
                    (Period(), RangeOperators.OVERLAPS),
                ],
            ),
            ExclusionConstraint(
                name="institutions_one_chamber_per_group",
                expressions=[
                    (
                        models.functions.Coalesce("owner_group", "organisation"),
                        RangeOperators.EQUAL,
                    ),
                    (F("chamber"), RangeOperators.NOT_EQUAL),
                    (Period(), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} on {self.seat_id}"


class OfficeHolding(models.Model):
    """One person's time in one office; a chair's and a teller's belong to a chamber."""

    objects = HeldQuerySet.as_manager()

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(User, models.PROTECT, related_name="offices")
    office = models.CharField(_("office"), max_length=16, choices=Office)
    chamber = models.ForeignKey(
        Chamber, models.PROTECT, null=True, blank=True, related_name="offices"
    )
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            ends_after_begin("institutions_office_period"),
            models.CheckConstraint(
                name="institutions_office", condition=Q(office__in=Office.values)
            ),
            models.CheckConstraint(
                name="institutions_office_of_a_chamber",
                condition=Q(office__in=OF_A_CHAMBER, chamber__isnull=False)
                | (~Q(office__in=OF_A_CHAMBER) & Q(chamber__isnull=True)),
            ),
            ExclusionConstraint(
                name="institutions_one_chair_per_chamber",
                expressions=[
                    (F("chamber"), RangeOperators.EQUAL),
                    (Period(), RangeOperators.OVERLAPS),
                ],
                condition=Q(office=Office.CHAIR),
            ),
            ExclusionConstraint(
                name="institutions_one_office_once",
                expressions=[
                    (F("user"), RangeOperators.EQUAL),
                    (F("office"), RangeOperators.EQUAL),
                    (
                        models.functions.Coalesce(
                            "chamber", models.Value(NO_CHAMBER, models.UUIDField())
                        ),
                        RangeOperators.EQUAL,
                    ),
                    (Period(), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} as {self.office}"
