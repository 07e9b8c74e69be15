"""Deadline rules, calendars, clocks and what happened to them."""

from zoneinfo import ZoneInfo

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from apps.clocks.calendar import Happening, Term, Unit
from apps.clocks.states import BREACHED, CLOCK, OPEN, ClockState
from apps.core.ids import uuid7
from apps.core.jurisdictions import jurisdiction


class Owes(models.TextChoices):
    """Which side owes what a deadline is about."""

    AUTHORITY = "authority", _("The authority")
    COMPANY = "company", _("The company")
    PARTY = "party", _("The party concerned")
    APPEAL_BODY = "appeal-body", _("The appeal body")
    MARKETPLACE = "marketplace", _("The marketplace")
    PORTAL = "portal", _("This portal")


UNITS = {
    Unit.HOURS.value: _("hours"),
    Unit.DAYS.value: _("days"),
    Unit.WORKING_DAYS.value: _("working days"),
    Unit.MONTHS.value: _("months"),
}


class DeadlineRule(models.Model):
    """One deadline as the law has it, from a day until a day; a change of law is a new row.

    `rolls` and `least_working_days` say how a period that ends on a day off is treated;
    `extendable_by` is the most that may be added in all, in the rule's unit.
    """

    is_reference = True

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField(max_length=80)
    title = models.CharField(max_length=200)
    valid_from_date = models.DateField()
    valid_until_date = models.DateField(null=True, blank=True)
    owed_by = models.CharField(max_length=20, choices=Owes.choices)
    amount = models.PositiveIntegerField()
    unit = models.CharField(max_length=12, choices=UNITS)
    calendar = models.CharField(max_length=8)
    rolls = models.BooleanField(default=False)
    least_working_days = models.PositiveIntegerField(default=0)
    extendable_by = models.PositiveIntegerField(default=0)
    starts_on = models.CharField(max_length=80)
    pauses_on = ArrayField(models.CharField(max_length=80), default=list, blank=True)
    stops_on = ArrayField(models.CharField(max_length=80), default=list)
    legal_source = models.CharField(max_length=300)
    source_url = models.URLField(max_length=300, blank=True)
    note = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("code", "valid_from_date", name="clocks_one_rule_from_a_day"),
            models.UniqueConstraint(
                "code",
                condition=Q(valid_until_date__isnull=True),
                name="clocks_one_rule_without_end",
            ),
            models.CheckConstraint(
                name="clocks_rule_ends_after_it_begins",
                condition=Q(valid_until_date__isnull=True)
                | Q(valid_until_date__gt=F("valid_from_date")),
            ),
            models.CheckConstraint(name="clocks_rule_has_length", condition=Q(amount__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.code} from {self.valid_from_date}"

    @property
    def term(self) -> Term:
        """The period, for the calendar."""
        return Term(self.amount, Unit(self.unit), self.rolls, self.least_working_days)

    @property
    def zone(self) -> ZoneInfo:
        """The zone in which days are counted."""
        return ZoneInfo(jurisdiction(self.calendar).zone)


class HolidayCalendar(models.Model):
    """Weekend of a jurisdiction, and for which years its days off are published."""

    is_reference = True

    jurisdiction = models.CharField(max_length=8, primary_key=True)
    weekend = ArrayField(models.PositiveSmallIntegerField(), default=list)
    known_from_date = models.DateField()
    known_until_date = models.DateField()
    source = models.CharField(max_length=300)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="clocks_calendar_known_for_a_while",
                condition=Q(known_until_date__gt=F("known_from_date")),
            )
        ]

    def __str__(self) -> str:
        return f"days off in {self.jurisdiction}"


class Holiday(models.Model):
    """One day off, with its source."""

    is_reference = True

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    calendar = models.ForeignKey(HolidayCalendar, on_delete=models.PROTECT, related_name="holidays")
    date = models.DateField()
    name = models.CharField(max_length=120)
    source = models.CharField(max_length=300)

    class Meta:
        constraints = [models.UniqueConstraint("calendar", "date", name="clocks_a_day_is_off_once")]

    def __str__(self) -> str:
        return f"{self.name}, {self.date}"


class Clock(models.Model):
    """One deadline that runs for one owner about one thing.

    `due_at` is computed from the events and the calendar whose `edition` is noted; it is empty
    while a pause leaves the end open. `remind_at` is when the next stage is reached of which
    the portal reminds, `reminders` how many were. `occasion` tells apart several clocks of one
    rule on one thing. `thing` and `owner` are ids of apps that this one does not know.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    rule = models.ForeignKey(DeadlineRule, on_delete=models.PROTECT, related_name="clocks")
    thing = models.UUIDField()
    owner = models.UUIDField()
    occasion = models.CharField(max_length=80, blank=True)
    state = models.CharField(max_length=10, choices=ClockState.choices, default=ClockState.RUNNING)
    started_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    is_provisional = models.BooleanField(default=False)
    edition = models.CharField(max_length=12)
    closed_at = models.DateTimeField(null=True)
    reminders = models.PositiveSmallIntegerField(default=0)
    remind_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            CLOCK.constraint("clocks_clock_state"),
            models.UniqueConstraint(
                "rule", "thing", "occasion", name="clocks_one_clock_per_occasion"
            ),
            models.CheckConstraint(
                name="clocks_open_until_closed",
                condition=Q(state__in=OPEN, closed_at__isnull=True)
                | (~Q(state__in=OPEN) & Q(closed_at__isnull=False)),
            ),
        ]
        indexes = [
            models.Index(
                fields=["owner", "due_at", "id"],
                name="clocks_due_of_owner",
                condition=Q(state__in=OPEN),
            ),
            models.Index(fields=["due_at", "id"], name="clocks_due", condition=Q(state__in=OPEN)),
            models.Index(
                fields=["remind_at", "id"],
                name="clocks_to_remind",
                condition=Q(state__in=OPEN, remind_at__isnull=False),
            ),
            models.Index(
                fields=["-due_at", "-id"],
                name="clocks_breaches",
                condition=Q(state__in=BREACHED),
            ),
            models.Index(fields=["thing", "started_at"], name="clocks_of_thing"),
            models.Index(fields=["edition"], name="clocks_edition", condition=Q(state__in=OPEN)),
        ]

    def __str__(self) -> str:
        return f"clock {self.id} ({self.state})"


class ClockEvent(models.Model):
    """What happened to a clock, in order; never changed."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    clock = models.ForeignKey(Clock, on_delete=models.PROTECT, related_name="events")
    number = models.PositiveIntegerField()
    happening = models.CharField(
        max_length=8, choices=[(item.value, item.value) for item in Happening]
    )
    at = models.DateTimeField()
    amount = models.PositiveIntegerField(default=0)
    reason = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("clock", "number", name="clocks_events_in_order"),
            models.CheckConstraint(
                name="clocks_event_happening",
                condition=Q(happening__in=[item.value for item in Happening]),
            ),
            models.CheckConstraint(
                name="clocks_only_extensions_add",
                condition=Q(happening=Happening.EXTEND.value, amount__gt=0)
                | (~Q(happening=Happening.EXTEND.value) & Q(amount=0)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.happening} at {self.at}"
