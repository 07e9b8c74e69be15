import datetime as dt
import random
from itertools import combinations, product

import pytest

from apps.compliance.cures import Change, changed, cures
from apps.policy.engine import Outcome, compile_ruleset

DAY = dt.date(2026, 11, 23)
FACTS = {
    "task": "text-generation",
    "has_model_card": False,
    "open_incidents": 0,
    "provider_verified": False,
    "downloads": 10,
    "tags": ["chat"],
    "use_restrictions": [],
    "evals": [],
    "provider_country": "IN",
    "provider_verified_provenance": "declared",
}


def found(*rules, least=Outcome.ALLOW, **facts):
    """What would turn the answer of rules, given as expression and outcome."""
    told = FACTS | facts
    ruleset = compiled(*rules)
    judge = lambda one: ruleset.decide(one, {}).outcome  # noqa: E731 - as a ruleset is asked
    return cures(judge, zip(ruleset.sources, ruleset.compiled, strict=True), told, DAY, least=least)


def compiled(*rules):
    return compile_ruleset(
        {"id": f"R{n}", "when": when, "effect": effect} for n, (when, effect) in enumerate(rules)
    )


def test_one_fact_that_turns_it_is_named_with_its_value():
    [cure] = found(("!listing.has_model_card", "prohibit"))

    assert cure.outcome is Outcome.ALLOW
    assert cure.changes == (Change("has_model_card", False, True),)


def test_a_result_is_told_at_the_threshold_nearest_to_the_rule():
    over = "!has(listing.eval_toxicity) || listing.eval_toxicity > 0.3"

    [missing] = found((over, "suspend"))
    [high] = found((over, "suspend"), eval_toxicity=0.8, evals=[{"kind": "toxicity", "score": 0.8}])

    assert missing.changes == (Change("evals.toxicity", None, 0.3),)
    assert high.changes == (Change("evals.toxicity", 0.8, 0.3),)


def test_several_facts_are_told_together_where_none_is_enough():
    rules = (
        ("!listing.has_model_card", "prohibit"),
        ("!(has(listing.human_oversight) && listing.human_oversight)", "suspend"),
    )

    first, second = found(*rules)

    assert (first.outcome, [one.fact for one in first.changes]) == (
        Outcome.SUSPEND, ["has_model_card"],
    )  # fmt: skip
    assert second.outcome is Outcome.ALLOW
    assert {one.fact for one in second.changes} == {"has_model_card", "human_oversight"}


def test_alternatives_of_the_same_size_stand_side_by_side():
    both = "!listing.has_model_card && !listing.provider_verified"

    assert {cure.changes[0].fact for cure in found((both, "prohibit"))} == {
        "has_model_card", "provider_verified",
    }  # fmt: skip


def test_a_change_that_sets_off_another_rule_is_no_cure():
    rules = (
        ("!listing.has_model_card", "restrict"),
        ("listing.has_model_card && !listing.provider_verified", "prohibit"),
    )

    [cure] = found(*rules)

    assert {one.fact for one in cure.changes} == {"has_model_card", "provider_verified"}


def test_what_a_model_is_or_has_done_is_not_for_its_provider_to_change():
    assert found(('listing.task == "text-generation"', "prohibit")) == ()
    assert found(("listing.open_incidents > 2", "suspend"), open_incidents=3) == ()


def test_where_only_attested_evidence_counts_it_is_asked_for():
    wanted = (
        "has(listing.eval_bias_gap) && has(listing.eval_bias_gap_provenance) "
        '&& listing.eval_bias_gap_provenance == "attested" && listing.eval_bias_gap <= 0.1'
    )

    [cure] = found((f"!({wanted})", "condition"))

    assert cure.changes == (
        Change("eval_bias_gap_provenance", None, "attested"),
        Change("evals.bias_gap", None, 0.1),
    )


def test_an_old_evaluation_is_made_anew():
    old = "!has(listing.eval_age_days) || listing.eval_age_days > 365"

    [cure] = found((old, "condition"), eval_age_days=500, eval_date="2025-07-01")

    assert cure.changes == (Change("eval_date", "2025-07-01", "2026-11-23"),)


def test_an_evaluation_of_a_kind_that_a_rule_looks_for_is_proposed():
    missing = '!listing.evals.exists(e, e.kind == "redteam" && e.score >= 0.8)'

    [cure] = found((missing, "condition"))

    assert cure.changes == (Change("evals.redteam", None, 0.8),)


def test_nothing_is_looked_for_below_what_measures_hold():
    assert found(("!listing.has_model_card", "suspend"), least=Outcome.SUSPEND) == ()


def test_a_new_result_is_dated_and_declared():
    after = changed(FACTS, {"evals.toxicity": 0.2}, DAY)

    assert after["evals"] == [{"kind": "toxicity", "score": 0.2}]
    assert (after["eval_toxicity"], after["eval_age_days"]) == (0.2, 0)
    assert after["eval_toxicity_provenance"] == "declared"
    assert FACTS["evals"] == []


ATOMS = (
    "listing.has_model_card",
    "listing.provider_verified",
    "(has(listing.human_oversight) && listing.human_oversight)",
    "(has(listing.eval_toxicity) && listing.eval_toxicity <= 0.3)",
    "(has(listing.eval_bias_gap) && listing.eval_bias_gap < 0.2)",
    "(has(listing.eval_age_days) && listing.eval_age_days < 100)",
    'listing.evals.exists(e, e.kind == "redteam" && e.score > 0.5)',
)
# Every value that can matter to these, in finer steps than the search takes.
GRID = {
    "has_model_card": [True],
    "provider_verified": [True],
    "human_oversight": [True, False],
    "evals.toxicity": [0.1, 0.3, 0.31, 0.9],
    "evals.bias_gap": [0.1, 0.19, 0.2, 0.21, 0.9],
    "evals.redteam": [0.1, 0.5, 0.51, 0.9],
    "eval_date": [DAY.isoformat()],
}


def expression(dice: random.Random) -> str:
    parts = [dice.choice(("", "!")) + atom for atom in dice.sample(ATOMS, dice.randint(1, 3))]
    return f" {dice.choice(('&&', '||'))} ".join(parts)


def smallest(ruleset, outcome) -> tuple[int, Outcome] | None:
    """The size and outcome of the best that brute force finds with the fewest changes."""
    for size in (1, 2, 3):
        best = min(
            ruleset.decide(changed(FACTS, dict(zip(names, values, strict=True)), DAY), {}).outcome
            for names in combinations(GRID, size)
            for values in product(*(GRID[name] for name in names))
        )
        if best < outcome:
            return size, best
    return None


@pytest.mark.parametrize("seed", range(60))
def test_the_smallest_cure_is_that_of_brute_force(seed):
    dice = random.Random(seed)
    rules = [(expression(dice), dice.choice(("condition", "suspend", "prohibit"))) for _ in "abc"]
    ruleset = compiled(*rules)

    told = found(*rules)

    expected = smallest(ruleset, ruleset.decide(FACTS, {}).outcome)
    assert ((told and (len(told[0].changes), told[0].outcome)) or None) == expected
    for cure in told:
        changes = {one.fact: one.after for one in cure.changes}
        assert ruleset.decide(changed(FACTS, changes, DAY), {}).outcome is cure.outcome
