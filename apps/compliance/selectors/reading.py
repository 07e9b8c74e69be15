"""Everything that decisions depend on, in one indexed read.

One statement finds the version that the question means, its facts, the exemptions and measures
that run, the version of the rules, and business time.
"""

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from apps.compliance.selectors.answers import Question
from apps.compliance.selectors.gathering import gathered_of
from apps.compliance.selectors.known import Known, known_from
from apps.core.codes import CodeMistyped
from apps.core.prepared import row_of, rows_of
from apps.listings.errors import ListingUnknown
from apps.listings.selectors.catalogues import MEANT, Item, values_of
from apps.listings.selectors.resolving import (
    Way,
    copy_search,
    version_search,
    version_unknown,
)
from apps.policy.selectors import RulesetMark

# What is known of version `v` of a listing at moment `c`: its facts, exemptions and measures.
TOLD = """
to_jsonb(f),
    (select jsonb_agg(jsonb_build_object('id', x.id, 'code', x.code, 'rule', rule.code,
        'uses', x.uses, 'jurisdictions', x.jurisdictions, 'until_at', x.until_at) order by x.id)
    from compliance_exemption x join policy_rule rule on rule.id = x.rule_id
    where x.listing_id = v.listing_id and x.ended_at is null
        and x.since_at <= c.moment and x.until_at > c.moment),
    (select jsonb_agg(jsonb_build_object('id', m.id, 'code', m.code, 'outcome', m.outcome,
        'uses', m.uses, 'jurisdictions', m.jurisdictions, 'reference', m.reference,
        'reason', m.reason, 'until_at', m.until_at) order by m.id)
    from compliance_measure m
    where m.listing_id = any (array(
            select v.listing_id
            union select twin.listing_id from listings_listingversion twin
            where twin.weight_digest = v.weight_digest and twin.weight_digest <> ''))
        and m.ended_at is null and m.since_at <= c.moment
        and coalesce(m.until_at, 'infinity') > c.moment)
"""
RULES = """
left join (select number, changed_at from policy_rulesetchange order by number desc limit 1) r
    on true
"""
MARKED = f"(select core_now() as moment) c {RULES}"
# The same for another moment than now, where one is given.
MARKED_AT = f"(select coalesce(%(moment)s::timestamptz, core_now()) as moment) c {RULES}"
KEPT = "left join compliance_facts f on f.version_id = v.id and f.until_at is null"
READ = f"""
with named as materialized (select {{named}} as id),
meant as materialized (select coalesce((select id from named), {{copy}}) as id)
select c.moment, r.number, r.changed_at, (select id from named) is not null, l.code, v.id,
    v.number, {TOLD}
from {MARKED}
left join listings_listingversion found on found.id = (select id from meant)
left join listings_listing l on l.id = found.listing_id
left join listings_listingversion v on v.listing_id = l.id and v.number = coalesce(
    case when (select id from named) is not null then %s::int end, found.number)
{KEPT}
"""  # noqa: S608 - parts of ours, values bound
# One row for each version that is meant, with the numbers of the questions that mean it.
READ_ALL = f"""
with {MEANT}, asked as (
    select * from unnest(%(questions)s::int[], %(numbers)s::int[]) as asked (item, number)
), found as (
    select array_agg(meant.item) as items, array_agg(meant.named) as named, l.code, v.id,
        v.number, v.listing_id, v.weight_digest
    from meant
    join asked using (item)
    join listings_listingversion first on first.id = meant.version
    join listings_listing l on l.id = first.listing_id
    left join listings_listingversion v on v.listing_id = l.id and v.number = coalesce(
        case when meant.named then asked.number end, first.number)
    group by l.code, v.id
)
select c.moment, r.number, r.changed_at, v.items, v.named, v.code, v.id, v.number, {TOLD}
from {MARKED_AT}
left join found v on true
{KEPT}
"""  # noqa: S608 - parts of ours, values bound


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read for one question; `known` is missing where no version is meant.

    `registered` says whether the version stands under the name that was given, or is another
    name's copy of the weights at hand.
    """

    moment: dt.datetime
    ruleset: RulesetMark
    registered: bool
    listing: str = ""
    version: int | None = None
    known: Known | None = None


def read(question: Question) -> Reading:
    """Read what the answer to a question depends on.

    Raises `CodeMistyped`, and `ListingUnknown` for a version that the model does not have.
    """
    named = version_search(question.model, question.marketplace, question.organisation)
    copy = copy_search(question.digest)
    statement = READ.format(named=named.sql, copy=copy.sql)
    row = row_of(statement, [*named.values, *copy.values, question.version])
    moment, number, changed_at, registered, code, version, version_number, *told = row
    ruleset = RulesetMark(number or 0, changed_at)
    if code is None:
        return Reading(moment, ruleset, registered=False)
    if version is None:
        raise version_unknown(code, question.version or 0)
    facts, exemptions, measures = map(_json, told)
    facts = facts or gathered_of([version], moment.date())[version]
    known = known_from(moment, facts, exemptions or (), measures or ())
    return Reading(moment, ruleset, registered, code, version_number, known)


@dataclass(frozen=True, slots=True)
class Readings:
    """What was read for many questions at once; a question of no version is not among `found`."""

    moment: dt.datetime
    ruleset: RulesetMark
    found: Mapping[int, Reading | ListingUnknown]

    def of(self, number: int) -> Reading:
        """Return what was read for one question; raise `ListingUnknown` as `read` does."""
        reading = self.found.get(number)
        if isinstance(reading, ListingUnknown):
            raise reading
        return reading or Reading(self.moment, self.ruleset, registered=False)


def read_all(
    questions: Mapping[int, Question], moment: dt.datetime | None = None
) -> tuple[Readings, dict[int, CodeMistyped]]:
    """Read what the answers to many questions depend on, in two statements at most.

    A question whose code is mistyped is told apart, and the others are read. For a moment to come
    it is what will be known then, were nothing done until then: the grants that still run, and
    the facts as they will be gathered.
    """
    ways: list[tuple[int, tuple[int, Way]]] = []
    mistyped: dict[int, CodeMistyped] = {}
    for number, asked in questions.items():
        item = Item(asked.model, asked.digest, asked.marketplace, asked.organisation)
        try:
            ways += [(number, way) for way in item.ways()]
        except CodeMistyped as error:
            mistyped[number] = error
    numbers = [asked.version for asked in questions.values()]
    values = values_of(ways) | {"questions": list(questions), "numbers": numbers, "moment": moment}
    rows = rows_of(READ_ALL, values)
    read_at, number, changed_at = rows[0][:3]
    ruleset = RulesetMark(number or 0, changed_at)
    found: dict[int, Reading | ListingUnknown] = {}
    told = [row[3:] for row in rows if row[5] is not None]
    for row in _with_facts(told, read_at, anew=moment is not None):
        found |= _found(row, questions, read_at, ruleset)
    return Readings(read_at, ruleset, found), mistyped


def _with_facts(rows: list[tuple], moment: dt.datetime, *, anew: bool) -> list[tuple]:
    """Read the facts of versions of which none are kept yet, or of all, in one statement."""
    lacking = [row[3] for row in rows if row[3] is not None and (anew or row[5] is None)]
    if not lacking:
        return rows
    gathered = gathered_of(lacking, moment.date())
    return [(*row[:5], gathered.get(row[3], row[5]), *row[6:]) for row in rows]


def _found(
    row: tuple, questions: Mapping[int, Question], moment: dt.datetime, ruleset: RulesetMark
) -> dict[int, Reading | ListingUnknown]:
    items, named, code, version, number, *told = row
    if version is None:
        return {item: version_unknown(code, questions[item].version or 0) for item in items}
    facts, exemptions, measures = map(_json, told)
    known = known_from(moment, facts, exemptions or (), measures or ())
    readings = {
        registered: Reading(moment, ruleset, registered, code, number, known)
        for registered in (True, False)
    }
    return {item: readings[by_name] for item, by_name in zip(items, named, strict=True)}


def _json(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) else value
