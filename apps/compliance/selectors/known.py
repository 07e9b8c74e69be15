"""All that is known of one listing version for a decision, in one indexed read."""

import datetime as dt
import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection

from apps.compliance.errors import NotAssessedYet
from apps.compliance.selectors.law import reached
from apps.policy.engine import VOCABULARY, Outcome

RUNS = "{0}.since_at <= c.moment and coalesce({0}.ended_at, {0}.until_at, 'infinity') > c.moment"
READ = f"""
select c.moment, to_jsonb(f), coalesce(
    (select jsonb_agg(jsonb_build_object('id', x.id, 'code', x.code, 'rule', r.code,
        'uses', x.uses, 'jurisdictions', x.jurisdictions, 'until_at', x.until_at) order by x.id)
    from compliance_exemption x join policy_rule r on r.id = x.rule_id
    where x.listing_id = v.listing_id and x.ended_at is null and {RUNS.format("x")}), '[]'),
    coalesce(
    (select jsonb_agg(jsonb_build_object('id', m.id, 'code', m.code, 'outcome', m.outcome,
        'uses', m.uses, 'jurisdictions', m.jurisdictions, 'reference', m.reference,
        'source', m.source, 'reason', m.reason, 'listing', m.listing_id) order by m.id)
    from compliance_measure m
    where m.ended_at is null and {RUNS.format("m")} and (m.listing_id = v.listing_id
        or v.weight_digest <> '' and m.listing_id in (select twin.listing_id
            from listings_listingversion twin where twin.weight_digest = v.weight_digest))), '[]')
from (select core_now() as moment) c
join listings_listingversion v on v.id = %s
join compliance_facts f on f.version_id = v.id and f.until_at is null
"""  # noqa: S608 - parts of ours, values bound


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
    source: str
    reference: str
    reason: str
    inherited: bool
    scope: Scoped


@dataclass(frozen=True, slots=True)
class Known:
    """Facts of one version at one moment, a missing one an absent key, and what bears on it."""

    moment: dt.datetime
    facts_version: int
    listing: Mapping[str, Any]
    attested: tuple[str, ...]
    decided: tuple[str, ...]
    exemptions: tuple[KnownExemption, ...]
    measures: tuple[KnownMeasure, ...]


def known_of(version: uuid.UUID, listing: uuid.UUID) -> Known:
    """Return what is known of a version; raise `NotAssessedYet`."""
    with connection.cursor() as cursor:
        cursor.execute(READ, [version])
        row = cursor.fetchone()
    if row is None:
        raise NotAssessedYet
    moment, facts, exemptions, measures = row[0], *map(_read, row[1:])
    day = moment.date()
    return Known(
        moment=moment,
        facts_version=facts["id"],
        listing=facts_as_asked(facts, day),
        attested=tuple(facts["attested"]),
        decided=tuple(facts["decided"]),
        exemptions=tuple(_exemption(entry, day) for entry in exemptions),
        measures=tuple(_measure(entry, day, listing) for entry in measures),
    )


def facts_as_asked(row: Mapping[str, Any], day: dt.date) -> dict[str, Any]:
    """Return a row of facts as the engine takes it: without what is missing, with ages counted."""
    facts = {name: row[name] for name in VOCABULARY.listing if row.get(name) is not None}
    if tested := facts.get("eval_date"):
        facts["eval_age_days"] = (day - dt.date.fromisoformat(str(tested))).days
    for word in ("attested", "decided"):
        facts |= {f"{name}_provenance": word for name in row[word] if name in facts}
    declared = {name for name, fact in VOCABULARY.listing.items() if fact.provenance}
    for name in declared & set(facts):
        facts.setdefault(f"{name}_provenance", "declared")
    return facts


def _read(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) else value


def _scope(entry: Mapping[str, Any], day: dt.date) -> Scoped:
    return Scoped(frozenset(entry["uses"]), reached(entry["jurisdictions"], day))


def _exemption(entry: Mapping[str, Any], day: dt.date) -> KnownExemption:
    until_at = dt.datetime.fromisoformat(entry["until_at"])
    return KnownExemption(entry["id"], entry["code"], entry["rule"], until_at, _scope(entry, day))


def _measure(entry: Mapping[str, Any], day: dt.date, listing: uuid.UUID) -> KnownMeasure:
    return KnownMeasure(
        id=entry["id"],
        code=entry["code"],
        outcome=Outcome(entry["outcome"]),
        source=entry["source"],
        reference=entry["reference"],
        reason=entry["reason"],
        inherited=entry["listing"] != str(listing),
        scope=_scope(entry, day),
    )
