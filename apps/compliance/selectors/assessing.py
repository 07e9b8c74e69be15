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

from apps.compliance.models import Exemption
from apps.compliance.scenarios import Grid, Group, Probe, groups, named
from apps.compliance.selectors.law import AppliedRule, Law, groups_on, reached
from apps.policy.engine import Mode, Outcome
from apps.policy.engine.nodes import Node
from apps.policy.engine.sql import Sql

SIGNATURES = """
select bits, exemptions, measures, held, array_agg(version_id) from (
    select listing.version_id, array[{bits}]::boolean[] as bits,
        coalesce(x.ids, '{{}}') as exemptions, coalesce(m.ids, '{{}}') as measures,
        coalesce(h.digests, '{{}}') as held
    from (
        select f.*, (%s::date - f.eval_date) as eval_age_days from compliance_facts f
        where f.until_at is null and {wanted}
    ) listing
    join listings_listingversion v on v.id = listing.version_id
    join listings_listing l on l.id = v.listing_id and l.state = 'listed'
    left join (
        select listing_id, array_agg(id order by id) as ids from compliance_exemption
        where id = any(%s) group by listing_id
    ) x on x.listing_id = v.listing_id
    left join (
        select version_id, array_agg(id order by id) as ids from (
            select v.id as version_id, m.id from compliance_measure m
            join listings_listingversion v on v.listing_id = m.listing_id
            where m.id = any(%s)
            union
            select twin.id, m.id from compliance_measure m
            join listings_listingversion v
                on v.listing_id = m.listing_id and v.weight_digest <> ''
            join listings_listingversion twin on twin.weight_digest = v.weight_digest
            where m.id = any(%s)
        ) kin group by version_id
    ) m on m.version_id = v.id
    left join (
        select version_id, array_agg(digest::text order by digest) as digests
        from compliance_standing where until_at is null group by version_id
    ) h on h.version_id = v.id
) signed group by bits, exemptions, measures, held
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
    """Versions that stand alike, what they should stand at, and what they stand at now."""

    versions: list[uuid.UUID]
    standings: tuple[StandingSpec, ...]
    held: frozenset[str]

    @property
    def changed(self) -> bool:
        """Whether anything is to be written."""
        return self.held != {standing.digest for standing in self.standings}


@dataclass(frozen=True, slots=True)
class Bit:
    """One answer that the scan brings: which cells it covers, for a rule or one of its clauses."""

    rule: int
    clause: int | None
    cells: int


@dataclass(frozen=True, slots=True)
class Scan:
    """What one scan brought: the answers asked for, and each signature with its versions."""

    bits: list[Bit]
    rows: list[tuple[Any, ...]]


def assess(*, law: Law, versions: Sequence[uuid.UUID] | None) -> list[Assessment]:
    """Return how the listed ones of some versions (`None`: all) should stand; writes nothing."""
    found = scan(law=law, versions=versions)
    worker = Worker(law, found.bits)
    return [
        Assessment(versions, worker.standings(answers, exempt, measured), frozenset(held))
        for answers, exempt, measured, held, versions in found.rows
    ]


def scan(*, law: Law, versions: Sequence[uuid.UUID] | None) -> Scan:
    """Ask every rule of the law of some versions (`None`: all) that are listed, in one scan."""
    bits, texts, values = _bits(law)
    query = SIGNATURES.format(
        bits=", ".join(texts), wanted="true" if versions is None else "f.version_id = any(%s)"
    )
    measures = [measure.id for measure in law.measures]
    exemptions = [exemption.id for exemption in law.exemptions]
    wanted = [] if versions is None else [list(versions)]
    parameters = [*values, law.moment.date(), *wanted, exemptions, measures, measures]
    with connection.cursor() as cursor:
        cursor.execute(query, parameters)
        return Scan(bits, cursor.fetchall())


def _bits(law: Law) -> tuple[list[Bit], list[str], list[Any]]:
    """Return the answers to ask for, and each as SQL with its values."""
    bits: list[Bit] = []
    texts: list[str] = []
    values: list[Any] = []
    for number, rule in enumerate(law.rules):
        for probe in rule.probes(law.grid):
            for clause, tree in _asked(rule):
                text, more = _written(tree, rule, probe, law)
                bits.append(Bit(number, clause, probe.cells))
                texts.append(f"coalesce({text}, false)")
                values += more
    return bits, texts, values


def _asked(rule: AppliedRule) -> list[tuple[int | None, Node]]:
    parts = [(mark.number, mark.part) for mark in rule.clauses if mark.part is not None]
    return [(None, rule.compiled.tree), *parts]


def _written(tree: Node, rule: AppliedRule, probe: Probe, law: Law) -> tuple[str, list[Any]]:
    asked = {
        "use": probe.use,
        "jurisdiction": probe.place,
        "commercial": True,
        "date": law.moment,
    }
    return Sql(asked, rule.parameters, "listing").write(tree)


class Worker:
    """Works out the standings of signatures, each once; `without` are rules left out, by number."""

    def __init__(self, law: Law, bits: list[Bit], without: frozenset[int] = frozenset()) -> None:
        self.law = law
        self.bits = bits
        self.without = without
        self.day = law.moment.date()
        self.groups = groups_on(self.day)
        self.exemptions = {exemption.id: exemption for exemption in law.exemptions}
        self.measures = {measure.id: measure for measure in law.measures}
        self.known: dict[tuple, tuple[StandingSpec, ...]] = {}

    def standings(
        self, answers: list[bool], exempt: list[uuid.UUID], measured: list[uuid.UUID]
    ) -> tuple[StandingSpec, ...]:
        """Return the standings of one signature."""
        key = (tuple(answers), tuple(exempt), tuple(measured))
        if key not in self.known:
            self.known[key] = self._work_out(*key)
        return self.known[key]

    def _work_out(
        self,
        answers: tuple[bool, ...],
        exempt: tuple[uuid.UUID, ...],
        measured: tuple[uuid.UUID, ...],
    ) -> tuple[StandingSpec, ...]:
        fired, clauses = self._fired(answers)
        for identity in exempt:
            self._release(fired, self.exemptions[identity])
        grounds = sorted(rule for rule in fired.keys() - self.without if fired[rule])
        covered = [fired[rule] for rule in grounds] + [
            self._cells_of(self.measures[identity]) for identity in measured
        ]
        return tuple(
            self._standing(group, grounds, clauses, measured)
            for group in groups(covered, self.law.grid)
        )

    def _fired(self, answers: Sequence[bool]) -> tuple[dict[int, int], dict[tuple[int, int], int]]:
        """Return the cells in which each rule, and each clause that can fail, fired."""
        fired: dict[int, int] = {}
        clauses: dict[tuple[int, int], int] = {}
        for bit, yes in zip(self.bits, answers, strict=True):
            if yes and bit.clause is None:
                fired[bit.rule] = fired.get(bit.rule, 0) | bit.cells
            elif yes and bit.clause is not None:
                key = (bit.rule, bit.clause)
                clauses[key] = clauses.get(key, 0) | bit.cells
        return fired, clauses

    def _release(self, fired: dict[int, int], exemption: Exemption) -> None:
        for number, rule in enumerate(self.law.rules):
            if rule.source.id == exemption.rule.code and number in fired:
                fired[number] &= ~self._cells_of(exemption)

    def _cells_of(self, row: Any) -> int:
        return self.law.grid.cells(row.uses, reached(row.jurisdictions, self.day))

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
