"""Bad rules as data: each with what is wrong in it, where, and what is said of it."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from apps.policy.engine import (
    CompiledRule,
    Mode,
    Outcome,
    RuleError,
    RuleSource,
    compile_rule,
)
from apps.policy.engine.emptiness import coverage, vacuity
from apps.policy.engine.proof import Ruled
from apps.policy.selectors import shipped_vocabulary

FILE = Path(__file__).with_name("bad_rules.json")
KNOWN = shipped_vocabulary()
Entry = Mapping[str, Any]


def seeded() -> list[Entry]:
    """Every bad rule of the file."""
    return json.loads(FILE.read_text("utf-8"))


def expression(entry: Entry) -> str:
    """The expression; a long one is written as what is repeated in it."""
    long = entry.get("repeated")
    if not long:
        return entry["rule"]
    parts = (long["part"].replace("{n}", str(number)) for number in range(long["times"]))
    return entry["rule"] + long["joint"].join(parts) + long["after"]


def refusals(entry: Entry) -> Iterator[tuple[str, RuleError]]:
    """What the checks say of an entry, each with its kind, in the order that they are made."""
    try:
        rule = compile_rule(expression(entry), KNOWN)
    except RuleError as error:
        yield "unread", error
        return
    unguarded = rule.unguarded()
    yield from (("unguarded", error) for error in unguarded)
    if not unguarded:
        yield from _proved(entry, rule)


def _proved(entry: Entry, rule: CompiledRule) -> Iterator[tuple[str, RuleError]]:
    mine = _ruled(rule, "MINE", entry.get("scope", {}))
    if error := vacuity(mine, KNOWN):
        yield "vacuous", error
    elif behind := entry.get("behind"):
        other = _ruled(compile_rule(behind["rule"], KNOWN), "OTHER", behind)
        yield from (("shadowed", error) for error in coverage(mine, [other], KNOWN))


def _ruled(rule: CompiledRule, name: str, scope: Entry) -> Ruled:
    source = RuleSource(
        id=name,
        expression=rule.source,
        outcome=Outcome.of(scope.get("outcome", "suspend")),
        mode=Mode(scope.get("mode", "enforce")),
        uses=frozenset(scope.get("uses", ())),
        jurisdictions=frozenset(scope.get("jurisdictions", ())),
    )
    return Ruled(source, rule)
