import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.policy.engine import VOCABULARY, compile_rule
from tests.policy.engine.backends import by_walk
from tests.policy.engine.fuzz import LANGUAGE, PARAMS, FactMaker, RuleMaker

GUARDED = [
    "has(listing.eval_toxicity) && listing.eval_toxicity > 0.3",
    "!has(listing.eval_toxicity) || listing.eval_toxicity > 0.3",
    "!(has(listing.eval_toxicity) && listing.eval_toxicity > 0.3)",
    "!(!has(listing.eval_toxicity) || listing.eval_toxicity > 0.3)",
    "has(listing.licence) && (listing.has_model_card || listing.licence == 'mit')",
    "(!has(listing.licence) || !has(listing.params_b)) || "
    "listing.licence == 'a' && listing.params_b > 1.0",
    "has(listing.eval_date) && req.date - listing.eval_date > duration('8760h')",
    "has(listing.licence) && listing.licence_provenance == 'decided'",
    "has(listing.max_severity) && listing.tags.exists(t, t == 'a' && listing.max_severity > 3)",
    "listing.task_provenance == 'declared'",
]
UNGUARDED = [
    ("listing.eval_toxicity > 0.3", [1]),
    ("listing.eval_toxicity > 0.3 && has(listing.eval_toxicity)", [1]),
    ("has(listing.eval_toxicity) || listing.eval_toxicity > 0.3", [31]),
    ("!has(listing.eval_toxicity) && listing.eval_toxicity > 0.3", [32]),
    ("has(listing.eval_bias_gap) && listing.eval_toxicity > 0.3", [31]),
    ("(has(listing.licence) || has(listing.params_b)) && listing.licence == 'a'", [52]),
    ("listing.eval_toxicity > listing.eval_bias_gap", [1, 25]),
    ("listing.licence_provenance == 'decided'", [1]),
]


@pytest.mark.parametrize("source", GUARDED)
def test_a_guarded_read_passes(source):
    assert compile_rule(source, VOCABULARY).unguarded() == []


@pytest.mark.parametrize(("source", "columns"), UNGUARDED)
def test_an_unguarded_read_is_found_at_its_place(source, columns):
    found = compile_rule(source, VOCABULARY).unguarded()

    assert [fault.column for fault in found] == columns
    assert all("has(listing." in fault.remedy for fault in found)


@settings(max_examples=300, deadline=None)
@given(st.integers(min_value=0, max_value=10**9))
def test_a_rule_that_passes_answers_for_every_listing(seed):
    rule = compile_rule(RuleMaker(seed).rule(), LANGUAGE)
    if rule.unguarded():
        return
    facts = FactMaker(seed)
    request = {"use": "a", "jurisdiction": "FR", "commercial": True, "date": "2026-01-01"}

    for _ in range(20):
        listing = {
            name: value
            for name, value in facts.listing().items()
            if VOCABULARY.listing[name].optional
        }
        whole = {**_whole(seed), **listing}
        assert by_walk(rule, whole, request, PARAMS) is not None


def _whole(seed):
    """Return a listing with every fact that none lacks, and no other."""
    maker = FactMaker(seed)
    facts = {
        name: maker._fact(fact) for name, fact in VOCABULARY.listing.items() if not fact.optional
    }
    return facts | {"evals": [{"kind": "redteam", "score": 0.5}]}
