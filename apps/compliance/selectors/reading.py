"""Everything that a decision depends on, in one indexed read.

One statement finds the version that the question means, its facts, the exemptions and measures
that run, the version of the rules, and business time.
"""

import datetime as dt
import json
from dataclasses import dataclass
from typing import Any

from apps.compliance.selectors.answers import Question
from apps.compliance.selectors.gathering import gathered_of
from apps.compliance.selectors.known import Known, known_from
from apps.core.prepared import row_of
from apps.listings.selectors.resolving import (
    copy_search,
    version_search,
    version_unknown,
)
from apps.policy.selectors import RulesetMark

READ = """
with named as materialized (select {named} as id),
meant as materialized (select coalesce((select id from named), {copy}) as id)
select c.moment, r.number, r.changed_at, (select id from named) is not null, l.code, v.id,
    v.number, to_jsonb(f),
    (select jsonb_agg(jsonb_build_object('id', x.id, 'code', x.code, 'rule', rule.code,
        'uses', x.uses, 'jurisdictions', x.jurisdictions, 'until_at', x.until_at) order by x.id)
    from compliance_exemption x join policy_rule rule on rule.id = x.rule_id
    where x.listing_id = v.listing_id and x.ended_at is null
        and x.since_at <= c.moment and x.until_at > c.moment),
    (select jsonb_agg(jsonb_build_object('id', m.id, 'code', m.code, 'outcome', m.outcome,
        'uses', m.uses, 'jurisdictions', m.jurisdictions, 'reference', m.reference,
        'reason', m.reason) order by m.id)
    from compliance_measure m
    where m.listing_id = any (array(
            select v.listing_id
            union select twin.listing_id from listings_listingversion twin
            where twin.weight_digest = v.weight_digest and twin.weight_digest <> ''))
        and m.ended_at is null and m.since_at <= c.moment
        and coalesce(m.until_at, 'infinity') > c.moment)
from (select core_now() as moment) c
left join (select number, changed_at from policy_rulesetchange order by number desc limit 1) r
    on true
left join listings_listingversion found on found.id = (select id from meant)
left join listings_listing l on l.id = found.listing_id
left join listings_listingversion v on v.listing_id = l.id and v.number = coalesce(
    case when (select id from named) is not null then %s::int end, found.number)
left join compliance_facts f on f.version_id = v.id and f.until_at is null
"""


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
    facts = facts or _json(gathered_of(version, moment.date()))
    known = known_from(moment, facts, exemptions or (), measures or ())
    return Reading(moment, ruleset, registered, code, version_number, known)


def _json(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) else value
