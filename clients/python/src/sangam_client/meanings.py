"""What a signature means in a cell of the grid, worked out from the manifest's bits.

A signature is one bit for each question that a rule tells apart; the manifest says which rule and
which cells (a use in a class of places) each bit speaks of.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

OUTCOMES = ("allow", "condition", "restrict", "suspend", "prohibit")
CONDITION, RESTRICT = 1, 2
HOME = "home"
ENFORCED = "enforce"


@dataclass(frozen=True, slots=True)
class Reason:
    """One rule that fired, with the clauses that hold, or one measure."""

    outcome: str
    mode: str
    text: str
    rule: str = ""
    version: int | None = None
    clauses: tuple[int, ...] = ()
    measure: str = ""
    reference: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Demand:
    """One condition or duty of an enforced rule."""

    rule: str
    code: str
    text: str
    addressee: str = ""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a signature means in one cell."""

    outcome: int
    would_be: int
    allowed: frozenset[str] | None
    reasons: tuple[Reason, ...]
    conditions: tuple[Demand, ...]
    duties: tuple[Demand, ...]
    exemptions: tuple[str, ...]

    def open(self, place: str) -> bool:
        """Whether the model may be offered in a place of this cell, be it with conditions."""
        if self.outcome <= CONDITION:
            return True
        return self.outcome == RESTRICT and self.allowed is not None and place in self.allowed


@dataclass(slots=True)
class Signature:
    """What the rules answer for a listing; listings that answer alike share it."""

    bits: tuple[int, ...]
    exemptions: tuple[str, ...]
    measures: tuple[str, ...]
    country: str
    meanings: dict[int, Meaning] = field(default_factory=dict)
    # The bare outcome by cell, as far as it was asked for.
    outcomes: dict[int, str] = field(default_factory=dict)


class Law:
    """The rules, grants and measures of a manifest."""

    def __init__(self, manifest: Mapping[str, Any], size: int) -> None:
        self.manifest = manifest
        self.size = size
        self.covers = [int(bit["cells"], 16) for bit in manifest["bits"]]

    def meaning(self, signature: Signature, cell: int) -> Meaning:
        """Work out what a signature means in a cell."""
        commercial, bit = cell < self.size, 1 << cell % self.size
        fired = self._fired(signature, bit, commercial=commercial)
        exempt = {
            one["rule"]: one["code"]
            for one in map(self.manifest["exemptions"].get, signature.exemptions)
            if int(one["cells"], 16) & bit
        }
        measures = [
            one
            for one in map(self.manifest["measures"].get, signature.measures)
            if int(one["cells"], 16) & bit
        ]
        rules = self.manifest["rules"]
        applied = {number: held for number, held in fired.items() if not _of(rules[number], exempt)}
        bound = [rules[number] for number in applied if rules[number]["mode"] == ENFORCED]
        set_by = [OUTCOMES.index(one["outcome"]) for one in measures]
        both = [rules[number] for number in applied]
        return Meaning(
            outcome=max([0, *set_by, *map(_severity, bound)]),
            would_be=max([0, *set_by, *map(_severity, both)]),
            allowed=_intersection(bound, signature.country),
            reasons=(
                *map(_measure_reason, measures),
                *(
                    _rule_reason(rules[number], held, self.manifest["portal"])
                    for number, held in sorted(
                        applied.items(), key=lambda pair: -_severity(rules[pair[0]])
                    )
                ),
            ),
            conditions=_demands(bound, "conditions"),
            duties=_demands(bound, "duties"),
            exemptions=tuple(
                dict.fromkeys(
                    exempt[rules[number]["code"]]
                    for number in fired
                    if rules[number]["code"] in exempt
                )
            ),
        )

    def _fired(
        self, signature: Signature, bit: int, *, commercial: bool
    ) -> dict[int, tuple[int, ...]]:
        """Return the rules that fire in a cell, each with the numbers of the clauses that hold."""
        held: dict[int, set[int]] = {}
        rules: set[int] = set()
        for number, told in enumerate(self.manifest["bits"]):
            if not self.covers[number] & bit or told["commercial"] not in {None, commercial}:
                continue
            word, place = divmod(number, self.manifest["word"])
            if not signature.bits[word] >> place & 1:
                continue
            if told["clause"] is None:
                rules.add(told["rule"])
            else:
                held.setdefault(told["rule"], set()).add(told["clause"])
        return {
            number: tuple(
                clause["number"]
                for clause in self.manifest["rules"][number]["clauses"]
                if not clause["open"] or clause["number"] in held.get(number, ())
            )
            for number in sorted(rules)
        }


def signature_of(bits: str, exemptions: str, measures: str, country: str) -> Signature:
    """Return a signature as a row tells it."""
    return Signature(
        bits=tuple(int(word, 16) for word in bits.split(".")),
        exemptions=tuple(filter(None, exemptions.split(","))),
        measures=tuple(filter(None, measures.split(","))),
        country=country,
    )


def _of(rule: Mapping[str, Any], exempt: Mapping[str, str]) -> bool:
    return rule["code"] in exempt


def _severity(rule: Mapping[str, Any]) -> int:
    return OUTCOMES.index(rule["outcome"])


def _intersection(bound: list[Mapping[str, Any]], country: str) -> frozenset[str] | None:
    sets = [
        frozenset(country if place == HOME else place for place in rule["allowed_jurisdictions"])
        for rule in bound
        if _severity(rule) == RESTRICT
    ]
    return sets[0].intersection(*sets[1:]) if sets else None


def _demands(bound: list[Mapping[str, Any]], name: str) -> tuple[Demand, ...]:
    return tuple(Demand(rule=rule["code"], **told) for rule in bound for told in rule[name])


def _measure_reason(measure: Mapping[str, Any]) -> Reason:
    return Reason(
        outcome=measure["outcome"],
        mode=ENFORCED,
        text=measure["reason"],
        measure=measure["code"],
        reference=measure["reference"],
    )


def _rule_reason(rule: Mapping[str, Any], held: tuple[int, ...], portal: str) -> Reason:
    texts = [clause["text"] for clause in rule["clauses"] if clause["number"] in held]
    return Reason(
        outcome=rule["outcome"],
        mode=rule["mode"],
        text=" ".join(texts),
        rule=rule["code"],
        version=rule["version"],
        clauses=held,
        link=f"{portal}{rule['link']}" + (f"#clause-{held[0]}" if held else ""),
    )
