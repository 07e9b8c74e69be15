"""What simulating and enacting rules costs over a large register, against plain scans of it.

The floor reads every column of the same table; enactment is held against one INSERT … SELECT that
scans it with the rule's predicate and writes as many standings and findings, into tables with the
indexes and the other rows of ours. `LISTINGS` says how many invented listings there are; the first
run makes them, in a cluster of their own.
"""

import os
import random
import statistics
import subprocess
import sys
import time
import uuid
from collections import Counter
from collections.abc import Callable, Iterator

from django.core.management import call_command
from django.db import connection, transaction
from psycopg import ClientCursor

from apps.compliance.selectors.assessing import assess
from apps.compliance.selectors.impact import impact
from apps.compliance.selectors.kin import versions_ruled
from apps.compliance.selectors.law import Law, law_of, world
from apps.compliance.selectors.outcomes import alike, outcomes_by_scenario
from apps.compliance.selectors.scanning import facts_on
from apps.compliance.services import reassess, reassess_ruled
from apps.core.clock import now
from apps.core.ids import uuid7
from apps.listings.models import Listing
from apps.policy.engine import Outcome, RuleSource, compile_ruleset
from apps.policy.engine.sql import Sql
from apps.policy.models import RuleVersion
from apps.policy.selectors import use_slugs
from apps.policy.states import RuleState
from tests.bench.frame import Figure
from tests.bench.ground import link
from tests.bench.rules import RULES
from tests.factories import policy

CLUSTER = "bench-many"
LISTINGS = int(os.environ.get("LISTINGS", "100000"))
ROUNDS = 7
SCALAR = "R6"
ENACTED = 'listing.task == "asr" && has(listing.params_b) && listing.params_b > 20.0'
# Its last column comes only after all others have been taken apart.
WIDE = "select count(f.current) from compliance_facts f where until_at is null"
BARE = """
drop table if exists bench_standing, bench_finding;
create table bench_standing (like compliance_standing including all);
create table bench_finding (like compliance_finding including all);
insert into bench_standing select * from compliance_standing where version_id <> all(%(touched)s);
insert into bench_finding select * from compliance_finding
    where standing_id in (select id from bench_standing);
select setval(pg_get_serial_sequence('bench_' || noun, 'id'), 1 + max(id)) from (
    select 'standing' as noun, id from compliance_standing
    union all select 'finding', id from compliance_finding) known group by noun;
grant all on bench_standing, bench_finding to sangam_app;
"""
FLOOR = """
with fresh as (
    insert into bench_standing (listing_id, version_id, uses, jurisdictions, outcome, since_at,
        outcome_since_at, ruleset_version, digest)
    select listing_id, version_id, '{{}}', '{{}}', 3, now(), now(), 0, md5(version_id::text)
    from {facts} listing where listing.listed and {predicate}
    returning id
)
insert into bench_finding (standing_id, rule_version_id, clause_numbers, outcome, mode)
select id, %s, '{{1}}', 3, 'enforce' from fresh
"""


def measure() -> Iterator[Figure]:
    """Yield the figures, from a cluster of their own."""
    if os.environ.get("BENCH_CLUSTER") != CLUSTER:
        command = [sys.executable, "-m", "tests.bench", "simulation"]
        done = subprocess.run(command, env=os.environ | {"BENCH_CLUSTER": CLUSTER}, check=False)
        if done.returncode:
            raise RuntimeError("The measurement of simulation failed.")
        return
    fill()
    yield from _simulation()
    yield from _enactment()


def fill() -> None:
    """Make the listings that are missing, and bring their facts and standings up to date."""
    there = Listing.objects.filter(source="generated").count()
    if there < LISTINGS:
        call_command("listings_generate", LISTINGS, verbosity=0, stdout=sys.stderr)
        reassess()
    with link("sangam_super") as at:
        for noun in ("facts", "standing", "finding"):
            at.execute(f"vacuum analyze compliance_{noun}")


def _simulation() -> Iterator[Figure]:
    one, twelve = _law(SCALAR), _law(*RULES)
    _must_be_exact(twelve)
    times = _interleaved(
        {
            "scan": lambda: _sql(WIDE),
            "one": lambda: _in_one(one),
            "twelve": lambda: _in_one(twelve),
            "scenarios": lambda: outcomes_by_scenario(twelve),
            "impact": lambda: impact(_draft(RULES[SCALAR][2])),
        }
    )
    scale = f"{LISTINGS:,} listings; {twelve.grid.size} of them differ"
    scenarios = len(use_slugs()) * (len(world()) + 1)
    yield _ratio("one scalar draft rule / scan of all columns", times, "one", 1.5)
    yield _ratio("twelve rules / scan of all columns", times, "twelve", 4.0)
    yield _ratio("every scenario × twelve rules / scan", times, "scenarios", 10.0)
    yield Figure("scenarios, each use in each territory", scenarios, "", scale)
    yield _ratio("the whole impact with breakdowns and names / scan", times, "impact", None)


def _enactment() -> Iterator[Figure]:
    """Yield what a rule costs to apply to all, and all rules to one listing."""
    version = _enacted()
    _fill_floor(versions_ruled(version.pk))
    times = _interleaved(
        {
            "floor": lambda: _undone(lambda: _insert(version)),
            "enacted": lambda: _undone(lambda: reassess_ruled(rule_version=version.pk)),
            "asked": lambda: versions_ruled(version.pk),
        }
    )
    pairs = [a / b for a, b in zip(times["enacted"], times["floor"], strict=True)]
    touched = len(versions_ruled(version.pk))
    took = {name: statistics.median(seconds) for name, seconds in times.items()}
    detail = (
        f"{took['enacted']:.2f} s against {took['floor']:.2f} s, of which {took['asked']:.2f} s "
        f"to find the {touched:,} touched"
    )
    yield Figure("enactment / INSERT … SELECT", statistics.median(pairs), "", detail, at_most=3.0)
    law, chosen = _law(*RULES), _some_version()
    asked = []
    for _ in range(60):
        began = time.perf_counter()
        assess(law=law, versions=[chosen])
        asked.append(1000 * (time.perf_counter() - began))
    rules = f"{len(law.rules)} rules"
    yield Figure("one listing asked again", statistics.median(asked), "ms", rules, at_most=1.0)


def _enacted() -> RuleVersion:
    """Return the rule that is applied again and again; an earlier run may have entered it."""
    for known in RuleVersion.objects.filter(title="Enacted", state=RuleState.IN_FORCE):
        return known
    draft = policy.rule_draft(ENACTED, outcome=Outcome.SUSPEND, jurisdictions=[], title="Enacted")
    return policy.entered(draft)


def _fill_floor(touched: list[uuid.UUID]) -> None:
    """Make the floor's tables as full as ours are beside what is written."""
    with link("sangam_super") as at, ClientCursor(at) as cursor:
        cursor.execute(BARE, {"touched": touched})
        cursor.execute("vacuum analyze bench_standing, bench_finding")


def _law(*names: str) -> Law:
    sources = [
        RuleSource(
            id=name,
            key=str(uuid7()),
            expression=RULES[name][2],
            outcome=RULES[name][0],
            jurisdictions=RULES[name][1],
        )
        for name in names
    ]
    return law_of(compile_ruleset(sources), now())


def _in_one(law: Law) -> None:
    alike(law)


def _draft(expression: str) -> object:
    return policy.rule_draft(expression, outcome=Outcome.SUSPEND, jurisdictions=[])


def _some_version() -> object:
    return Listing.objects.filter(source="generated").values_list("current_id", flat=True)[0]


def _sql(statement: str, values: list | None = None) -> list:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall() if cursor.description else []


def _insert(version: RuleVersion) -> None:
    facts = facts_on(now().date())
    compiled = compile_ruleset([RuleSource(id="x", expression=ENACTED, outcome=Outcome.SUSPEND)])
    predicate, values = Sql({}, {}, "listing").write(compiled.compiled[0].tree)
    query = FLOOR.format(facts=facts[0], predicate=predicate)
    _sql(query, [*facts[1], *values, version.pk])


def _undone(work: Callable[[], object]) -> float:
    """Do something in a transaction that is rolled back; return the seconds it took."""
    with transaction.atomic():
        began = time.perf_counter()
        work()
        took = time.perf_counter() - began
        transaction.set_rollback(True)
    return took


def _interleaved(variants: dict[str, Callable[[], object]]) -> dict[str, list[float]]:
    """Time all variants in turn; one that returns seconds has timed itself."""
    times: dict[str, list[float]] = {name: [] for name in variants}
    for turn in range(ROUNDS + 1):
        for name, work in variants.items() if turn % 2 else reversed(variants.items()):
            began = time.perf_counter()
            said = work()
            took = said if isinstance(said, float) else time.perf_counter() - began
            if turn:
                times[name].append(took)
    return times


def _ratio(name: str, times: dict[str, list[float]], what: str, gate: float | None) -> Figure:
    pairs = [one / scan for one, scan in zip(times[what], times["scan"], strict=True)]
    medians = statistics.median(times[what]), statistics.median(times["scan"])
    detail = (
        f"[{min(pairs):.2f}-{max(pairs):.2f}], {len(pairs)} pairs; "
        f"{medians[0]:.3f} s against {medians[1]:.3f} s"
    )
    return Figure(name, statistics.median(pairs), "", detail, at_most=gate)


def _must_be_exact(law: Law) -> None:
    """Hold some scenarios against plain SQL that asks each rule by itself."""
    shown, chance = outcomes_by_scenario(law), random.Random(1)
    for cell in chance.sample(range(law.grid.size), 6):
        use = law.grid.uses[cell % len(law.grid.uses)]
        place = law.grid.representative(cell // len(law.grid.uses))
        if Counter(dict(_asked_plainly(law, use, place))) != shown[cell]:
            raise RuntimeError(f"The scenario {use} in {place} is not what plain SQL says.")


def _asked_plainly(law: Law, use: str, place: str) -> list[tuple[Outcome, int]]:
    req = {"use": use, "jurisdiction": place, "commercial": True, "date": law.moment}
    arms, values = ["0"], []
    for rule in law.rules:
        if rule.territories is None or place in rule.territories:
            text, more = Sql(req, rule.parameters, "listing").write(rule.compiled.tree)
            arms.append(f"case when {text} then {int(rule.source.outcome)} else 0 end")
            values += more
    facts = facts_on(law.moment.date())
    found = _sql(
        f"select greatest({', '.join(arms)}) as outcome, count(*) from {facts[0]} listing "
        "where listing.listed and listing.current group by 1",
        [*values, *facts[1]],
    )
    return [(Outcome(outcome), listings) for outcome, listings in found]
