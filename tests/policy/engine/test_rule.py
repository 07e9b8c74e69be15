import pytest

from apps.policy.engine import VOCABULARY, RuleError, compile_part, compile_rule
from apps.policy.engine.types import DOUBLE, STRING

LISTING = {"task": "text-generation", "eval_toxicity": 0.4, "tags": ["nsfw"], "downloads": 7}
REQ = {"use": "medical", "jurisdiction": "FR", "commercial": True, "date": "2026-11-23"}


def test_a_rule_reads_listing_request_and_parameters():
    rule = compile_rule(
        "listing.eval_toxicity > param.max && req.use == 'medical'",
        VOCABULARY.with_parameters({"max": DOUBLE}),
    )

    assert rule.evaluate(LISTING, REQ, {"max": 0.3}) is True
    assert rule.evaluate(LISTING, REQ, {"max": 0.5}) is False


def test_the_type_of_an_open_parameter_is_told_by_its_use():
    rule = compile_rule(
        "listing.eval_toxicity > param.max || param.word in listing.tags", VOCABULARY
    )

    assert rule.parameters == {"max": DOUBLE, "word": STRING}


def test_a_missing_fact_is_an_error_with_its_place():
    rule = compile_rule("listing.task == 'asr' ||\n listing.params_b > 7.0", VOCABULARY)

    with pytest.raises(RuleError, match="listing.params_b is missing") as refusal:
        rule.evaluate(LISTING, REQ, {})

    assert (refusal.value.line, refusal.value.column) == (2, 2)
    assert rule.sql(REQ, {})[1] == ["asr", 7.0]


@pytest.mark.parametrize(
    ("source", "verdict"),
    [
        ("listing.params_b > 7.0 || true", True),
        ("true || listing.params_b > 7.0", True),
        ("listing.params_b > 7.0 && false", False),
        ("listing.tags.exists(t, t == listing.licence || t == 'nsfw')", True),
    ],
)
def test_an_error_is_absorbed_on_either_side(source, verdict):
    assert compile_rule(source, VOCABULARY).evaluate(LISTING, REQ, {}) is verdict


def test_moments_may_be_days_moments_or_texts():
    rule = compile_rule("req.date - listing.eval_date >= duration('24h')", VOCABULARY)

    assert rule.evaluate({"eval_date": "2026-11-22"}, REQ) is True
    assert rule.evaluate({"eval_date": "2026-11-22T00:00:01+00:00"}, REQ) is False


def test_a_fact_of_another_form_is_refused_not_guessed():
    rule = compile_rule("listing.downloads > 3", VOCABULARY)

    with pytest.raises(RuleError, match="another form than the vocabulary says"):
        rule.evaluate({"downloads": "many"}, REQ)


def test_the_trace_shows_each_part_with_what_it_read():
    rule = compile_rule(
        "listing.task == 'text-generation' "
        "&& (listing.params_b > 7.0 || listing.eval_toxicity > 0.3)",
        VOCABULARY,
    )

    trace = rule.explain(LISTING, REQ)

    assert trace.value is True
    task, size = trace.steps
    assert (task.text, task.value, task.column) == ("listing.task == 'text-generation'", True, 1)
    assert task.reads == {"listing.task": "text-generation"}
    assert [(step.text, step.value) for step in size.steps] == [
        ("listing.params_b > 7.0", None),
        ("listing.eval_toxicity > 0.3", True),
    ]


def test_nothing_but_whitelisted_names_can_be_reached():
    with pytest.raises(RuleError):
        compile_rule("listing.__class__ == 'a'", VOCABULARY)
    with pytest.raises(RuleError):
        compile_rule("moment(listing.task) == 'a'", VOCABULARY)

    rule = compile_rule("""listing.task == "'] or __import__('os')" """, VOCABULARY)

    assert rule.evaluate(LISTING, REQ) is False


def test_a_clause_is_a_conjunct_or_a_disjunct_of_its_rule():
    rule = compile_rule("listing.downloads > 3 && (req.use == 'a' || req.commercial)", VOCABULARY)

    assert rule.holds_part(compile_part("req.use  ==  'a' || req.commercial", VOCABULARY))
    assert rule.holds_part(compile_part("req.commercial", VOCABULARY))
    assert rule.holds_part(compile_part(rule.source, VOCABULARY))
    assert not rule.holds_part(compile_part("listing.downloads > 4", VOCABULARY))
    assert not rule.holds_part(compile_part("listing.downloads > 3 && req.commercial", VOCABULARY))


def test_columns_carry_the_alias_that_is_asked_for():
    text, values = compile_rule("listing.downloads > 3", VOCABULARY).sql(REQ, {}, alias="f")

    assert (text, values) == ('("f"."downloads" > CAST(%s AS bigint))', [3])


def test_texts_are_ordered_by_code_point_whatever_the_databases_collation():
    text, _values = compile_rule("listing.task < 'a'", VOCABULARY).sql(REQ, {})

    assert text == '("task" COLLATE "C" < CAST(%s AS text))'
