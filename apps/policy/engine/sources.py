"""A rule as data: its expression, effect and scope, from the register or from a file."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from apps.policy.engine.errors import RuleError
from apps.policy.engine.literals import moment_of
from apps.policy.engine.naming import nearest
from apps.policy.engine.outcomes import Mode, Outcome
from apps.policy.engine.values import Value

HOME = "home"
KEYS = frozenset(
    {
        *("id", "version", "title", "summary", "clause", "clauses", "when", "effect", "mode"),
        *("from", "sunset", "jurisdictions", "uses", "params", "conditions", "duties"),
        *("allowed_jurisdictions", "authority", "legal_basis", "citation", "gazette_reference"),
        *("liability_tag", "examples", "why_knowledge", "why_means", "why_suits", "why_cost"),
    }
)


@dataclass(frozen=True, slots=True)
class ClauseSource:
    """One sentence of a rule and the part of the expression it says, or nothing."""

    number: int
    text: str
    expression: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleSource:
    """One rule as the engine takes it.

    Scope is data: empty `jurisdictions` or `uses` mean all; the time in force is half-open.
    `allowed` says for the outcome "restrict" where a listing may still be offered, `HOME` standing
    for its provider's country. `id` cites the rule through all its versions, `key` is this one.
    """

    id: str
    expression: str
    outcome: Outcome
    version: int = 1
    key: str = ""
    mode: Mode = Mode.ENFORCE
    parameters: Mapping[str, Value] = field(default_factory=dict)
    jurisdictions: frozenset[str] = frozenset()
    uses: frozenset[str] = frozenset()
    since: dt.datetime | None = None
    until: dt.datetime | None = None
    allowed: frozenset[str] = frozenset()
    conditions: tuple[str, ...] = ()
    duties: tuple[str, ...] = ()
    clauses: tuple[ClauseSource, ...] = ()


def rule_source(document: Mapping[str, Any]) -> RuleSource:
    """Return the rule of a mapping with the keys of a rule file; raise `RuleError`."""
    check_keys(document)
    if "effect" not in document:
        raise RuleError("The rule names no effect.", remedy="Add effect: prohibit, or another.")
    return RuleSource(
        id=str(document["id"]),
        expression=str(document["when"]),
        outcome=_named(Outcome, document["effect"], "effect"),
        version=int(document.get("version", 1)),
        mode=_named(Mode, document.get("mode", Mode.ENFORCE), "mode"),
        parameters={name: _value(value) for name, value in _map(document, "params").items()},
        jurisdictions=frozenset(_list(document, "jurisdictions")),
        uses=frozenset(_list(document, "uses")),
        since=_moment(document, "from"),
        until=_moment(document, "sunset"),
        allowed=frozenset(_list(document, "allowed_jurisdictions")),
        conditions=tuple(_list(document, "conditions")),
        duties=tuple(_list(document, "duties")),
        clauses=clauses_of(document),
    )


def check_keys(document: Mapping[str, Any]) -> None:
    """Refuse a rule file's entry that lacks a key or has a strange one."""
    for key in ("id", "when"):
        if key not in document:
            raise RuleError(f"The rule has no key “{key}”.", remedy=f"Add {key}: ….")
    for key in document:
        if key not in KEYS:
            near = nearest(str(key), KEYS)
            raise RuleError(f"There is no key “{key}”.", remedy=near and f"Did you mean {near}?")


def parameters_of(document: Mapping[str, Any]) -> dict[str, Value] | None:
    """Return the parameters of a rule file's entry, `None` where it declares none."""
    if "params" not in document:
        return None
    return {name: _value(value) for name, value in _map(document, "params").items()}


def clauses_of(document: Mapping[str, Any]) -> tuple[ClauseSource, ...]:
    """Return the clauses of a rule file's entry: one text, or texts with their expressions."""
    if "clause" in document:
        return (ClauseSource(1, str(document["clause"]), str(document["when"])),)
    entries = document.get("clauses") or []
    return tuple(
        ClauseSource(number, str(entry["text"]), str(entry.get("when", "")))
        for number, entry in enumerate(entries, start=1)
    )


def _named(words: Any, slug: Any, key: str) -> Any:
    known = [word.name.lower() for word in words]
    if str(slug) not in known:
        near = nearest(str(slug), known)
        raise RuleError(
            f"“{slug}” is no {key}.", remedy=f"Did you mean {near}?" if near else ", ".join(known)
        )
    return words[str(slug).upper()]


def _map(document: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    found = document.get(key) or {}
    if not isinstance(found, Mapping):
        raise RuleError(f"“{key}” is no list of names with values.")
    return found


def _list(document: Mapping[str, Any], key: str) -> list[str]:
    found = document.get(key) or []
    if isinstance(found, str) or not isinstance(found, Iterable):
        raise RuleError(f"“{key}” is no list.", remedy=f"Write {key}: [a, b].")
    return [str(item) for item in found]


def _value(value: Any) -> Value:
    return tuple(value) if isinstance(value, list) else value


def _moment(document: Mapping[str, Any], key: str) -> dt.datetime | None:
    if document.get(key) is None:
        return None
    try:
        return moment_of(document[key])
    except (TypeError, ValueError) as error:
        raise RuleError(f"“{key}” is no day.", remedy=f"Write {key}: 2026-11-23.") from error
