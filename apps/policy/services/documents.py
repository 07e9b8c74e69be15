"""A draft as the plain document that is kept and hashed, and back."""

import datetime as dt
import hashlib
from dataclasses import asdict, fields
from decimal import Decimal
from typing import Any

from apps.journal.acts import plain
from apps.journal.services.recording import canonical
from apps.policy.engine import Mode, Outcome
from apps.policy.models import RuleVersion
from apps.policy.services.drafts import (
    ClauseDraft,
    ConditionDraft,
    DutyDraft,
    ExampleDraft,
    ParameterDraft,
    RuleDraft,
)

Document = dict[str, Any]
DRAFTS: dict[str, type] = {
    "clauses": ClauseDraft,
    "parameters": ParameterDraft,
    "conditions": ConditionDraft,
    "duties": DutyDraft,
    "examples": ExampleDraft,
}


def document_of(draft: RuleDraft) -> Document:
    """Return a draft as plain JSON."""
    text = asdict(draft) | {"outcome": draft.outcome.slug, "mode": draft.mode.value}
    for duty in text["duties"]:
        duty["amount"] = None if duty["amount"] is None else f"{duty['amount']:.2f}"
    document: Document = plain(text)
    return document


def draft_of(document: Document) -> RuleDraft:
    """Return the draft of a document."""
    parts = {
        "outcome": Outcome.of(document["outcome"]),
        "mode": Mode(document["mode"]),
        "effective_at": _moment(document["effective_at"]),
        "sunset_at": _moment(document["sunset_at"]),
        "clauses": [ClauseDraft(**row) for row in document["clauses"]],
        "conditions": [ConditionDraft(**row) for row in document["conditions"]],
        "duties": [DutyDraft(**(row | _amount(row))) for row in document["duties"]],
        "parameters": [ParameterDraft(**row) for row in document["parameters"]],
        # Texts written before examples were asked for have none.
        "examples": [ExampleDraft(**row) for row in document.get("examples", [])],
    }
    return RuleDraft(**(document | parts))


def hash_of(content: object) -> str:
    """Return SHA-256 of canonical JSON."""
    return hashlib.sha256(canonical(content).encode()).hexdigest()


def _moment(text: str | None) -> dt.datetime | None:
    return None if text is None else dt.datetime.fromisoformat(text)


def _amount(row: Document) -> Document:
    return {"amount": None if row["amount"] is None else Decimal(row["amount"])}


def next_draft(version: RuleVersion) -> RuleDraft:
    """Return a version as the draft of the next one, which begins and ends anew."""
    whole = {field.name for field in fields(RuleDraft)} - {*DRAFTS, "effective_at", "sunset_at"}
    text: dict[str, Any] = {
        name: getattr(version, name) for name in whole - {"authority", "outcome", "mode"}
    }
    text |= {name: _parts(name, version) for name in DRAFTS}
    return RuleDraft(
        authority=version.rule.authority,
        outcome=Outcome(version.outcome),
        mode=Mode(version.mode),
        **text,
    )


def _parts(name: str, version: RuleVersion) -> list[Any]:
    names = [field.name for field in fields(DRAFTS[name])]
    rows = getattr(version, name).all()
    return [DRAFTS[name](**{field: getattr(row, field) for field in names}) for row in rows]
