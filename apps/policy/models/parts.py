"""What a rule version consists of beside its expression; none of it ever changes."""

from django.db import models
from django.db.models import Q

from apps.core.ids import uuid7
from apps.policy.engine.goldens import facts_written
from apps.policy.models.rules import RuleVersion
from apps.policy.states import Addressee, DueUnit


class Clause(models.Model):
    """One sentence of the text; `expression` is the part of the rule it says, or empty.

    A clause without an expression states the effect.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    version = models.ForeignKey(RuleVersion, on_delete=models.PROTECT, related_name="clauses")
    number = models.PositiveSmallIntegerField()
    text = models.TextField()
    expression = models.TextField(blank=True)

    class Meta:
        ordering = ["version", "number"]
        constraints = [
            models.UniqueConstraint(fields=["version", "number"], name="policy_one_clause_number")
        ]

    def __str__(self) -> str:
        return f"§{self.number}"


class RuleCondition(models.Model):
    """What must be shown or done where the outcome is a condition."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    version = models.ForeignKey(RuleVersion, on_delete=models.PROTECT, related_name="conditions")
    code = models.SlugField(max_length=60)
    text = models.TextField()

    class Meta:
        ordering = ["version", "code"]
        constraints = [
            models.UniqueConstraint(fields=["version", "code"], name="policy_one_condition_code")
        ]

    def __str__(self) -> str:
        return self.code


class RuleDuty(models.Model):
    """What someone owes where the rule fires: by when, and the amount at stake."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    version = models.ForeignKey(RuleVersion, on_delete=models.PROTECT, related_name="duties")
    addressee = models.TextField(choices=Addressee.choices)
    code = models.SlugField(max_length=60)
    text = models.TextField()
    due_amount = models.PositiveIntegerField(null=True, blank=True)
    due_unit = models.TextField(choices=DueUnit.choices, blank=True)
    amount = models.DecimalField(max_digits=18, decimal_places=2, null=True, blank=True)
    currency = models.CharField(max_length=3, blank=True)

    class Meta:
        ordering = ["version", "code"]
        constraints = [
            models.UniqueConstraint(fields=["version", "code"], name="policy_one_duty_code"),
            models.CheckConstraint(
                name="policy_duty_addressee", condition=Q(addressee__in=Addressee.values)
            ),
            models.CheckConstraint(
                name="policy_duty_due",
                condition=Q(due_amount__isnull=True, due_unit="")
                | Q(due_amount__isnull=False, due_unit__in=DueUnit.values),
            ),
            models.CheckConstraint(
                name="policy_duty_amount",
                condition=Q(amount__isnull=True, currency="")
                | (Q(amount__gte=0) & ~Q(currency="")),
            ),
        ]

    def __str__(self) -> str:
        return self.code


class RuleExample(models.Model):
    """A listing and a request, and whether the rule fires for them, as its author says.

    What is kept are the facts that were written: `listing` and `req` as the vocabulary names them.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    version = models.ForeignKey(RuleVersion, on_delete=models.PROTECT, related_name="examples")
    number = models.PositiveSmallIntegerField()
    listing = models.JSONField(default=dict)
    req = models.JSONField(default=dict)
    fires = models.BooleanField()
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["version", "number"]
        constraints = [
            models.UniqueConstraint(fields=["version", "number"], name="policy_one_example_number")
        ]

    def __str__(self) -> str:
        return f"example {self.number}"

    @property
    def facts(self) -> str:
        """The facts one to a line, as they are written."""
        return facts_written(self.listing, self.req)


class RuleParameter(models.Model):
    """A value that the expression reads as `param.name`, written as a Rule CEL literal."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    version = models.ForeignKey(RuleVersion, on_delete=models.PROTECT, related_name="parameters")
    name = models.SlugField(max_length=40)
    value = models.TextField()
    unit = models.TextField(blank=True)

    class Meta:
        ordering = ["version", "name"]
        constraints = [
            models.UniqueConstraint(fields=["version", "name"], name="policy_one_parameter_name")
        ]

    def __str__(self) -> str:
        return f"param.{self.name} = {self.value}"
