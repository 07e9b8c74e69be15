"""A decision as JSON, by hand: `DecisionSerializer` describes the same, ten times slower."""

import datetime as dt
from typing import Any

from django.utils.timezone import get_current_timezone

from apps.compliance.selectors.answers import Decision, Demand, Reason, RuleTrace
from apps.policy.engine import Step


def decision_told(decision: Decision) -> dict[str, Any]:
    """Return a decision as `DecisionSerializer` does; `decided_at` comes last."""
    told = {
        "outcome": decision.outcome.slug,
        "would_be": decision.would_be.slug,
        "may_be_offered": decision.may_be_offered,
        "registered": decision.registered,
        "listing": decision.listing,
        "version": decision.version,
        "use": decision.use,
        "jurisdiction": decision.jurisdiction,
        "commercial": decision.commercial,
        "conditions": list(map(_demand, decision.conditions)),
        "duties": list(map(_demand, decision.duties)),
        "allowed_jurisdictions": _list(decision.allowed_jurisdictions),
        "reasons": list(map(_reason, decision.reasons)),
        "contest": decision.contest,
        "exemptions": [
            {"code": one.code, "rule": one.rule, "until_at": moment_told(one.until_at)}
            for one in decision.exemptions
        ],
        "provenance": {name: list(facts) for name, facts in decision.provenance.items()},
        "facts_version": decision.facts_version,
        "ruleset_version": decision.ruleset_version,
    }
    if decision.trace is not None:
        told["trace"] = list(map(_trace, decision.trace))
    told["decided_at"] = moment_told(decision.decided_at)
    return told


def moment_told(moment: dt.datetime) -> str:
    """Return a moment as the API writes moments, in the portal's zone."""
    text = moment.astimezone(get_current_timezone()).isoformat()
    return text.removesuffix("+00:00") + "Z" if text.endswith("+00:00") else text


def _list(codes: tuple[str, ...] | None) -> list[str] | None:
    return None if codes is None else list(codes)


def _demand(demand: Demand) -> dict[str, Any]:
    return {
        "rule": demand.rule,
        "code": demand.code,
        "text": demand.text,
        "addressee": demand.addressee,
    }


def _reason(reason: Reason) -> dict[str, Any]:
    return {
        "outcome": reason.outcome.slug,
        "mode": str(reason.mode),
        "rule": reason.rule,
        "version": reason.version,
        "clauses": [{"number": number, "text": text} for number, text in reason.clauses],
        "citation": reason.citation,
        "legal_basis": reason.legal_basis,
        "link": reason.link,
        "measure": reason.measure,
        "reference": reason.reference,
        "text": reason.text,
    }


def _trace(trace: RuleTrace) -> dict[str, Any]:
    return {
        "rule": trace.rule,
        "version": trace.version,
        "jurisdiction": trace.jurisdiction,
        "step": _step(trace.step),
    }


def _step(step: Step) -> dict[str, Any]:
    return {
        "text": step.text,
        "line": step.line,
        "column": step.column,
        "value": step.value,
        "reads": dict(step.reads),
        "steps": list(map(_step, step.steps)),
    }
