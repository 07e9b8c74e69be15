"""What the law says of listing versions: one scan finds signatures, each signature its standings.

A signature is what fires for a version, which exemptions and measures it has, and what it stands
at now. Versions with the same signature stand alike, so the standings are worked out once for all.
"""

import hashlib
import json
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from apps.compliance.scenarios import Grid, Group, groups, named
from apps.compliance.selectors.law import Law, groups_on
from apps.compliance.selectors.scanning import facts_on, grants_of
from apps.compliance.selectors.signatures import Asked, Firings, asked_of
from apps.policy.engine import Mode, Outcome

SIGNATURES = """
select {keys}, {brought}, held, array_agg(version_id), array_agg(listing_id) from (
    select listing.version_id, listing.listing_id, {answers} {grants},
        coalesce(h.digests, '{{}}') as held
    from {facts} listing
    {joins}
    left join (
        select version_id, array_agg(digest::text order by digest) as digests
        from compliance_standing where until_at is null and {of_wanted} group by version_id
    ) h on h.version_id = listing.version_id
    where listing.listed and {wanted}
) signed group by {group}, held
"""


@dataclass(frozen=True, slots=True)
class FindingSpec:
    """One reason to be written."""

    rule_version: uuid.UUID | None
    measure: uuid.UUID | None
    clause_numbers: tuple[int, ...]
    outcome: Outcome
    mode: Mode


@dataclass(frozen=True, slots=True)
class StandingSpec:
    """One standing to be written, with its findings; the digest is of all of it."""

    uses: tuple[str, ...]
    jurisdictions: tuple[str, ...]
    outcome: Outcome
    would_be: Outcome | None
    findings: tuple[FindingSpec, ...]
    digest: str


@dataclass(frozen=True, slots=True)
class Assessment:
    """Versions that stand alike, what they should stand at, and what they stand at now.

    `listings` says at the same place whose version each is; `held` has the digests that stand.
    """

    versions: list[uuid.UUID]
    listings: list[uuid.UUID]
    standings: tuple[StandingSpec, ...]
    held: frozenset[str]

    @property
    def fresh(self) -> list[StandingSpec]:
        """The standings to begin."""
        return [standing for standing in self.standings if standing.digest not in self.held]

    @property
    def gone(self) -> frozenset[str]:
        """The digests of the standings to close."""
        return self.held - {standing.digest for standing in self.standings}


def assess(*, law: Law, versions: Sequence[uuid.UUID] | None) -> list[Assessment]:
    """Return how the listed ones of some versions (`None`: all) should stand; writes nothing."""
    asked = asked_of(law)
    worker = Worker(law, asked)
    return [
        Assessment(
            found,
            listings,
            worker.standings(asked.answers(columns), exempt, measured),
            frozenset(held),
        )
        for *columns, exempt, measured, held, found, listings in _scan(law, asked, versions)
    ]


def _scan(law: Law, asked: Asked, versions: Sequence[uuid.UUID] | None) -> list[tuple[Any, ...]]:
    """Ask every rule of the law of some versions (`None`: all) that are listed, in one scan."""
    facts = facts_on(law.moment.date())
    answers, grants = asked.sql(), grants_of(law)
    query = SIGNATURES.format(
        keys=", ".join(asked.keys),
        brought=grants.brought,
        group=", ".join([*asked.keys, *grants.keys]),
        answers=answers[0],
        grants=grants.columns,
        facts=facts[0],
        joins=grants.joins,
        wanted="true" if versions is None else "listing.version_id = any(%s)",
        of_wanted="true" if versions is None else "version_id = any(%s)",
    )
    wanted = [] if versions is None else [list(versions)] * 2
    parameters = [*answers[1], *facts[1], *grants.values, *wanted]
    with connection.cursor() as cursor:
        cursor.execute(query, parameters)
        return cursor.fetchall()


class Worker:
    """Works out the standings of signatures, each once."""

    def __init__(self, law: Law, asked: Asked) -> None:
        self.law = law
        self.firings = Firings(law, asked)
        self.groups = groups_on(law.moment.date())
        self.measures = {measure.id: measure for measure in law.measures}
        self.known: dict[tuple, tuple[StandingSpec, ...]] = {}

    def standings(
        self, answers: int, exempt: list[uuid.UUID], measured: list[uuid.UUID]
    ) -> tuple[StandingSpec, ...]:
        """Return the standings of one signature."""
        key = (answers, tuple(exempt), tuple(measured))
        if key not in self.known:
            self.known[key] = self._work_out(*key)
        return self.known[key]

    def _work_out(
        self, answers: int, exempt: tuple[uuid.UUID, ...], measured: tuple[uuid.UUID, ...]
    ) -> tuple[StandingSpec, ...]:
        fired, clauses = self.firings.of(answers, exempt)
        grounds = sorted(rule for rule in fired if fired[rule])
        covered = [fired[rule] for rule in grounds] + [
            self.firings.cells_of(self.measures[identity]) for identity in measured
        ]
        return tuple(
            self._standing(group, grounds, clauses, measured)
            for group in groups(covered, self.law.grid)
        )

    def _standing(
        self,
        group: Group,
        grounds: list[int],
        clauses: dict[tuple[int, int], int],
        measured: tuple[uuid.UUID, ...],
    ) -> StandingSpec:
        inside = _cells(group, self.law.grid)
        findings = [
            self._rule_finding(grounds[ground], clauses, inside)
            for ground in group.answer
            if ground < len(grounds)
        ] + [
            self._measure_finding(measured[ground - len(grounds)])
            for ground in group.answer
            if ground >= len(grounds)
        ]
        return standing_of(
            group.uses, tuple(named(group.territories, self.groups)), tuple(findings)
        )

    def _rule_finding(
        self, number: int, clauses: dict[tuple[int, int], int], inside: int
    ) -> FindingSpec:
        rule = self.law.rules[number]
        return FindingSpec(
            rule_version=rule.version,
            measure=None,
            clause_numbers=tuple(
                mark.number
                for mark in rule.clauses
                if mark.part is None or clauses.get((number, mark.number), 0) & inside
            ),
            outcome=rule.source.outcome,
            mode=rule.source.mode,
        )

    def _measure_finding(self, identity: uuid.UUID) -> FindingSpec:
        outcome = Outcome(self.measures[identity].outcome)
        return FindingSpec(None, identity, (), outcome, Mode.ENFORCE)


def standing_of(
    uses: tuple[str, ...], places: tuple[str, ...], findings: tuple[FindingSpec, ...]
) -> StandingSpec:
    """Return the standing that some findings lead to: the largest outcome, enforced or not."""
    enforced = [finding.outcome for finding in findings if finding.mode is Mode.ENFORCE]
    outcome = max(enforced, default=Outcome.ALLOW)
    joined = max((finding.outcome for finding in findings), default=Outcome.ALLOW)
    would_be = joined if joined > outcome else None
    content = [uses, places, [_plain(finding) for finding in findings]]
    digest = hashlib.blake2b(json.dumps(content).encode(), digest_size=16).hexdigest()
    return StandingSpec(uses, places, outcome, would_be, findings, digest)


def _plain(finding: FindingSpec) -> list[Any]:
    return [
        str(finding.rule_version or finding.measure),
        finding.clause_numbers,
        finding.outcome,
        finding.mode,
    ]


def _cells(group: Group, grid: Grid) -> int:
    """Return the cells that a group speaks of."""
    return grid.cells(group.uses or (grid.uses[0],), group.territories or grid.classes[0])
