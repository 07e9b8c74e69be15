"""Whose standings a change can touch.

Of a listing: its own versions, its descendants and its copies. Of a rule: those it fires for, and
those it is a ground for.
"""

import uuid
from collections.abc import Iterable

from django.db import connection

from apps.compliance.selectors.law import law_of
from apps.compliance.selectors.scanning import facts_on
from apps.compliance.selectors.signatures import asked_of
from apps.core.clock import now
from apps.policy.engine import compile_ruleset
from apps.policy.selectors import ruleset

KIN = """
with recursive kin (version_id) as (
    select id from listings_listingversion where listing_id = any(%s)
    union
    select twin.id from listings_listingversion v
    join listings_listingversion twin on twin.weight_digest = v.weight_digest
    where v.listing_id = any(%s) and v.weight_digest <> ''
    union
    select e.child_id from kin
    join listings_listingversion v on v.id = kin.version_id
    join listings_lineageedge e on e.parent_id = v.listing_id and e.kind = 'weights'
        and e.valid_until is null
)
select version_id from kin
"""

RULED = """
select s.version_id from compliance_finding f
join compliance_standing s on s.id = f.standing_id and s.until_at is null
where f.rule_version_id = %s
union all
select version_id from (
    select listing.version_id, {answers} from {facts} listing where listing.listed
) signed where {touched}
"""


def versions_touched(listings: Iterable[uuid.UUID]) -> list[uuid.UUID]:
    """Return the versions whose facts can follow from these listings.

    Their own versions, copies of the same weights, and all that were made from any of them; an
    edge in dispute counts too, as its dispute is what may have changed.
    """
    names = list(listings)
    with connection.cursor() as cursor:
        cursor.execute(KIN, [names, names])
        return [version for (version,) in cursor.fetchall()]


def versions_ruled(rule_version: uuid.UUID) -> list[uuid.UUID]:
    """Return the versions that a rule version is a ground for, and those it fires for if it runs.

    That a grant may keep it from applying does not matter here: they are asked in full.
    """
    own = [source for source in ruleset().sources if source.key == str(rule_version)]
    law = law_of(compile_ruleset(own), now())
    asked = asked_of(law)
    answers, facts = asked.sql(), facts_on(law.moment.date())
    query = RULED.format(
        answers=answers[0],
        facts=facts[0],
        touched=asked.touching(frozenset({0})) if own else "false",
    )
    with connection.cursor() as cursor:
        cursor.execute(query, [rule_version, *answers[1], *facts[1]])
        return sorted({version for (version,) in cursor.fetchall()})
