"""What a draft rule would change: all current listings, before and after, in one scan."""

import datetime as dt
import hashlib
import json
import uuid
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.db import connection

from apps.compliance.models import Exemption, Measure
from apps.compliance.selectors.bearings import Bearing, Bearings, Pair
from apps.compliance.selectors.breakdowns import broken_down, by_code, by_scenario
from apps.compliance.selectors.foretold import shadow_against
from apps.compliance.selectors.law import Law, law_of
from apps.compliance.selectors.samples import samples_of
from apps.compliance.selectors.simulating import Simulated, Told, names_in, simulated
from apps.compliance.selectors.stretches import Watch
from apps.core.clock import now, today
from apps.policy.engine import Mode, RuleSource, compile_ruleset
from apps.policy.models import Rule, RuleVersion
from apps.policy.selectors import ruleset, ruleset_version, source_of, version_before
from apps.policy.services import RuleDraft, draft_source
from apps.policy.states import RuleMode, RuleState

FACTS = """
select encode(sha256(convert_to(coalesce(string_agg(id::text, ',' order by id), ''), 'UTF8')),
    'hex') from compliance_facts where until_at is null
"""


@dataclass(frozen=True, slots=True)
class Impact:
    """How listings would stand with the draft.

    A listing is counted by its strictest outcome for any use in any place: `enforced` as buyers
    would see it, `would_be` with rules in advise and warn mode counted too; both as (before,
    after) → listings. `changed` are all whose standings would be others, `fires` those that the
    draft fires for. `document` holds the breakdowns as plain values. `snapshot` is the SHA-256 of
    the facts, rules, exemptions and measures asked, `digest` that of the whole result.
    """

    listings: int
    enforced: Mapping[Pair, int]
    would_be: Mapping[Pair, int]
    changed: tuple[uuid.UUID, ...]
    ruleset: int
    snapshot: str
    computed_at: dt.datetime
    digest: str
    document: Mapping[str, Any] = field(default_factory=dict)
    fires: tuple[uuid.UUID, ...] = ()

    def plain(self) -> dict[str, Any]:
        """Return the whole as plain values, but the names of the listings that change."""
        return {
            "listings": self.listings,
            "changed": len(self.changed),
            "enforced": counted(self.enforced),
            "would_be": counted(self.would_be),
            **self.document,
            "ruleset": self.ruleset,
            "snapshot": self.snapshot,
            "digest": self.digest,
            "computed_at": self.computed_at.isoformat(),
        }


def impact(draft: RuleDraft, *, follows: Rule | None = None, watch: Watch | None = None) -> Impact:
    """Return what a draft without faults would change if it were in force now.

    `follows` is the rule whose version in force it would take the place of. The same register and
    the same draft give the same digest, whenever and by whomever it is asked.
    A `watch` is told how far it is.
    """
    return impact_of_source(draft_source(draft, follows=follows), follows, watch)


def impact_of_source(
    source: RuleSource, follows: Rule | None = None, watch: Watch | None = None
) -> Impact:
    """Return the same for a rule as the engine takes it."""
    found = _asked([*ruleset().sources, source], follows, watch)
    if follows is None or source.mode is not Mode.ENFORCE:
        return found
    return _with_shadow(found, follows)


def _with_shadow(found: Impact, follows: Rule) -> Impact:
    """Add what a version on trial has held, where the draft would enforce it."""
    on_trial = follows.versions.filter(state=RuleState.IN_FORCE).exclude(mode=RuleMode.ENFORCE)
    for version in on_trial:
        shadow = shadow_against(version, found.fires)
        document = {**found.document, "shadow": shadow}
        digest = _sha256(json.dumps([found.digest, shadow], sort_keys=True).encode())
        return replace(found, document=document, digest=digest)
    return found


def foretold(version: RuleVersion) -> Impact:
    """Return what a version changes: if it began now, or by itself where it has begun."""
    if version.state != RuleState.SCHEDULED:
        return impact_of(version)
    source = replace(source_of(version, today()), since=None)
    others = [
        replace(one, until=None) if one.id == source.id else one  # It runs until this one begins.
        for one in ruleset().sources
        if one.key != source.key
    ]
    return _asked([*others, source], version.rule)


def changed_by(version: RuleVersion) -> tuple[uuid.UUID, ...]:
    """Return the listings that a version which is yet to begin would change if it began now."""
    return foretold(version).changed


def impact_of(version: RuleVersion) -> Impact:
    """Return what a version that has begun changes now, against all the others without it.

    It is held against the version whose place it took, if there was one: a version by itself.
    """
    own, day = str(version.pk), now().date()
    others = [source for source in ruleset().sources if source.key != own]
    before = version_before(version)
    both = [before, version] if before else [version]
    begun = [replace(source_of(one, day), since=None, until=None) for one in both]
    return _asked([*others, *begun], version.rule)


def _asked(sources: list[RuleSource], follows: Rule | None, watch: Watch | None = None) -> Impact:
    """Return what the last of some rules changes, which takes the place of the one it follows."""
    moment, number = now(), ruleset_version()
    law = law_of(compile_ruleset(sources), moment)
    new, old = _numbers(law, follows)
    found = simulated(law, new | old, watch)
    return _impact(found, Bearings(law, found.asked, old), number, _snapshot(law))


def _numbers(law: Law, follows: Rule | None) -> tuple[frozenset[int], frozenset[int]]:
    """Return the numbers of the draft, and of the versions it would take the place of."""
    last = len(law.rules) - 1
    replaced = {
        number
        for number, rule in enumerate(law.rules[:last])
        if follows and rule.source.id == follows.code
    }
    return frozenset({last}), frozenset(replaced)


def _impact(found: Simulated, bearings: Bearings, number: int, snapshot: str) -> Impact:
    enforced, would_be = Counter[Pair](), Counter[Pair]()
    for group in found.groups:
        if group.told is Told.NOTHING:
            bearing = bearings.of(group.signature)
            enforced[bearing.enforced] += group.listings
            would_be[bearing.would_be] += group.listings
    changed = _names(found, bearings, lambda bearing: bearing.changed)
    fires = _names(found, bearings, lambda bearing: bearing.fires)
    document = {
        "on_trial": bearings.on_trial,
        "duties": by_code(found, bearings, "duties"),
        "conditions": by_code(found, bearings, "conditions"),
        **broken_down(found, bearings),
        "scenarios": by_scenario(found, bearings),
        "samples": samples_of(found, bearings),
    }
    result = [snapshot, counted(enforced), counted(would_be), _sha256(b"".join(changed)), document]
    return Impact(
        listings=enforced.total(),
        enforced=dict(enforced),
        would_be=dict(would_be),
        changed=tuple(uuid.UUID(bytes=name) for name in changed),
        ruleset=number,
        snapshot=snapshot,
        computed_at=bearings.law.moment,
        digest=_sha256(json.dumps(result, sort_keys=True).encode()),
        document=document,
        fires=tuple(uuid.UUID(bytes=name) for name in fires),
    )


def _names(found: Simulated, bearings: Bearings, wanted: Callable[[Bearing], bool]) -> list[bytes]:
    return sorted(
        name
        for signature, names in found.touched.items()
        if wanted(bearings.of(signature))
        for name in names_in(names)
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
    content = [facts, law.moment.date().isoformat(), grounds]
    return _sha256(json.dumps(content).encode())


def _ids(rows: Iterable[Exemption | Measure]) -> list[str]:
    return [str(row.pk) for row in rows]


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
