"""What the solver says of a rule holds for every listing; seeded bad rules are all caught."""

import datetime as dt

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from apps.policy.engine import (
    VOCABULARY,
    Mode,
    Outcome,
    RuleError,
    RuleSource,
    compile_rule,
    types_of,
)
from apps.policy.engine import proof as proving
from apps.policy.engine.emptiness import coverage, vacuity
from apps.policy.engine.limits import NODES
from apps.policy.engine.nodes import Read, Root, walk
from apps.policy.engine.proof import Proof, Ruled
from tests.policy.engine.fuzz import LANGUAGE, MOMENTS, PARAMS, FactMaker, RuleMaker

KNOWN = VOCABULARY.with_values(Root.REQ, "use", ["general", "medical", "workplace"]).with_values(
    Root.REQ, "jurisdiction", ["*", "EU", "FR", "IN"]
)
FACTS = {
    fact.name: FactMaker(1)._fact(fact) for fact in VOCABULARY.listing.values() if not fact.optional
}
HELD = {name: tuple(value) if isinstance(value, list) else value for name, value in PARAMS.items()}


def ruled(expression, name="mine", outcome=Outcome.SUSPEND, **scope):
    source = RuleSource(id=name, expression=expression, outcome=outcome, **scope)
    known = KNOWN.with_parameters(types_of(source.parameters))
    return Ruled(source, compile_rule(expression, known))


def reason(expression, **scope):
    found = vacuity(ruled(expression, **scope), KNOWN)
    return found.reason if found else ""


NEVER = [
    "listing.open_incidents > 3 && listing.open_incidents < 2",
    "listing.open_incidents == 3 && listing.open_incidents != 3",
    'listing.task == "asr" && listing.task == "chat"',
    'listing.task in ["asr", "chat"] && !(listing.task == "asr") && listing.task != "chat"',
    'listing.task == "asr" && listing.task.startsWith("text")',
    'listing.task == "asr" && listing.task.endsWith("x")',
    'listing.task == "asr" && listing.task.contains("q")',
    'listing.task == "asr" && size(listing.task) > 3',
    'listing.task < "a" && listing.task > "b"',
    'listing.task in ["a", "b", "c"] && listing.task > "a" && listing.task < "b"',
    'listing.task in ["b", "a"] && listing.task in ["c", "d"]',
    "listing.downloads in [1, 2, 3] && listing.downloads > 1 && listing.downloads != 2 "
    "&& listing.downloads < 3",
    "listing.has_model_card && !listing.has_model_card",
    "listing.has_model_card == true && listing.has_model_card == false",
    "has(listing.licence) && !has(listing.licence)",
    '!has(listing.licence) && has(listing.licence) && listing.licence == "mit"',
    "has(listing.eval_toxicity) && listing.eval_toxicity > 0.3 && listing.eval_toxicity < 0.2",
    "has(listing.params_b) && listing.params_b >= 7.0 && listing.params_b < 7.0",
    '"nsfw" in listing.tags && size(listing.tags) == 0',
    "size(listing.tags) < 0",
    'size(listing.evals) == 0 && listing.evals.exists(e, has(e.kind) && e.kind == "bias")',
    "size(listing.evals) == 0 && !listing.evals.all(e, has(e.score))",
    '["a", "b"].exists(t, t == listing.task) && listing.task == "c"',
    '["a", "b"].all(t, t == listing.task)',
    'req.use == "medical" && req.use == "workplace"',
    'req.use != "general" && req.use != "medical" && req.use != "workplace"',
    'listing.provider_country == req.jurisdiction && req.jurisdiction == "FR" '
    '&& listing.provider_country == "IN"',
    'has(listing.eval_date) && listing.eval_date > timestamp("2026-01-01T00:00:00Z") '
    '&& req.date < timestamp("2026-01-01T00:00:00Z") '
    '&& req.date - listing.eval_date > duration("24h")',
    'req.date < timestamp("2026-01-01T00:00:00Z") && req.date > timestamp("2027-01-01T00:00:00Z")',
    'has(listing.licence) && listing.licence_provenance == "declared" '
    '&& listing.licence_provenance == "attested"',
    'listing.task_provenance != "declared" && listing.task_provenance != "attested" '
    '&& listing.task_provenance != "decided"',
    "listing.downloads > 3 && (listing.downloads < 2 || listing.downloads == 1)",
    "false",
]
ALWAYS = [
    "true",
    "listing.open_incidents > 3 || listing.open_incidents <= 3",
    "has(listing.licence) || !has(listing.licence)",
    'listing.task != "asr" || listing.task != "chat"',
    "!(listing.has_model_card && !listing.has_model_card)",
    "size(listing.tags) >= 0",
    'req.use in ["general", "medical", "workplace"]',
    '!has(listing.licence) || listing.licence != "mit" || listing.licence.startsWith("m")',
    "listing.tags.all(t, t == 'a') || size(listing.tags) > 0",
    "!has(listing.eval_toxicity) || listing.eval_toxicity <= 0.5 || listing.eval_toxicity > 0.4",
]
SOUND = [
    'listing.task == "asr" && listing.task.startsWith("a")',
    'listing.task >= "a" && listing.task < "b"',
    '(listing.task in ["a", "b"] || listing.has_model_card) && listing.task > "a" '
    '&& listing.task < "b"',
    "listing.downloads in [1, 2, 3, 7] && listing.downloads > 3",
    "listing.downloads in [5, -5, 5]",
    "has(listing.params_b) && listing.params_b > 7.0",
    "!has(listing.eval_toxicity) || listing.eval_toxicity > 0.3",
    'listing.evals.exists(e, has(e.kind) && e.kind == "bias") && size(listing.evals) == 1',
    'has(listing.eval_date) && req.date - listing.eval_date > duration("8760h")',
    '"nsfw" in listing.tags && !("safe" in listing.tags)',
]


@pytest.mark.parametrize("expression", NEVER)
def test_a_rule_that_can_never_fire_is_refused(expression):
    assert reason(expression).endswith("the rule can never fire.")


@pytest.mark.parametrize("expression", ALWAYS)
def test_a_rule_that_always_fires_is_refused(expression):
    assert reason(expression) == "This holds for every listing and every request."


@pytest.mark.parametrize("expression", SOUND)
def test_a_rule_that_can_fire_and_need_not_passes(expression):
    assert reason(expression) == ""


def test_the_parts_that_do_not_go_together_are_named_at_their_place():
    found = vacuity(
        ruled(
            'listing.task == "asr" &&\n  listing.downloads > 9 && listing.has_model_card &&\n'
            "  listing.downloads < 3"
        ),
        KNOWN,
    )

    assert found.reason == (
        "“listing.downloads > 9” and “listing.downloads < 3” never hold together, "
        "so the rule can never fire."
    )
    assert (found.line, found.column) == (2, 3)


@pytest.mark.parametrize(
    "scope",
    [
        {"uses": frozenset({"workplace"})},
        {"jurisdictions": frozenset({"FR"})},
        {"until": dt.datetime(2026, 1, 1, tzinfo=dt.UTC)},
        {"since": dt.datetime(2028, 1, 1, tzinfo=dt.UTC)},
        {"parameters": {"word": "mit"}},
    ],
)
def test_scope_and_parameters_count(scope):
    expression = (
        'req.use == "medical" && req.jurisdiction == "IN" && has(listing.licence) '
        '&& req.date > timestamp("2026-06-01T00:00:00Z") '
        '&& req.date < timestamp("2027-06-01T00:00:00Z") && listing.licence == "gpl"'
    )
    if "parameters" in scope:
        expression += " && listing.licence == param.word"

    assert reason(expression, **scope).endswith("the rule can never fire.")
    assert reason(expression.replace(" && listing.licence == param.word", "")) == ""


LARGE = "has(listing.params_b) && listing.params_b > 7.0"
WIDER = {"outcome": Outcome.PROHIBIT}


def covering(mine, other):
    return [fault.reason for fault in coverage(mine, [other], KNOWN)]


def test_a_rule_that_another_covers_is_refused_and_names_it():
    mine = ruled("has(listing.params_b) && listing.params_b > 70.0 && listing.has_model_card")

    [said] = covering(mine, ruled(LARGE, "R-1", Outcome.PROHIBIT))

    assert said.startswith("Wherever this fires, R-1 fires already")


@pytest.mark.parametrize(
    ("mine", "other"),
    [
        ({"outcome": Outcome.PROHIBIT}, {"outcome": Outcome.SUSPEND}),
        ({"mode": Mode.ENFORCE}, {"mode": Mode.WARN}),
        ({"duties": ("report",)}, {}),
        ({"outcome": Outcome.CONDITION, "conditions": ("notice",)}, {"outcome": Outcome.CONDITION}),
        (
            {"outcome": Outcome.RESTRICT, "allowed": frozenset({"FR"})},
            {"outcome": Outcome.RESTRICT, "allowed": frozenset({"FR", "IN"})},
        ),
        ({}, {"uses": frozenset({"medical"})}),
        ({}, {"jurisdictions": frozenset({"EU", "FR"})}),
        ({}, {"until": dt.datetime(2027, 1, 1, tzinfo=dt.UTC)}),
        ({}, {"since": dt.datetime(2027, 1, 1, tzinfo=dt.UTC)}),
    ],
)
def test_a_rule_with_more_effect_firmness_or_reach_is_not_covered(mine, other):
    assert covering(ruled(LARGE, **mine), ruled(LARGE, "R-1", **other)) == []
    assert covering(ruled(LARGE, **mine), ruled(LARGE, "R-1", **mine)) != []


def test_the_next_version_of_a_rule_is_not_held_against_the_last():
    assert covering(ruled(LARGE, "R-1"), ruled(LARGE, "R-1")) == []


def test_rules_that_meet_are_listed_with_an_example_for_which_both_fire():
    mine = ruled('has(listing.params_b) && listing.params_b > 70.0 && "nsfw" in listing.tags')
    apart = ruled('!("nsfw" in listing.tags)', "R-2")
    meets = ruled('req.use == "medical" && has(listing.licence) && listing.licence != "mit"', "R-3")

    [found] = Proof(mine, [apart, meets], KNOWN).overlaps()

    listing, req = found.example
    assert found.other.id == "R-3"
    assert mine.compiled.evaluate(listing, req)
    assert meets.compiled.evaluate(listing, req)
    assert listing["tags"] == ["nsfw"]


def test_a_meeting_that_only_the_solver_sees_has_no_example():
    mine = ruled('listing.task.startsWith("ab")')
    other = ruled('listing.task.endsWith("cd")', "R-2")

    [found] = Proof(mine, [other], KNOWN).overlaps()

    assert found.example is None


def test_a_rule_beyond_the_solvers_steps_is_refused(monkeypatch):
    monkeypatch.setattr(proving, "STEPS", 1)
    parts = " && ".join(f"listing.downloads != {number}" for number in range(60))

    found = vacuity(ruled(f"({parts}) || listing.has_model_card"), KNOWN)

    assert isinstance(found, RuleError)
    assert "too intricate" in found.reason


@settings(max_examples=60, deadline=None)
@given(st.integers(min_value=0, max_value=10**9))
def test_what_the_solver_says_holds_for_random_listings(seed):
    maker = RuleMaker(seed)
    one, two = (_guarded(maker.rule()) for _ in range(2))
    assume(one and two and max(_parts(one), _parts(two)) < NODES // 2 - 2)
    never, always = _random(f"({one}) && !({one})"), _random(f"({one}) || !({one})")
    narrower = _random(f"({one}) && ({two})")

    assert vacuity(never, LANGUAGE).reason.endswith("the rule can never fire.")
    assert vacuity(always, LANGUAGE).reason.startswith("This holds for every")
    assert coverage(narrower, [_random(one, "R-1")], LANGUAGE)
    _hold(_random(one), _random(two, "R-1"), FactMaker(seed))


def _parts(expression):
    return sum(1 for _node in walk(compile_rule(expression, LANGUAGE).tree))


def _random(expression, name="mine"):
    source = RuleSource(id=name, expression=expression, outcome=Outcome.SUSPEND, parameters=HELD)
    return Ruled(source, compile_rule(expression, LANGUAGE))


def _guarded(expression):
    """Return a random rule that asks for every fact first; nothing where parts of facts lack."""
    tree = compile_rule(expression, LANGUAGE).tree
    lacking = {node.name.removesuffix("_provenance") for node in walk(tree) if _optional(node)}
    whole = " && ".join([*(f"has(listing.{name})" for name in sorted(lacking)), f"({expression})"])
    return "" if compile_rule(whole, LANGUAGE).unguarded() else whole


def _optional(node):
    return isinstance(node, Read) and node.optional


def _hold(mine, other, facts):
    """Hold what is said of two rules against forty listings and requests."""
    found, covered = vacuity(mine, LANGUAGE), bool(coverage(mine, [other], LANGUAGE))
    for _ in range(40):
        listing = FACTS | {
            name: value
            for name, value in facts.listing().items()
            if not (name == "evals" and any(len(one) < 2 for one in value))
        }
        req = {"use": "a", "jurisdiction": "FR", "commercial": True, "date": MOMENTS[0]}
        fires = mine.compiled.evaluate(listing, req, PARAMS)
        assert not (found and "never fire" in found.reason and fires)
        assert not (found and "every listing" in found.reason and not fires)
        assert not (covered and fires and not other.compiled.evaluate(listing, req, PARAMS))
