"""Rule files: every fault of an entry, found without a register."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from apps.policy.engine.emptiness import coverage, vacuity
from apps.policy.engine.errors import RuleError
from apps.policy.engine.goldens import Golden, facts_typed, golden_faults
from apps.policy.engine.naming import nearest
from apps.policy.engine.outcomes import Outcome
from apps.policy.engine.proof import Ruled
from apps.policy.engine.rule import CompiledRule, compile_part, compile_rule
from apps.policy.engine.sources import (
    HOME,
    check_keys,
    clauses_of,
    parameters_of,
    rule_source,
)
from apps.policy.engine.values import types_of
from apps.policy.engine.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class DocumentFault:
    """One fault of an entry, with the key it stands under."""

    key: str
    error: RuleError

    def as_dict(self) -> dict[str, Any]:
        """Return the fault as plain values."""
        return {"key": self.key, **self.error.as_dict()}


def document_faults(document: Any, vocabulary: Vocabulary) -> list[DocumentFault]:
    """Return every fault of one entry of a rule file; with none it is sound."""
    if not isinstance(document, Mapping):
        return [DocumentFault("", RuleError("A rule is a list of keys with values."))]
    try:
        check_keys(document)
        declared = parameters_of(document)
        types = None if declared is None else types_of(declared)
        if "effect" in document:
            rule_source(document)
    except RuleError as error:
        return [DocumentFault("", error)]
    known = vocabulary if types is None else vocabulary.with_parameters(types)
    faults = [*_words(document, vocabulary)]
    try:
        rule = compile_rule(str(document["when"]), known)
    except RuleError as error:
        return [*faults, DocumentFault("when", error)]
    faults += [DocumentFault("when", error) for error in rule.unguarded()]
    faults += _clauses(document, rule, known)
    return faults or _meanings(document, rule, vocabulary)


def _meanings(
    document: Mapping[str, Any], rule: CompiledRule, vocabulary: Vocabulary
) -> list[DocumentFault]:
    """Return why a rule without other faults never fires, or otherwise than its author says."""
    source = rule_source({"effect": Outcome.ALLOW.slug} | dict(document))
    if len(rule.parameters) > len(source.parameters):
        return []  # Their values are not given here.
    ruled = Ruled(source, rule)
    if error := vacuity(ruled, vocabulary):
        return [DocumentFault("when", error)]
    return list(_examples(document, ruled, vocabulary))


def covered_documents(
    documents: Sequence[Mapping[str, Any]], vocabulary: Vocabulary
) -> dict[int, list[DocumentFault]]:
    """Return, by place, the sound entries for which the others leave nothing to do."""
    rules = [_ruled(document, vocabulary) for document in documents]
    found = {}
    for place, rule in enumerate(rules):
        others = rules[:place] + rules[place + 1 :]
        if errors := coverage(rule, others, vocabulary):
            found[place] = [DocumentFault("when", error) for error in errors]
    return found


def _ruled(document: Mapping[str, Any], vocabulary: Vocabulary) -> Ruled:
    source = rule_source(document)
    known = vocabulary.with_parameters(types_of(source.parameters))
    return Ruled(source, compile_rule(source.expression, known))


def _words(document: Mapping[str, Any], vocabulary: Vocabulary) -> Iterator[DocumentFault]:
    places = vocabulary.request["jurisdiction"].values
    uses = vocabulary.request["use"].values
    for key, known in (
        ("jurisdictions", places),
        ("allowed_jurisdictions", places | {HOME} if places else places),
        ("uses", uses),
    ):
        for word in document.get(key) or []:
            if known and str(word) not in known:
                near = nearest(str(word), sorted(known))
                remedy = f"Did you mean {near}?" if near else ""
                yield DocumentFault(key, RuleError(f"“{word}” is not known.", remedy=remedy))


def _clauses(
    document: Mapping[str, Any], rule: CompiledRule, known: Vocabulary
) -> Iterator[DocumentFault]:
    for clause in clauses_of(document):
        key = f"clauses.{clause.number}"
        if not clause.expression:
            continue
        try:
            part = compile_part(clause.expression, known)
        except RuleError as error:
            yield DocumentFault(key, error)
            continue
        if not rule.holds_part(part):
            yield DocumentFault(
                key,
                RuleError(
                    "The rule’s expression has no such part.",
                    remedy="Copy a part that && or || joins, or the whole expression.",
                ),
            )


def _examples(
    document: Mapping[str, Any], rule: Ruled, vocabulary: Vocabulary
) -> Iterator[DocumentFault]:
    """Return the golden examples that the rule does not answer as its author says.

    What has an effect could be adopted, and needs enough of them.
    """
    goldens = []
    for number, entry in enumerate(document.get("examples") or [], start=1):
        try:
            goldens.append(_golden(entry, vocabulary))
        except RuleError as error:
            yield DocumentFault(f"examples.{number}", error)
            return
    for number, fault in golden_faults(rule, goldens, wanted="effect" in document):
        yield DocumentFault(f"examples.{number}" if number else "examples", fault)


def _golden(entry: Any, vocabulary: Vocabulary) -> Golden:
    listing, req = (entry.get(key) or {} for key in ("listing", "req"))
    facts = facts_typed(_plain(listing), _plain(req), vocabulary)
    return Golden(*facts, bool(entry.get("fires")), str(entry.get("note", "")))


def _plain(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Return facts as JSON has them; YAML reads days by itself."""
    return {
        name: value.isoformat() if isinstance(value, dt.date) else value
        for name, value in facts.items()
    }
