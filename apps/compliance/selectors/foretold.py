"""What a rule version was to touch, held against what it touched; and what it would do on trial."""

import datetime as dt
import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from apps.compliance.models import RuleImpact
from apps.compliance.states import Occasion
from apps.policy.engine import Outcome
from apps.policy.models import RuleVersion
from apps.policy.states import RuleState

# A listing counts while the version is a ground of what stands; after its end, if it ever was one.
SEEN = """
with seen as (
    select s.listing_id, max(s.outcome) as outcome,
        max(coalesce(s.would_be, s.outcome)) as would_be, min(s.since_at) as since_at
    from compliance_finding f join compliance_standing s on s.id = f.standing_id
    where f.rule_version_id = %s and {wanted}
    group by s.listing_id
)
"""
RUNNING = """s.until_at is null
    and s.version_id = (select l.current_id from listings_listing l where l.id = s.listing_id)"""
COMPARED = """
, foretold as (select unnest(fires) as listing_id from compliance_ruleimpact where id = %s)
select (select count(*) from seen), (select count(*) from foretold),
    (select count(*) from seen join foretold using (listing_id))
"""
TURNS = """
select outcome, would_be, count(*), min(since_at) from seen group by 1, 2 order by 1, 2
"""


@dataclass(frozen=True, slots=True)
class Foretold:
    """One version's impact as kept, and how it compares with the listings it touches, or did.

    `touches`: how many; `both`: how many of them it was to touch.
    """

    entered: RuleImpact
    begun: RuleImpact | None
    touches: int
    foretold: int
    both: int

    @property
    def appeared(self) -> int:
        """How many it touches that it was not to touch."""
        return self.touches - self.both

    @property
    def vanished(self) -> int:
        """How many it was to touch and does not."""
        return self.foretold - self.both


@dataclass(frozen=True, slots=True)
class Turn:
    """Listings that stand at one outcome, and would at another if rules on trial were enforced."""

    outcome: int
    would_be: int
    listings: int
    since_at: dt.datetime


def foretold_of(version: RuleVersion) -> Foretold | None:
    """Return how a version's impact turned out; nothing before it was worked out."""
    rows = RuleImpact.objects.filter(version=version).defer("fires")
    kept = {row.occasion: row for row in rows}
    entered = kept.get(Occasion.ENTERED)
    if entered is None:
        return None
    [(touches, foretold, both)] = _asked(version, COMPARED, [entered.pk])
    return Foretold(entered, kept.get(Occasion.BEGUN), touches, foretold, both)


def shadow_of(version: RuleVersion) -> list[Turn]:
    """Return what stands, and would stand, for the listings that a version touches now."""
    return [Turn(*row) for row in _asked(version, TURNS, [])]


def shadow_against(version: RuleVersion, fires: Collection[uuid.UUID]) -> dict[str, Any]:
    """Return what a version on trial holds beside what its successor would touch, as plain values.

    `seen` listings are touched by it, `both` would be by the successor too.
    """
    names = _asked(version, "select listing_id from seen", [])
    seen = {listing for (listing,) in names}
    return {
        "version": version.number,
        "mode": version.mode,
        "seen": len(seen),
        "foretold": len(fires),
        "both": len(seen.intersection(fires)),
        "turns": [
            {
                "before": Outcome(turn.outcome).slug,
                "after": Outcome(turn.would_be).slug,
                "listings": turn.listings,
                "since_at": turn.since_at.isoformat(),
            }
            for turn in shadow_of(version)
        ],
    }


def _asked(version: RuleVersion, question: str, values: Sequence[Any]) -> list[tuple]:
    wanted = "true" if version.state == RuleState.ENDED else RUNNING
    with connection.cursor() as cursor:
        cursor.execute(SEEN.format(wanted=wanted) + question, [version.pk, *values])
        return cursor.fetchall()
