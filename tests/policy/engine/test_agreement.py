"""Tree walk, closure, PostgreSQL and Google's CEL answer alike, missing facts included."""

import pytest

from apps.policy.engine import compile_rule
from tests.policy.engine.backends import Oracle, by_closure, by_walk, table
from tests.policy.engine.fuzz import LANGUAGE, PARAMS, FactMaker, RuleMaker

ROWS = 120


def compared(*, rules: int, seed: int) -> dict[bool | None, int]:
    """Compare all verdicts of random rules; return how many there were of each."""
    facts, maker = FactMaker(seed), RuleMaker(seed)
    listings = [facts.listing() for _ in range(ROWS)]
    seen: dict[bool | None, int] = {True: 0, False: 0, None: 0}
    with table(listings) as rows:
        for _ in range(rules):
            source, req = maker.rule(), facts.request()
            rule, oracle = compile_rule(source, LANGUAGE), Oracle(source)
            stored = rows.verdicts(rule, req, PARAMS)
            for listing, from_sql in zip(listings, stored, strict=True):
                expected = oracle.verdict(listing, req, PARAMS)
                found = (
                    by_walk(rule, listing, req, PARAMS),
                    by_closure(rule, listing, req, PARAMS),
                    from_sql,
                )
                assert found == (expected, expected, expected), (source, listing, req)
                seen[expected] += 1
    return seen


def test_four_back_ends_agree_on_random_rules_and_facts():
    seen = compared(rules=200, seed=20261123)

    assert sum(seen.values()) == 24_000
    assert min(seen.values()) > 1_000


@pytest.mark.nightly
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("seed", range(20))
def test_four_back_ends_agree_on_a_million_verdicts(seed):
    seen = compared(rules=420, seed=seed)

    assert sum(seen.values()) == 50_400
