"""Work the standings out anew, and write what changed: closed and begun, never overwritten."""

import datetime as dt
import json
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction

from apps.compliance.acts import REGISTER, StandingsChanged
from apps.compliance.models import LastRound
from apps.compliance.selectors.assessing import Assessment, StandingSpec, assess
from apps.compliance.selectors.kin import versions_ruled
from apps.compliance.selectors.law import law_at
from apps.compliance.selectors.planning import are_many, joins_for
from apps.compliance.services.duties import duties_follow
from apps.compliance.services.facts import facts_gather
from apps.compliance.services.following import acknowledgements_follow
from apps.compliance.states import Cause
from apps.core.actor import SYSTEM, Actor
from apps.core.clock import now
from apps.journal.services import record_many
from apps.policy.selectors import ruleset_version

BATCH = 1000
LOCK = "select pg_advisory_xact_lock(7003, 1)"
STANDING = (
    "unnest(%(versions)s::uuid[], %(listings)s::uuid[], %(sets)s::int[])"
    " as pair (version_id, listing_id, number)"
)
CLOSE = f"""
update compliance_standing s set until_at = %(now)s
from {STANDING}
join jsonb_to_recordset(%(gone)s::jsonb) as gone (number int, digest text)
    on gone.number = pair.number
where s.version_id = pair.version_id and s.digest = gone.digest and s.until_at is null
"""  # noqa: S608 - parts of ours, values bound
OPEN = f"""
with fresh as (
    insert into compliance_standing (listing_id, version_id, uses, jurisdictions, outcome,
        would_be, since_at, outcome_since_at, ruleset_version, digest)
    select pair.listing_id, pair.version_id, spec.uses, spec.jurisdictions, spec.outcome,
        spec.would_be, %(now)s, coalesce(former.outcome_since_at, %(now)s), %(ruleset)s,
        spec.digest
    from {STANDING}
    join jsonb_to_recordset(%(fresh)s::jsonb) as spec (
        number int, uses text[], jurisdictions text[], outcome smallint, would_be smallint,
        digest text) on spec.number = pair.number
    left join compliance_standing former on former.version_id = pair.version_id
        and former.until_at = %(now)s and former.uses = spec.uses
        and former.jurisdictions = spec.jurisdictions and former.outcome = spec.outcome
    returning id, digest
)
insert into compliance_finding
    (standing_id, rule_version_id, measure_id, clause_numbers, outcome, mode)
select fresh.id, f.rule_version, f.measure, f.clause_numbers, f.outcome, f.mode
from fresh join jsonb_to_recordset(%(findings)s::jsonb) as f (
    digest text, rule_version uuid, measure uuid, clause_numbers smallint[], outcome smallint,
    mode text) on f.digest = fresh.digest
"""  # noqa: S608 - parts of ours, values bound
WITHDRAWN = """
update compliance_standing s set until_at = %(now)s
from listings_listing l
where l.id = s.listing_id and l.state <> 'listed' and s.until_at is null
    and {wanted}
returning s.version_id, s.listing_id
"""
LISTINGS = "select distinct listing_id from listings_listingversion where id = any(%s) order by 1"


Pair = tuple[uuid.UUID, uuid.UUID]


@dataclass(frozen=True, slots=True)
class Changes:
    """What one reassessment wrote: rows of facts, and the listings whose standings changed."""

    facts: int
    listings: list[uuid.UUID]


@transaction.atomic
def reassess(
    *,
    versions: Iterable[uuid.UUID] | None = None,
    cause: Cause = Cause.ALL,
    actor: Actor = SYSTEM,
) -> Changes:
    """Bring facts, standings, duties and what marketplaces owe up to date, for all or some.

    Only what changed is written, and one act is recorded for each thousand listings. Running it
    twice writes nothing the second time. Two runs never overlap.
    """
    wanted = None if versions is None else sorted(set(versions))
    if wanted is not None and not wanted:
        return Changes(0, [])
    moment = _alone()
    changes = _bring_up_to_date(wanted, moment, cause, actor, facts=True)
    if wanted is None:
        LastRound.objects.update_or_create(id=True, defaults={"at": moment})
    return changes


@transaction.atomic
def reassess_ruled(*, rule_version: uuid.UUID, actor: Actor = SYSTEM) -> Changes:
    """Bring up to date what a rule version bears on that has begun or ended; the facts stand.

    Only listings that it fires for, or that it was a ground for, can stand otherwise.
    """
    moment = _alone()
    wanted = versions_ruled(rule_version)
    if not wanted:
        return Changes(0, [])
    return _bring_up_to_date(sorted(wanted), moment, Cause.RULE, actor, facts=False)


def _alone() -> dt.datetime:
    """Let no two runs overlap; return the moment from which this one speaks."""
    with connection.cursor() as cursor:
        cursor.execute(LOCK)
    return now()


def _bring_up_to_date(
    wanted: list[uuid.UUID] | None,
    moment: dt.datetime,
    cause: Cause,
    actor: Actor,
    *,
    facts: bool,
) -> Changes:
    ruleset = ruleset_version()
    with joins_for(many=wanted is None or are_many(len(wanted))):
        gathered = facts_gather(versions=wanted, moment=moment) if facts else 0
        law = law_at(moment)
        touched = _close_withdrawn(wanted, moment) if facts else []
        touched += _write(assess(law=law, versions=wanted), moment, ruleset)
        duties_follow(versions=[version for version, _listing in touched], law=law)
        listings = sorted({listing for _version, listing in touched})
        scope = _listings(wanted) if facts else listings
        owing = acknowledgements_follow(listings=scope, moment=moment)
    record_many([*_acts(listings, ruleset, cause), *owing], actor=actor)
    return Changes(gathered, listings)


def _write(found: list[Assessment], moment: dt.datetime, ruleset: int) -> list[Pair]:
    """Write the assessments that differ from what stands; return whose standings they are."""
    changed = [assessment for assessment in found if assessment.gone or assessment.fresh]
    if not changed:
        return []
    # In the order of their ids, so that neighbours in an index are looked up one after another.
    pairs = sorted(
        (version, listing, number)
        for number, assessment in enumerate(changed)
        for version, listing in zip(assessment.versions, assessment.listings, strict=True)
    )
    parameters: dict[str, Any] = {
        "now": moment,
        "ruleset": ruleset,
        "versions": [version for version, _listing, _number in pairs],
        "listings": [listing for _version, listing, _number in pairs],
        "sets": [number for _version, _listing, number in pairs],
        "gone": json.dumps(
            [
                {"number": number, "digest": digest}
                for number, assessment in enumerate(changed)
                for digest in assessment.gone
            ]
        ),
        "fresh": json.dumps(
            [
                {"number": number, **_standing_row(standing)}
                for number, assessment in enumerate(changed)
                for standing in assessment.fresh
            ]
        ),
        "findings": json.dumps(_finding_rows(changed)),
    }
    with connection.cursor() as cursor:
        cursor.execute(CLOSE, parameters)
        cursor.execute(OPEN, parameters)
    return [(version, listing) for version, listing, _number in pairs]


def _standing_row(standing: StandingSpec) -> dict[str, Any]:
    return {
        "uses": standing.uses,
        "jurisdictions": standing.jurisdictions,
        "outcome": standing.outcome,
        "would_be": standing.would_be,
        "digest": standing.digest,
    }


def _finding_rows(changed: Sequence[Assessment]) -> list[dict[str, Any]]:
    """Return the findings of each distinct standing, once: equal digests have equal findings."""
    standings = {
        standing.digest: standing for assessment in changed for standing in assessment.fresh
    }
    return [
        {
            "digest": standing.digest,
            "rule_version": finding.rule_version and str(finding.rule_version),
            "measure": finding.measure and str(finding.measure),
            "clause_numbers": finding.clause_numbers,
            "outcome": finding.outcome,
            "mode": finding.mode,
        }
        for standing in standings.values()
        for finding in standing.findings
    ]


def _close_withdrawn(wanted: list[uuid.UUID] | None, moment: dt.datetime) -> list[Pair]:
    """Close what stands for listings that are no longer on offer; return whose it was."""
    some = "true" if wanted is None else "s.version_id = any(%(wanted)s)"
    with connection.cursor() as cursor:
        cursor.execute(WITHDRAWN.format(wanted=some), {"now": moment, "wanted": wanted})
        return cursor.fetchall()


def _listings(versions: list[uuid.UUID] | None) -> list[uuid.UUID] | None:
    if versions is None:
        return None
    with connection.cursor() as cursor:
        cursor.execute(LISTINGS, [versions])
        return [listing for (listing,) in cursor.fetchall()]


def _acts(listings: list[uuid.UUID], ruleset: int, cause: Cause) -> list[StandingsChanged]:
    return [
        StandingsChanged(
            subject=REGISTER,
            listings=listings[start : start + BATCH],
            ruleset_version=ruleset,
            reason=cause.value,
        )
        for start in range(0, len(listings), BATCH)
    ]
