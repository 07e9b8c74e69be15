"""What a draft rule would change: all current listings, before and after, in one scan."""

import datetime as dt
import hashlib
import json
import uuid
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from django.db import connection

from apps.compliance.models import Exemption, Measure
from apps.compliance.selectors.assessing import StandingSpec, Worker, scan
from apps.compliance.selectors.law import Law, law_of
from apps.compliance.selectors.planning import joins_for
from apps.core.clock import now, today
from apps.listings.models import Listing
from apps.listings.states import ListingState
from apps.policy.engine import Outcome, RuleSource, compile_ruleset
from apps.policy.models import Rule, RuleVersion
from apps.policy.selectors import ruleset, ruleset_version, source_of
from apps.policy.services import RuleDraft, draft_source
from apps.policy.states import RuleState

FACTS = """
select encode(sha256(convert_to(coalesce(string_agg(id::text, ',' order by id), ''), 'UTF8')),
    'hex') from compliance_facts where until_at is null
"""
Specs = tuple[StandingSpec, ...]
Pair = tuple[Outcome, Outcome]


@dataclass(frozen=True, slots=True)
class Impact:
    """How listings would stand with the draft.

    A listing is counted by its strictest outcome for any use in any place: `enforced` as buyers
    would see it, `would_be` with rules in advise and warn mode counted too; both as (before,
    after) → listings. `changed` are all whose standings would be others. `snapshot` is the SHA-256
    of the facts, rules, exemptions and measures asked, `digest` that of the whole result.
    """

    listings: int
    enforced: Mapping[Pair, int]
    would_be: Mapping[Pair, int]
    changed: tuple[uuid.UUID, ...]
    ruleset: int
    snapshot: str
    computed_at: dt.datetime
    digest: str


@dataclass(slots=True)
class _Count:
    enforced: Counter[Pair] = field(default_factory=Counter)
    would_be: Counter[Pair] = field(default_factory=Counter)
    changed: list[uuid.UUID] = field(default_factory=list)

    def add(self, before: Specs, after: Specs, listings: list[uuid.UUID]) -> None:
        """Count listings that stand alike."""
        self.enforced[_enforced(before), _enforced(after)] += len(listings)
        self.would_be[_joined(before), _joined(after)] += len(listings)
        if {one.digest for one in before} != {one.digest for one in after}:
            self.changed += listings


def impact(draft: RuleDraft, *, follows: Rule | None = None) -> Impact:
    """Return what a draft without faults would change if it were in force now.

    `follows` is the rule whose version in force it would take the place of. The same register and
    the same draft give the same digest, whenever and by whomever it is asked.
    """
    return _asked([*ruleset().sources, draft_source(draft, follows=follows)], follows)


def changed_by(version: RuleVersion) -> tuple[uuid.UUID, ...]:
    """Return the listings that a version which is yet to begin would change if it began now."""
    source = replace(source_of(version, today()), since=None)
    return _asked([*ruleset().sources, source], version.rule).changed


def impact_of(version: RuleVersion) -> Impact:
    """Return what a version that has begun changes now, against all the others without it.

    It is held against the version whose place it took, if there was one: a version by itself.
    """
    own, day = str(version.pk), now().date()
    others = [source for source in ruleset().sources if source.key != own]
    begun = [
        replace(source_of(one, day), since=None, until=None) for one in (*_former(version), version)
    ]
    return _asked([*others, *begun], version.rule)


def _former(version: RuleVersion) -> list[RuleVersion]:
    """Return the version whose place another took as it began."""
    former = version.rule.versions.filter(
        number__lt=version.number, ended_at=version.effective_at, state=RuleState.ENDED
    )
    return list(former.select_related("rule").order_by("-number")[:1])


def _asked(sources: list[RuleSource], follows: Rule | None) -> Impact:
    """Return what the last of some rules changes, which takes the place of the one it follows."""
    moment, number = now(), ruleset_version()
    law = law_of(compile_ruleset(sources), moment)
    with joins_for(many=True):
        found = scan(law=law, versions=None)
    new, old = _numbers(law, follows)
    stands, would_stand = Worker(law, found.bits, new), Worker(law, found.bits, old)
    current = _current()
    count = _Count()
    for answers, exempt, measured, _held, versions in found.rows:
        listings = [current[version] for version in versions if version in current]
        if listings:
            signature = answers, exempt, measured
            count.add(stands.standings(*signature), would_stand.standings(*signature), listings)
    return _impact(count, law, number)


def _numbers(law: Law, follows: Rule | None) -> tuple[frozenset[int], frozenset[int]]:
    """Return the numbers of the draft, and of the versions it would take the place of."""
    last = len(law.rules) - 1
    replaced = {
        number
        for number, rule in enumerate(law.rules[:last])
        if follows and rule.source.id == follows.code
    }
    return frozenset({last}), frozenset(replaced)


def _current() -> dict[uuid.UUID, uuid.UUID]:
    """Return the current version of each listing on offer, with its listing."""
    rows = Listing.objects.filter(state=ListingState.LISTED, current__isnull=False)
    return dict(rows.values_list("current_id", "id"))


def _impact(count: _Count, law: Law, number: int) -> Impact:
    changed = tuple(sorted(count.changed))
    snapshot = _snapshot(law)
    result = [
        snapshot,
        counted(count.enforced),
        counted(count.would_be),
        [str(listing) for listing in changed],
    ]
    return Impact(
        listings=count.enforced.total(),
        enforced=dict(count.enforced),
        would_be=dict(count.would_be),
        changed=changed,
        ruleset=number,
        snapshot=snapshot,
        computed_at=law.moment,
        digest=_sha256(result),
    )


def counted(pairs: Mapping[Pair, int]) -> list[dict[str, str | int]]:
    """Return counts as plain rows, the mildest first."""
    return [
        {"before": before.slug, "after": after.slug, "listings": pairs[before, after]}
        for before, after in sorted(pairs)
    ]


def _snapshot(law: Law) -> str:
    with connection.cursor() as cursor:
        cursor.execute(FACTS)
        facts = cursor.fetchone()[0]
    grounds = [*(rule.source.key for rule in law.rules), *_ids(law.exemptions), *_ids(law.measures)]
    return _sha256([facts, law.moment.date().isoformat(), grounds])


def _ids(rows: Iterable[Exemption | Measure]) -> list[str]:
    return [str(row.pk) for row in rows]


def _sha256(content: object) -> str:
    return hashlib.sha256(json.dumps(content).encode()).hexdigest()


def _enforced(standings: Specs) -> Outcome:
    return max(standing.outcome for standing in standings)


def _joined(standings: Specs) -> Outcome:
    return max(max(one.outcome, one.would_be or Outcome.ALLOW) for one in standings)
