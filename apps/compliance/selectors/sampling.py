"""Facts of current listings beside what PostgreSQL answers of them, for whoever asks both ways."""

import json
from collections.abc import Sequence
from typing import Any

from django.db import connection

from apps.compliance.selectors.known import facts_as_asked
from apps.core.clock import now
from apps.listings.states import ListingState

# `listing` is the alias under which the conditions read the facts.
SAMPLE = """
select listing.code, to_jsonb(listing), array[{conditions}]
from (
    select l.code, f.*, (%s::date - f.eval_date) as eval_age_days
    from compliance_facts f
    join listings_listing l on l.current_id = f.version_id
    where f.until_at is null and l.state = %s
    order by f.version_id desc limit %s
) listing
order by listing.version_id desc
"""
Answered = tuple[str, dict[str, Any], list[bool | None]]


def answered(conditions: Sequence[str], values: list[Any], most: int) -> list[Answered]:
    """Return the newest current listings: the code, the facts, and an answer to each condition.

    Facts and answers are of one statement, so they are of the same rows.
    """
    day = now().date()
    text = SAMPLE.format(conditions=", ".join(conditions))
    with connection.cursor() as cursor:
        cursor.execute(text, [*values, day, ListingState.LISTED.value, most])
        rows = cursor.fetchall()
    return [(code, facts_as_asked(json.loads(facts), day), said) for code, facts, said in rows]
