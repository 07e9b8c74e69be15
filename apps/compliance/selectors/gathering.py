"""What is known of listing versions, read from the register, the licences and the decisions.

One set-based statement reads everything, so that one version and a million take the same way.
Uses that a licence forbids, and open incidents, come down along weights edges that nobody
disputes; incidents count for every copy of the same weights too.
"""

import datetime as dt
import json
import uuid
from collections.abc import Sequence
from typing import Any

from django.db import connection

COLUMNS = (
    "task, licence, has_model_card, open_incidents, max_severity, eval_toxicity, eval_bias_gap, "
    "eval_date, train_flops_log10, provider_verified, human_oversight, params_b, downloads, tags, "
    "use_restrictions, evals, provider_country, attested, decided, "
    "eval_kinds, eval_lows, eval_highs, listing_id, provider_id, languages, listed, current"
)
GATHERED = """
with recursive wanted as (
    select v.* from listings_listingversion v where {wanted}
), line (version_id, ancestor_id) as (
    select id, id from wanted
    union
    select line.version_id, parent.current_id
    from line
    join listings_lineageedge e on e.child_id = line.ancestor_id and e.kind = 'weights'
        and e.state in ('declared', 'confirmed') and e.valid_until is null
    join listings_listing parent on parent.id = e.parent_id and parent.current_id is not null
), forbidden as (
    select line.version_id, array_agg(distinct u.use order by u.use) as uses
    from line
    join listings_listingversion a on a.id = line.ancestor_id
    join licensing_licencerestriction r on r.licence_id = a.licence_id
        and (r.ended_date is null or r.ended_date > %(day)s)
    join licensing_restrictionuse u on u.restriction_id = r.restriction_id
        and u.valid_from <= %(day)s and (u.valid_until is null or u.valid_until > %(day)s)
    group by line.version_id
), tests as (
    select e.version_id, max(e.measured_date) as eval_date,
        jsonb_agg(jsonb_build_object('kind', e.kind, 'score', e.score)
            order by e.kind, e.score) as evals,
        (array_agg(e.score order by e.measured_date desc nulls last, e.id desc)
            filter (where e.kind = 'toxicity'))[1] as toxicity,
        (array_agg(e.score order by e.measured_date desc nulls last, e.id desc)
            filter (where e.kind = 'bias_gap'))[1] as bias_gap
    from listings_evaluation e join wanted on wanted.id = e.version_id
    where e.ended_at is null group by e.version_id
), scores as (
    select version_id, array_agg(kind order by kind) as kinds,
        array_agg(low order by kind) as lows, array_agg(high order by kind) as highs
    from (
        select e.version_id, e.kind::text as kind, min(e.score) as low, max(e.score) as high
        from listings_evaluation e join wanted on wanted.id = e.version_id
        where e.ended_at is null group by e.version_id, e.kind
    ) extremes group by version_id
), touched as (
    select v.id as version_id, i.id, i.severity
    from compliance_incidentcount i join listings_listingversion v on v.listing_id = i.listing_id
    where i.until_at is null
    union
    select twin.id, i.id, i.severity
    from compliance_incidentcount i
    join listings_listingversion v on v.listing_id = i.listing_id and v.weight_digest <> ''
    join listings_listingversion twin on twin.weight_digest = v.weight_digest
    where i.until_at is null
), incidents as (
    select line.version_id, count(distinct t.id) as open, max(t.severity) as severity
    from touched t join line on line.ancestor_id = t.version_id
    group by line.version_id
), gathered as (
    select v.id as version_id, v.task, v.licence_id as licence,
        coalesce(v.has_model_card, false) as has_model_card,
        coalesce(i.open, 0) as open_incidents, i.severity as max_severity,
        t.toxicity as eval_toxicity, t.bias_gap as eval_bias_gap, t.eval_date,
        v.training_flops_log10 as train_flops_log10,
        p.claimed_by_id is not null as provider_verified, v.human_oversight, v.params_b,
        coalesce(v.downloads, 0) as downloads, v.tags::text[] as tags,
        coalesce(f.uses, '{{}}')::text[] as use_restrictions,
        coalesce(t.evals, '[]') as evals, p.country as provider_country,
        case when p.claimed_by_id is null then '{{}}' else '{{provider_verified}}' end::text[]
            as attested,
        case when i.open is null then '{{}}' else '{{open_incidents,max_severity}}' end::text[]
            as decided,
        coalesce(s.kinds, '{{}}') as eval_kinds, coalesce(s.lows, '{{}}') as eval_lows,
        coalesce(s.highs, '{{}}') as eval_highs,
        l.id as listing_id, l.provider_id, v.languages::text[] as languages,
        l.state = 'listed' as listed, l.current_id is not distinct from v.id as current
    from wanted v
    join listings_listing l on l.id = v.listing_id
    join listings_provider p on p.id = l.provider_id
    left join forbidden f on f.version_id = v.id
    left join tests t on t.version_id = v.id
    left join scores s on s.version_id = v.id
    left join incidents i on i.version_id = v.id
)
"""
SOME = f"{GATHERED.format(wanted='v.id = any(%(versions)s)')} select to_jsonb(g) from gathered g"  # noqa: S608 - parts of ours


def gathered_of(versions: Sequence[uuid.UUID], day: dt.date) -> dict[uuid.UUID, Any]:
    """Return the facts of versions as they would be kept, for a moment when none are yet."""
    with connection.cursor() as cursor:
        cursor.execute(SOME, {"versions": list(versions), "day": day})
        rows = [_json(row) for (row,) in cursor.fetchall()]
    return {uuid.UUID(row["version_id"]): row for row in rows}


def _json(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) else value
