import datetime as dt
import itertools

import pytest

from apps.policy.engine import HOME, ClauseSource, Mode, Outcome, RuleError, RuleSource
from apps.policy.engine import compile_ruleset as compiled

LISTING = {
    "task": "text-generation",
    "eval_toxicity": 0.4,
    "provider_country": "IN",
    "tags": [],
    "has_model_card": False,
}
REQ = {"use": "medical", "jurisdiction": "FR", "commercial": True, "date": "2026-11-23"}


def rule(name, expression="true", outcome=Outcome.SUSPEND, **facts):
    return RuleSource(id=name, expression=expression, outcome=outcome, **facts)


def test_outcomes_join_to_the_largest_whatever_the_order():
    rules = [
        rule("A", outcome=Outcome.CONDITION, conditions=("notice",)),
        rule("B", outcome=Outcome.SUSPEND, duties=("report",)),
        rule("C", outcome=Outcome.RESTRICT, allowed=frozenset({"IN", "FR"})),
        rule("D", outcome=Outcome.RESTRICT, allowed=frozenset({"IN", "US"})),
        rule("E", "listing.task == 'asr'", Outcome.PROHIBIT),
    ]

    for order in itertools.permutations(rules):
        verdict = compiled(order).decide(LISTING, REQ)
        assert (verdict.outcome, verdict.would_be) == (Outcome.SUSPEND, Outcome.SUSPEND)
        assert verdict.conditions == {"notice"}
        assert verdict.duties == {"report"}
        assert verdict.allowed == {"IN"}
        assert {source.id for source in verdict.fired} == {"A", "B", "C", "D"}


def test_no_rule_leaves_a_listing_allowed():
    verdict = compiled([]).decide(LISTING, REQ)

    assert (verdict.outcome, verdict.allowed, verdict.fired) == (Outcome.ALLOW, None, ())


def test_advise_and_warn_only_say_what_it_would_be():
    rules = [
        rule("A", outcome=Outcome.PROHIBIT, mode=Mode.WARN, conditions=("x",)),
        rule("B", outcome=Outcome.CONDITION, conditions=("y",)),
        rule("C", outcome=Outcome.SUSPEND, mode=Mode.ADVISE),
    ]

    verdict = compiled(rules).decide(LISTING, REQ)

    assert (verdict.outcome, verdict.would_be) == (Outcome.CONDITION, Outcome.PROHIBIT)
    assert verdict.conditions == {"y"}


SCOPES = [
    ({}, True),
    ({"uses": frozenset({"medical"})}, True),
    ({"uses": frozenset({"finance"})}, False),
    ({"jurisdictions": frozenset({"FR", "EU"})}, True),
    ({"jurisdictions": frozenset({"IN"})}, False),
    ({"since": dt.datetime(2026, 11, 23, tzinfo=dt.UTC)}, True),
    ({"since": dt.datetime(2026, 11, 23, 0, 0, 1, tzinfo=dt.UTC)}, False),
    ({"until": dt.datetime(2026, 11, 23, tzinfo=dt.UTC)}, False),
    ({"until": dt.datetime(2026, 11, 23, 0, 0, 1, tzinfo=dt.UTC)}, True),
]


@pytest.mark.parametrize(("scope", "fires"), SCOPES)
def test_scope_is_data_and_time_is_half_open(scope, fires):
    for expression in ("true", "true || listing.params_b > 1.0"):
        verdict = compiled([rule("A", expression, **scope)]).decide(LISTING, REQ)
        assert bool(verdict.fired) is fires

    unread = compiled([rule("A", "listing.params_b > 1.0 || true", **scope)])
    assert bool(unread.decide(LISTING, REQ).fired) is fires


def test_an_exempted_rule_fires_but_is_not_applied():
    rules = compiled([rule("A"), rule("B", outcome=Outcome.CONDITION)])

    verdict = rules.decide(LISTING, REQ, exempt=["A", "Z"])

    assert verdict.outcome is Outcome.CONDITION
    assert [source.id for source in verdict.exempted] == ["A"]
    assert rules.decide(LISTING, REQ).outcome is Outcome.SUSPEND


def test_home_stands_for_the_providers_country():
    rules = compiled([rule("A", outcome=Outcome.RESTRICT, allowed=frozenset({HOME}))])

    assert rules.decide(LISTING, REQ).allowed == {"IN"}
    assert rules.decide(LISTING | {"provider_country": "US"}, REQ).allowed == {"US"}


def test_a_missing_fact_that_decides_is_no_verdict():
    with pytest.raises(RuleError, match="listing.params_b is missing"):
        compiled([rule("A", "listing.params_b > 1.0")]).decide(LISTING, REQ)


def test_a_fired_rule_is_cited_by_the_clauses_that_hold():
    clauses = (
        ClauseSource(1, "A generator,", "listing.task == 'text-generation'"),
        ClauseSource(2, "without a card", "!listing.has_model_card"),
        ClauseSource(3, "or toxic,", "listing.eval_toxicity > param.max"),
        ClauseSource(4, "is suspended."),
    )
    source = rule(
        "A",
        "listing.task == 'text-generation' "
        "&& (!listing.has_model_card || listing.eval_toxicity > param.max)",
        clauses=clauses,
        parameters={"max": 0.5},
    )

    rules = compiled([source])
    [citation] = rules.explain(LISTING, REQ)
    [other] = rules.explain(LISTING | {"eval_toxicity": 0.6}, REQ)

    assert (citation.clauses, other.clauses) == ((1, 2, 4), (1, 2, 3, 4))
    assert [step.value for step in rules.trace(source, LISTING, REQ).steps] == [True, True]


def test_clauses_that_always_hold_are_cited_without_asking_again():
    clauses = (ClauseSource(1, "Some task", "listing.task != 'asr'"), ClauseSource(2, "suspends."))
    rules = compiled([rule("A", "listing.task != 'asr' && req.commercial", clauses=clauses)])
    verdict = rules.decide(LISTING, REQ)

    [citation] = rules.cite(verdict, LISTING, REQ)

    assert citation.clauses == (1, 2)
    assert rules.cite(verdict, LISTING, REQ)[0] is citation


def test_an_exempted_rule_is_not_cited():
    rules = compiled([rule("A"), rule("B")])

    cited = rules.cite(rules.decide(LISTING, REQ, exempt=["A"]), LISTING, REQ)

    assert [citation.rule.id for citation in cited] == ["B"]


def test_rules_come_from_files_too():
    rules = compiled(
        [
            {
                "id": "EVID-TOX-1",
                "clause": "Text generators need a toxicity evaluation not above 0.3.",
                "when": "has(listing.eval_toxicity) && listing.eval_toxicity > param.max",
                "effect": "suspend",
                "mode": "enforce",
                "from": dt.date(2026, 1, 1),
                "jurisdictions": ["FR"],
                "params": {"max": 0.3},
            }
        ]
    )

    assert rules.decide(LISTING, REQ).outcome is Outcome.SUSPEND
    assert rules.decide(LISTING, REQ | {"date": "2025-12-31"}).outcome is Outcome.ALLOW


@pytest.mark.parametrize(
    ("change", "reason", "remedy"),
    [
        ({"effect": "suspended"}, "“suspended” is no effect.", "Did you mean suspend?"),
        ({"efect": "x"}, "There is no key “efect”.", "Did you mean effect?"),
        ({"uses": "medical"}, "“uses” is no list.", "Write uses: [a, b]."),
        ({"from": "soon"}, "“from” is no day.", "Write from: 2026-11-23."),
    ],
)
def test_a_bad_entry_of_a_file_is_refused(change, reason, remedy):
    with pytest.raises(RuleError) as refusal:
        compiled([{"id": "A", "when": "true", "effect": "suspend"} | change])

    assert (refusal.value.reason, refusal.value.remedy) == (reason, remedy)
