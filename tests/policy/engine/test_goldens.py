"""What an author says that a rule answers is read strictly, and held to."""

import pytest

from apps.policy.engine import Outcome, RuleError, RuleSource, compile_rule
from apps.policy.engine.goldens import (
    Golden,
    facts_kept,
    facts_read,
    facts_typed,
    facts_written,
    golden_faults,
)
from apps.policy.engine.proof import Ruled
from apps.policy.engine.suggesting import suggestions
from apps.policy.selectors import shipped_vocabulary

KNOWN = shipped_vocabulary()
EXPRESSION = 'listing.task == "asr" && listing.downloads > 5'


def ruled(expression: str = EXPRESSION, **scope: object) -> Ruled:
    source = RuleSource(id="R", expression=expression, outcome=Outcome.SUSPEND, **scope)
    return Ruled(source, compile_rule(expression, KNOWN))


def golden(text: str, *, fires: bool) -> Golden:
    return Golden(*facts_read(text, KNOWN), fires)


def test_facts_are_read_one_to_a_line_and_written_back():
    text = (
        'listing.evals = [{"kind": "redteam", "score": 0.5}]\n'
        'listing.eval_date = timestamp("2026-06-01T00:00:00Z")\n\n'
        "  listing.params_b == 7\n"
        'listing.licence_provenance = "attested"\n'
        'req.use = "medical"'
    )

    listing, req = facts_read(text, KNOWN)

    assert listing == {
        "evals": [{"kind": "redteam", "score": 0.5}],
        "eval_date": "2026-06-01T00:00:00Z",
        "params_b": 7.0,
        "licence_provenance": "attested",
    }
    assert isinstance(listing["params_b"], float)
    assert req == {"use": "medical"}
    assert facts_read(facts_written(listing, req), KNOWN) == (listing, req)
    assert facts_typed(*facts_kept(text), KNOWN) == (listing, req)


UNREAD = [
    ("listing.task", 1, 1, "This is no fact."),
    ("param.max = 3", 1, 1, "This is no fact."),
    ('\nlisting.taks = "asr"', 2, 1, "listing.taks is not in the vocabulary."),
    ("listing.task = asr", 1, 16, "asr is no value."),
    ("listing.task = 3", 1, 1, "listing.task is string; this is 3."),
    ("listing.downloads = 3.5", 1, 1, "listing.downloads is int; this is 3.5."),
    ("listing.downloads = true", 1, 1, "listing.downloads is int; this is true."),
    ("listing.downloads = 9223372036854775808", 1, 1, "listing.downloads cannot hold this value."),
    ("listing.params_b = 1e999", 1, 1, "listing.params_b cannot hold this value."),
    ("listing.params_b = NaN", 1, 20, "NaN is no value."),
    (r'listing.task = "a\u0000"', 1, 1, "listing.task cannot hold this value."),
    ('listing.tags = "nsfw"', 1, 1, 'listing.tags is list(string); this is "nsfw".'),
    ('listing.evals = [{"knd": "a"}]', 1, 1, "An element of listing.evals has other parts."),
    ('listing.eval_date = "June"', 1, 1, 'listing.eval_date is timestamp; this is "June".'),
    ('req.use = "medcal"', 1, 1, "“medcal” is no value of req.use."),
    ('listing.task_provenance = "x"', 1, 1, "“x” is no value of listing.task_provenance."),
    ('req.use_provenance = "declared"', 1, 1, "req.use_provenance is not in the vocabulary."),
    ("x" * 4_001, 1, 1, "An example has 4000 characters at most."),
]


@pytest.mark.parametrize(("text", "line", "column", "reason"), UNREAD)
def test_what_is_no_fact_is_refused_with_its_place(text, line, column, reason):
    with pytest.raises(RuleError) as refused:
        facts_read(text, KNOWN)

    error = refused.value
    assert (error.reason, error.line, error.column) == (reason, line, column)


def test_a_wrong_example_says_its_number_and_what_the_rule_said():
    wrong = golden('listing.task = "asr"\nlisting.downloads = 5', fires=True)
    silent = golden('listing.task = "asr"\nlisting.downloads = 6', fires=False)
    open_ = golden('listing.task = "asr"', fires=True)

    found = list(golden_faults(ruled(), [wrong, silent, open_, wrong], wanted=False))

    assert [(number, error.reason) for number, error in found] == [
        (
            1,
            "Example 1 is to fire, and the rule does not fire: "
            "“listing.downloads > 5” does not hold.",
        ),
        (2, "Example 2 is not to fire, and the rule fires."),
        (3, "Example 3 has no answer: listing.downloads is missing."),
        (4, "Example 4 repeats example 1."),
    ]


def test_three_of_each_answer_are_needed():
    found = list(golden_faults(ruled(), [golden('listing.task = "a"', fires=False)]))

    assert [(number, error.reason) for number, error in found] == [
        (0, "Of 3 examples that fire, 0 are written."),
        (0, "Of 3 examples that do not fire, 1 are written."),
    ]


def test_an_example_outside_the_scope_does_not_fire():
    rule = ruled(uses=frozenset({"medical"}), jurisdictions=frozenset({"IN", "FR"}))
    facts = 'listing.task = "asr"\nlisting.downloads = 6'
    there = golden(f'{facts}\nreq.jurisdiction = "FR"', fires=True)
    other_use = golden(f'{facts}\nreq.use = "finance"', fires=False)
    elsewhere = golden(f'{facts}\nreq.jurisdiction = "US"', fires=True)

    [(number, error)] = golden_faults(rule, [there, other_use, elsewhere], wanted=False)

    assert number == 3
    assert error.reason.endswith("the request lies outside its uses or territories.")


OFFERED = [
    "!listing.has_model_card",
    'listing.task == "text-generation"',
    "req.use in listing.use_restrictions",
    'req.commercial && has(listing.licence) && listing.licence in ["mit", "x"]',
    'has(listing.eval_date) && req.date - listing.eval_date > duration("24h")',
    '"nsfw" in listing.tags && !("age-gate" in listing.tags)',
    'listing.evals.exists(e, e.kind == "redteam" && has(e.score) && e.score < 0.6)',
    "!has(listing.eval_bias_gap) || listing.eval_bias_gap > 0.1 || listing.downloads > 9",
]


@pytest.mark.parametrize("expression", OFFERED)
def test_the_solver_offers_enough_examples_that_the_rule_answers_so(expression):
    rule = ruled(expression, uses=frozenset({"medical"}))

    offered = suggestions(rule, KNOWN)

    assert list(golden_faults(rule, offered)) == []
    for one in offered:
        assert facts_read(facts_written(one.listing, one.req), KNOWN) == (one.listing, one.req)


def test_each_branch_has_an_example_of_its_own():
    offered = suggestions(ruled(OFFERED[-1]), KNOWN)

    fires = [dict(one.listing) for one in offered if one.fires]
    assert any("eval_bias_gap" not in facts for facts in fires)
    assert any(facts.get("eval_bias_gap", 0) > 0.1 for facts in fires)
    assert any(facts.get("downloads", 0) > 9 for facts in fires)
