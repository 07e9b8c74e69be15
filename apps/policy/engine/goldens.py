"""Golden examples: what an author says that a rule answers, written down and held to.

The facts of an example are written one to a line, as `listing.downloads = 120`. What it does not
say of a listing is missing there; the request lies in the rule's scope unless it says otherwise.
"""

import json
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from apps.policy.engine.errors import RuleError
from apps.policy.engine.limits import INT_LEAST, INT_MOST
from apps.policy.engine.literals import UNWRITABLE, moment_of
from apps.policy.engine.naming import nearest
from apps.policy.engine.nodes import Root
from apps.policy.engine.proof import Ruled
from apps.policy.engine.ruleset import applies
from apps.policy.engine.types import BOOL, DOUBLE, INT, STRING, TIMESTAMP, Kind, Type
from apps.policy.engine.vocabulary import PROVENANCE, PROVENANCES, Vocabulary
from apps.policy.engine.walk import Step

LEAST = 3
LONGEST = 4_000
LINE = re.compile(r"\s*(listing|req)\.([A-Za-z_]\w*)\s*==?\s*(.+?)\s*")
MOMENT = re.compile(r'timestamp\((".*?")\)')
GENERAL, EVERYWHERE = "general", "*"
AS_JSON = 'Write true, 7, 0.3, "a text" or ["a", "b"]; a moment as "2026-11-23T00:00:00Z".'
PYTHON: dict[Type, tuple[Any, ...]] = {
    BOOL: (bool,),
    INT: (int,),
    DOUBLE: (float, int),
    STRING: (str,),
}
Facts = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Golden:
    """Facts of a listing and of a request, and whether the rule is to fire for them."""

    listing: Mapping[str, Any]
    req: Mapping[str, Any]
    fires: bool
    note: str = ""


def facts_read(text: str, known: Vocabulary) -> tuple[Facts, Facts]:
    """Return written facts of a listing and of a request; raise `RuleError` with the place."""
    if len(text) > LONGEST:
        raise RuleError(f"An example has {LONGEST} characters at most.", remedy="Leave facts out.")
    found = _Roots({}, {})
    for line, column, root, name, value in _lines(text):
        try:
            found.of(root)[name] = typed(root, name, value, known)
        except RuleError as error:
            raise RuleError(error.reason, line, column, error.remedy) from error
    return found


def facts_kept(text: str) -> tuple[Facts, Facts]:
    """Return the facts of a text that was read before, as they were written."""
    found = _Roots({}, {})
    for _line, _column, root, name, value in _lines(text):
        found.of(root)[name] = value
    return found


class _Roots(NamedTuple):
    listing: Facts
    req: Facts

    def of(self, root: Root) -> Facts:
        return self.listing if root is Root.LISTING else self.req


def _lines(text: str) -> Iterator[tuple[int, int, Root, str, Any]]:
    """Return the facts of a text with their lines and columns."""
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        parts = LINE.fullmatch(line)
        if parts is None:
            raise RuleError(
                "This is no fact.", number, remedy='Write listing.task = "asr", one to a line.'
            )
        root, name, written = parts.groups()
        value = _value(written, number, parts.start(3) + 1)
        yield number, parts.start(1) + 1, Root(root), name, value


def facts_written(listing: Mapping[str, Any], req: Mapping[str, Any]) -> str:
    """Return facts one to a line, as an author writes them."""
    return "\n".join(
        f"{root}.{name} = {json.dumps(value, ensure_ascii=False)}"
        for root, facts in ((Root.LISTING, listing), (Root.REQ, req))
        for name, value in sorted(facts.items())
    )


def facts_typed(
    listing: Mapping[str, Any], req: Mapping[str, Any], known: Vocabulary
) -> tuple[Facts, Facts]:
    """Return kept facts in the forms of the vocabulary; raise `RuleError` for one it lacks."""
    return (
        {name: typed(Root.LISTING, name, value, known) for name, value in listing.items()},
        {name: typed(Root.REQ, name, value, known) for name, value in req.items()},
    )


def typed(root: Root, name: str, value: Any, known: Vocabulary) -> Any:
    """Return a value in the form its fact has; raise `RuleError` where it has another."""
    facts = known.facts(root)
    fact = facts.get(name.removesuffix(PROVENANCE))
    if fact is None or (name.endswith(PROVENANCE) and not fact.provenance):
        near = nearest(name, facts)
        remedy = f"Did you mean {root}.{near}?" if near else "See the vocabulary for what there is."
        raise RuleError(f"{root}.{name} is not in the vocabulary.", remedy=remedy)
    vouched = name.endswith(PROVENANCE)
    values = frozenset(PROVENANCES) if vouched else fact.values
    found = _formed(f"{root}.{name}", STRING if vouched else fact.type, value)
    if values and found not in values:
        near = nearest(str(found), sorted(values))
        raise RuleError(
            f"“{found}” is no value of {root}.{name}.",
            remedy=f"Did you mean “{near}”?" if near else "",
        )
    return found


def golden_faults(
    rule: Ruled, goldens: Sequence[Golden], *, wanted: bool = True
) -> Iterator[tuple[int, RuleError]]:
    """Return each example that is answered otherwise than said, by number from 1; 0 means all.

    With `wanted`, too few of them are a fault as well.
    """
    for number, golden in enumerate(goldens, start=1):
        earlier = _same(golden, goldens[: number - 1])
        if earlier:
            remedy = "Say something else, or leave it out."
            yield number, RuleError(f"Example {number} repeats example {earlier}.", remedy=remedy)
        elif error := golden_fault(rule, golden, number):
            yield number, error
    for fires, words in ((True, "fire"), (False, "do not fire")):
        count = sum(1 for golden in goldens if golden.fires is fires)
        if wanted and count < LEAST:
            yield (
                0,
                RuleError(
                    f"Of {LEAST} examples that {words}, {count} are written.",
                    remedy="Write listings and requests, and say what the rule is to answer.",
                ),
            )


def golden_fault(rule: Ruled, golden: Golden, number: int) -> RuleError | None:
    """Return how a rule answers otherwise than its author says."""
    req = request_of(rule, golden)
    inside = applies(rule.source, req["use"], req["jurisdiction"], None)
    values = rule.source.parameters
    try:
        fires = inside and rule.compiled.evaluate(golden.listing, req, values)
    except RuleError as error:
        return RuleError(
            f"Example {number} has no answer: {error.reason}",
            remedy="Say this fact, or guard it by has() in the rule.",
        )
    if fires is golden.fires:
        return None
    why = _why(rule.compiled.explain(golden.listing, req, values)) if inside else OUTSIDE
    said = "fires" if fires else f"does not fire: {why}"
    should = "to fire" if golden.fires else "not to fire"
    return RuleError(
        f"Example {number} is {should}, and the rule {said}.",
        remedy="Mend the rule or the example.",
    )


OUTSIDE = "the request lies outside its uses or territories"


def request_of(rule: Ruled, golden: Golden) -> dict[str, Any]:
    """Return the request of an example; what it leaves open lies in the rule's scope."""
    uses, places = sorted(rule.source.uses), sorted(rule.source.jurisdictions)
    return {
        "use": uses[0] if uses else GENERAL,
        "jurisdiction": places[0] if places else EVERYWHERE,
        "commercial": True,
        **golden.req,
    }


def _why(step: Step) -> str:
    """Return the parts that do not hold, as they are written."""
    false = [one for one in step.steps if one.value is False] or [step]
    words = [f"“{' '.join(one.text.split())}”" for one in false]
    return f"{' and '.join(words)} {'does' if len(words) == 1 else 'do'} not hold"


def _same(golden: Golden, others: Sequence[Golden]) -> int:
    """Return the number of an earlier example with the same facts, 0 where there is none."""
    mine = golden.listing, golden.req
    return next(
        (place for place, one in enumerate(others, start=1) if (one.listing, one.req) == mine), 0
    )


def _value(written: str, line: int, column: int) -> Any:
    moment = MOMENT.fullmatch(written)
    try:
        return json.loads(moment[1] if moment else written, parse_constant=_refused)
    except ValueError as error:
        raise RuleError(f"{written} is no value.", line, column, AS_JSON) from error


def _refused(name: str) -> Any:
    raise ValueError(name)


def _formed(name: str, type_: Type, value: Any) -> Any:
    if type_.kind is Kind.LIST:
        if not isinstance(value, list):
            raise _mistyped(name, type_, value)
        return [_formed(name, type_.item, item) for item in value]
    if type_.kind is Kind.RECORD:
        return _record(name, type_, value)
    if type_ == TIMESTAMP:
        return _moment(name, type_, value)
    kinds = PYTHON[type_]
    if not isinstance(value, kinds) or (isinstance(value, bool) and type_ != BOOL):
        raise _mistyped(name, type_, value)
    if not _held(value):
        raise RuleError(f"{name} cannot hold this value.", remedy=AS_JSON)
    return float(value) if type_ == DOUBLE else value


def _held(value: Any) -> bool:
    """Whether a value can be kept as JSON: finite, in 64 bits, without signs that no text has."""
    if isinstance(value, str):
        return not UNWRITABLE.search(value)
    if isinstance(value, float):
        return math.isfinite(value)
    return INT_LEAST <= value <= INT_MOST


def _record(name: str, type_: Type, value: Any) -> Any:
    fields = {field.name: field for field in type_.fields}
    if not isinstance(value, dict) or not set(value) <= set(fields):
        raise RuleError(
            f"An element of {name} has other parts.", remedy=f"Its parts: {', '.join(fields)}."
        )
    return {part: _formed(f"{name}.{part}", fields[part].type, one) for part, one in value.items()}


def _moment(name: str, type_: Type, value: Any) -> str:
    if not isinstance(value, str):
        raise _mistyped(name, type_, value)
    try:
        moment_of(value)
    except ValueError as error:
        raise _mistyped(name, type_, value) from error
    return value


def _mistyped(name: str, type_: Type, value: Any) -> RuleError:
    return RuleError(
        f"{name} is {type_}; this is {json.dumps(value, ensure_ascii=False)}.", remedy=AS_JSON
    )
