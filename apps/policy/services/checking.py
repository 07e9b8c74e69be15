"""Checking an expression that is no whole draft yet."""

import datetime as dt
from dataclasses import dataclass, field, replace

from apps.core.clock import today
from apps.core.jurisdictions import jurisdictions as known_places
from apps.policy.engine import CompiledRule, Mode, Outcome
from apps.policy.engine.nodes import Read, walk
from apps.policy.engine.proof import Ruled
from apps.policy.errors import DraftFault
from apps.policy.models import Rule
from apps.policy.selectors import said
from apps.policy.selectors.registers import places_meant
from apps.policy.services.drafting import reading_of, scope_faults
from apps.policy.services.drafts import (
    ConditionDraft,
    DutyDraft,
    ExampleDraft,
    ParameterDraft,
    RuleDraft,
)
from apps.policy.services.exemplifying import examples_offered
from apps.policy.services.proving import bare_ruled, draft_coverage, draft_ruled, draft_vacuity


@dataclass(frozen=True, slots=True)
class ExpressionCheck:
    """What a check found: the faults, the facts that the expression asks for, and what it says."""

    faults: list[DraftFault]
    reads: list[str]
    paraphrase: str = ""

    @property
    def accepted(self) -> bool:
        """Whether a rule could be entered with this expression."""
        return not self.faults


@dataclass(frozen=True, slots=True, kw_only=True)
class ScopeDraft:
    """What an expression would lead to, where and when, and the rule it would change.

    Conditions and duties are their short names.
    """

    outcome: Outcome
    mode: Mode = Mode.ENFORCE
    jurisdictions: list[str] = field(default_factory=list)
    uses: list[str] = field(default_factory=list)
    allowed_jurisdictions: list[str] = field(default_factory=list)
    effective_at: dt.datetime | None = None
    sunset_at: dt.datetime | None = None
    conditions: list[str] = field(default_factory=list)
    duties: list[str] = field(default_factory=list)
    follows: Rule | None = None

    def draft(self, expression: str, parameters: list[ParameterDraft]) -> RuleDraft:
        """Return a draft of this scope that has no words yet."""
        return RuleDraft(
            title="",
            authority="",
            legal_basis="",
            clauses=[],
            expression=expression,
            parameters=parameters,
            outcome=self.outcome,
            mode=self.mode,
            jurisdictions=self.jurisdictions,
            uses=self.uses,
            allowed_jurisdictions=self.allowed_jurisdictions,
            effective_at=self.effective_at,
            sunset_at=self.sunset_at,
            conditions=[ConditionDraft(code=code, text="") for code in self.conditions],
            duties=[DutyDraft(addressee="", code=code, text="") for code in self.duties],
        )


def expression_check(
    *,
    expression: str,
    parameters: list[ParameterDraft],
    clauses: list[str],
    scope: ScopeDraft | None = None,
) -> ExpressionCheck:
    """Check an expression with its parameters and the parts that clauses mark; keep nothing.

    With a scope it is also held against the rules that stand.
    """
    reading = reading_of(expression, parameters, clauses)
    if reading.rule is None:
        return ExpressionCheck(reading.faults, [])
    faults = list(reading.faults)
    if scope:
        faults += scope_faults(scope.draft(expression, parameters))
    if not faults:
        faults = _proved(reading.rule, parameters, scope)
    reads = {
        f"{node.root}.{node.name}" for node in walk(reading.rule.tree) if isinstance(node, Read)
    }
    words = said(expression, parameters)
    return ExpressionCheck(faults, sorted(reads), words.sentence if words else "")


def examples_for(
    *,
    expression: str,
    parameters: list[ParameterDraft],
    uses: list[str],
    jurisdictions: list[str],
) -> list[ExampleDraft]:
    """Return examples that the solver finds for an expression in its scope, to begin from.

    They say what the rule answers; whether it should is for its author to say. An expression with
    faults has none.
    """
    reading = reading_of(expression, parameters, [])
    if reading.rule is None or reading.faults:
        return []
    bare = bare_ruled(reading.rule, parameters)
    places = places_meant([code for code in jurisdictions if code in known_places()], today())
    source = replace(bare.source, uses=frozenset(uses), jurisdictions=places)
    return examples_offered(Ruled(source, bare.compiled))


def _proved(
    rule: CompiledRule, parameters: list[ParameterDraft], scope: ScopeDraft | None
) -> list[DraftFault]:
    if scope is None:
        return draft_vacuity(bare_ruled(rule, parameters))
    draft = scope.draft(rule.source, parameters)
    ruled = draft_ruled(draft, rule, follows=scope.follows)
    return draft_vacuity(ruled) or draft_coverage(draft, follows=scope.follows)
