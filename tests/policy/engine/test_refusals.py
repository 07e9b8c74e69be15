import pytest

from apps.policy.engine import VOCABULARY, RuleError, compile_rule
from apps.policy.engine.nodes import Root

REFUSED = [
    ("", 1, 1, "The rule is empty."),
    ('listing.taks == "asr"', 1, 1, "listing.taks is not in the vocabulary."),
    ("listing.task == 3", 1, 17, "string is compared with int."),
    ("listing.downloads > 3.5", 1, 21, "int is compared with double."),
    ("listing.task = 3", 1, 14, "The sign = is not read here."),
    ("not listing.has_model_card", 1, 5, "listing is not expected here."),
    ("listing.has_model_card and true", 1, 24, "and is not expected here."),
    ("listing.task == null", 1, 17, "There is no null here."),
    ("listing.task.matches('a')", 1, 1, "There is no function matches."),
    ("now() > req.date", 1, 1, "There is no function now."),
    ("listing.has_model_card ? true : false", 1, 24, "The sign ? is not read here."),
    ("1 + 2 > 3", 1, 3, "The sign + is not read here."),
    ("listing.downloads >\n  ", 1, 20, "The rule ends too early."),
    ("listing.task ==\n  foo", 2, 3, "foo is not known here."),
    ("listing", 1, 1, "listing stands alone."),
    ("listing.task", 1, 1, "A yes or no is needed here; this is string."),
    (
        "listing.task.name == 'a'",
        1,
        1,
        "Only listing, req, param and a macro’s element have parts.",
    ),
    ("listing.task in []", 1, 17, "An empty list holds nothing."),
    ("listing.task in ['a', 1]", 1, 23, "The list begins with string; this is int."),
    ("listing.task in [listing.licence]", 1, 18, "A list holds written values only."),
    ("'a' in listing.task", 1, 8, "in needs a list; this is string."),
    ("3 in listing.tags", 1, 1, "int is sought in list(string)."),
    ("listing.tags == listing.use_restrictions", 1, 1, "Lists are not compared."),
    ("listing.has_model_card < true", 1, 1, "bool has no order."),
    ("listing.tags.contains('a')", 1, 1, "contains needs a text; this is list(string)."),
    ("listing.task.startsWith()", 1, 1, "startsWith is given 0 values."),
    ("size(listing.downloads) > 1", 1, 1, "Only a text or a list has a size; this is int."),
    ("has(param.x)", 1, 1, "A parameter is always there."),
    ("has('x')", 1, 1, "has asks for one fact."),
    ("param.a == param.b", 1, 1, "The type of this parameter is not known."),
    ("listing.tags.exists(t)", 1, 1, "exists takes a name and a condition."),
    ("listing.tags.exists(in, true)", 1, 21, "in is not expected here."),
    ("listing.tags.exists(req, true)", 1, 21, "req cannot name an element."),
    ("listing.task.exists(t, true)", 1, 1, "exists looks through a list; this is string."),
    ("listing.evals.exists(e, e.knd == 'a')", 1, 25, "An element here has no part knd."),
    (
        "listing.tags.exists(t, listing.tags.all(u, u == t))",
        *(1, 24, "Macros do not stand inside one another."),
    ),
    ("req.date - 3 > duration('1h')", 1, 12, "Only moments are subtracted; this is int."),
    ("timestamp('2026-11-23') < req.date", 1, 11, "A moment is written as 2026-11-23T00:00:00Z."),
    (
        "timestamp('1815-12-10T00:00:00Z') < req.date",
        1,
        11,
        "A moment lies between the years 1900 and 2189.",
    ),
    ("timestamp('2026-13-23T00:00:00Z') < req.date", 1, 11, "month must be in 1..12"),
    ("timestamp(listing.task) < req.date", 1, 1, "timestamp reads a written text."),
    (
        "req.date - req.date > duration('365d')",
        *(1, 32, "A duration is written in hours, minutes and seconds: 8760h, 1h30m."),
    ),
    ("listing.downloads > 9223372036854775808", 1, 21, "This number is too large."),
    ("listing.params_b > 1e999", 1, 20, "This number is too large."),
    (r'listing.task == "a\q"', 1, 17, r"The sign \q is not read here."),
    (r'listing.task == "a\u0000"', 1, 17, "This character cannot stand in a text."),
    ('listing.task == "a', 1, 17, 'The sign " is not read here.'),
    ("listing.task_provenance == 'attestd'", 1, 28, "“attestd” is no value of this fact."),
    ("!" * 50 + "true", 1, 42, "More than 40 brackets are open here."),
    ("(" * 50 + "true" + ")" * 50, 1, 42, "More than 40 brackets are open here."),
    (" && ".join(["true"] * 200), 1, 1, "The rule has 201 parts; 200 are read."),
    ("!" * 12 + "true", 1, 1, "The rule is nested deeper than 12."),
    (f"1 in [{', '.join(['1'] * 501)}]", 1, 6, "The list has 501 values; 500 are read."),
    ("true " * 5000, 1, 1, "The rule has 25000 characters; 20000 are read."),
]


@pytest.mark.parametrize(("source", "line", "column", "reason"), REFUSED)
def test_a_bad_rule_is_refused_with_its_place(source, line, column, reason):
    with pytest.raises(RuleError) as refusal:
        compile_rule(source, VOCABULARY)

    assert (refusal.value.reason, refusal.value.line, refusal.value.column) == (
        reason,
        line,
        column,
    )


REMEDIES = [
    ('listing.taks == "asr"', "Did you mean listing.task?"),
    ("task == 'asr'", "Did you mean listing.task? A text stands in quotation marks."),
    ("listing.has_model_card and true", "Write && for “and”."),
    ("not listing.has_model_card", "Write ! for “not”."),
    ("listing.task = 'asr'", "Write == to compare."),
    ("listing.downloads > 3.5", "Write both as whole numbers, or both with a point, as 3.0."),
    ("listing.task.startswith('a')", "Did you mean startsWith?"),
    ("exists(listing.tags)", "Did you mean ….exists(…)?"),
    ("listing.evals.exists(e, e.knd == 'a')", "Did you mean e.kind?"),
    ("listing.task_provenance == 'attestd'", 'Did you mean "attested"?'),
]


@pytest.mark.parametrize(("source", "remedy"), REMEDIES)
def test_a_refusal_says_what_to_write_instead(source, remedy):
    with pytest.raises(RuleError) as refusal:
        compile_rule(source, VOCABULARY)

    assert refusal.value.remedy == remedy


def test_a_value_that_a_fact_never_has_is_refused():
    uses = VOCABULARY.with_values(Root.REQ, "use", ["medical", "finance"])

    with pytest.raises(RuleError) as refusal:
        compile_rule("req.use in ['finance', 'medcal']", uses)

    assert refusal.value.reason == "“medcal” is no value of this fact."
    assert (refusal.value.column, refusal.value.remedy) == (24, 'Did you mean "medical"?')


def test_only_declared_parameters_are_read_where_some_are_declared():
    known = VOCABULARY.with_parameters({})

    with pytest.raises(RuleError, match="param.max is not among the rule’s parameters"):
        compile_rule("listing.eval_toxicity > param.max", known)
