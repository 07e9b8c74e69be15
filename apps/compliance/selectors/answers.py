"""A question and its answer, as plain values."""

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from apps.compliance.scenarios import EVERYWHERE, GENERAL
from apps.compliance.selectors.known import KnownExemption
from apps.policy.engine import Mode, Outcome, Step


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What a marketplace asks; empty fields mean any use, everywhere, the current version.

    `digest` is that of the weights at hand, for a model whose name is not in the register; `model`
    may be an own number of `marketplace` or, where none is named, of the `organisation` that asks.
    """

    model: str
    use: str = GENERAL
    jurisdiction: str = EVERYWHERE
    version: int | None = None
    commercial: bool = True
    digest: str = ""
    marketplace: uuid.UUID | None = None
    organisation: uuid.UUID | None = None
    trace: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleTrace:
    """What each part of a fired rule answered, for the first of the places where it fired."""

    rule: str
    version: int
    jurisdiction: str
    step: Step


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One rule that fired, or one measure that runs, with the words that say so."""

    outcome: Outcome
    mode: Mode
    rule: str = ""
    version: int | None = None
    clauses: tuple[tuple[int, str], ...] = ()
    citation: str = ""
    legal_basis: str = ""
    link: str = ""
    measure: str = ""
    reference: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """One condition or duty: whose rule demands it, and in which words."""

    rule: str
    code: str
    text: str
    addressee: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """The answer. `allowed_jurisdictions` is `None` where nothing in the question is closed.

    `trace` is `None` where it was not asked for.
    """

    outcome: Outcome
    would_be: Outcome
    may_be_offered: bool
    registered: bool
    listing: str
    version: int | None
    use: str
    jurisdiction: str
    commercial: bool
    conditions: tuple[Demand, ...]
    duties: tuple[Demand, ...]
    allowed_jurisdictions: tuple[str, ...] | None
    reasons: tuple[Reason, ...]
    exemptions: tuple[KnownExemption, ...]
    provenance: Mapping[str, tuple[str, ...]]
    facts_version: int | None
    ruleset_version: int
    decided_at: dt.datetime
    trace: tuple[RuleTrace, ...] | None = None

    @property
    def contest(self) -> str:
        """Where the company contests that a rule catches the listing; empty where none does."""
        ruled = self.listing and any(reason.rule for reason in self.reasons)
        return f"/listings/{self.listing}/#contest" if ruled else ""
