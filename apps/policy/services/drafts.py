"""A rule as someone wrote it, before it is one."""

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal

from apps.policy.engine import Mode, Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class ClauseDraft:
    """One sentence and the part of the expression it says; without one it states the effect."""

    text: str
    expression: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConditionDraft:
    """What must be shown or done."""

    code: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyDraft:
    """What someone owes, by when, and the amount at stake."""

    addressee: str
    code: str
    text: str
    due_amount: int | None = None
    due_unit: str = ""
    amount: Decimal | None = None
    currency: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ParameterDraft:
    """A named value, written as a Rule CEL literal."""

    name: str
    value: str
    unit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExampleDraft:
    """Facts, one to a line as `listing.downloads = 120`, and whether the rule is to fire."""

    facts: str
    fires: bool
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleDraft:
    """The whole of a rule version; without `effective_at` it begins when it is entered.

    `why_…` say by Shavell's four factors why it acts before harm and does not leave it to suits:
    who knows the risk, whether who harms can pay, whether the harmed would sue, what it costs.
    """

    title: str
    authority: str
    expression: str
    outcome: Outcome
    legal_basis: str
    clauses: list[ClauseDraft]
    mode: Mode = Mode.ENFORCE
    summary: str = ""
    jurisdictions: list[str] = field(default_factory=list)
    uses: list[str] = field(default_factory=list)
    allowed_jurisdictions: list[str] = field(default_factory=list)
    effective_at: dt.datetime | None = None
    sunset_at: dt.datetime | None = None
    liability_tag: str = ""
    citation: str = ""
    gazette_reference: str = ""
    why_knowledge: str = ""
    why_means: str = ""
    why_suits: str = ""
    why_cost: str = ""
    conditions: list[ConditionDraft] = field(default_factory=list)
    duties: list[DutyDraft] = field(default_factory=list)
    parameters: list[ParameterDraft] = field(default_factory=list)
    examples: list[ExampleDraft] = field(default_factory=list)
