"""What is known of one listing version, as a decision takes it."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from apps.compliance.selectors.law import reached
from apps.policy.engine import VOCABULARY, Outcome


@dataclass(frozen=True, slots=True)
class Scoped:
    """What an exemption and a measure have in common: where it reaches."""

    uses: frozenset[str]
    territories: frozenset[str] | None

    def covers(self, use: str, place: str) -> bool:
        """Whether a question lies within."""
        return (not self.uses or use in self.uses) and (
            self.territories is None or place in self.territories
        )


@dataclass(frozen=True, slots=True)
class KnownExemption:
    """An exemption that runs."""

    id: str
    code: str
    rule: str
    until_at: dt.datetime
    scope: Scoped


@dataclass(frozen=True, slots=True)
class KnownMeasure:
    """A measure that runs, on the listing or on a copy of its weights."""

    id: str
    code: str
    outcome: Outcome
    reference: str
    reason: str
    scope: Scoped
    until_at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """Facts of one version at one moment, a missing one an absent key, and what bears on it.

    `facts_version` is `None` for facts that were read on the spot, as none are kept yet.
    """

    moment: dt.datetime
    facts_version: int | None
    listing: Mapping[str, Any]
    attested: tuple[str, ...]
    decided: tuple[str, ...]
    exemptions: tuple[KnownExemption, ...]
    measures: tuple[KnownMeasure, ...]


def known_from(
    moment: dt.datetime,
    facts: Mapping[str, Any],
    exemptions: Sequence[Mapping[str, Any]],
    measures: Sequence[Mapping[str, Any]],
) -> Known:
    """Return what rows say that were read for one version."""
    day = moment.date()
    return Known(
        moment=moment,
        facts_version=facts.get("id"),
        listing=facts_as_asked(facts, day),
        attested=tuple(facts["attested"]),
        decided=tuple(facts["decided"]),
        exemptions=tuple(_exemption(entry, day) for entry in exemptions),
        measures=tuple(_measure(entry, day) for entry in measures),
    )


DECLARED = {
    name: f"{name}_provenance" for name, fact in VOCABULARY.listing.items() if fact.provenance
}


def facts_as_asked(row: Mapping[str, Any], day: dt.date) -> dict[str, Any]:
    """Return a row of facts as the engine takes it: without what is missing, with ages counted."""
    facts = {name: row[name] for name in VOCABULARY.listing if row.get(name) is not None}
    if tested := facts.get("eval_date"):
        facts["eval_age_days"] = (day - dt.date.fromisoformat(str(tested))).days
    vouched = {name: word for word in ("attested", "decided") for name in row[word]}
    facts |= {f"{name}_provenance": word for name, word in vouched.items() if name in facts}
    for name, provenance in DECLARED.items():
        if name in facts:
            facts.setdefault(provenance, "declared")
    return facts


def _scope(entry: Mapping[str, Any], day: dt.date) -> Scoped:
    return Scoped(frozenset(entry["uses"]), reached(entry["jurisdictions"], day))


def _exemption(entry: Mapping[str, Any], day: dt.date) -> KnownExemption:
    until_at = dt.datetime.fromisoformat(entry["until_at"])
    return KnownExemption(entry["id"], entry["code"], entry["rule"], until_at, _scope(entry, day))


def _measure(entry: Mapping[str, Any], day: dt.date) -> KnownMeasure:
    return KnownMeasure(
        id=entry["id"],
        code=entry["code"],
        outcome=Outcome(entry["outcome"]),
        reference=entry["reference"],
        reason=entry["reason"],
        scope=_scope(entry, day),
        until_at=_moment(entry.get("until_at")),
    )


def _moment(text: str | None) -> dt.datetime | None:
    return dt.datetime.fromisoformat(text) if text else None
