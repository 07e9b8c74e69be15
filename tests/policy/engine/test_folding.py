"""A condition folded for one request says of every listing what the whole says."""

from apps.policy.engine import compile_rule
from apps.policy.engine.errors import RuleError
from apps.policy.engine.folding import folded
from apps.policy.engine.nodes import Literal
from apps.policy.engine.walk import Walker
from tests.policy.engine.fuzz import LANGUAGE, PARAMS, FactMaker, RuleMaker

RULES, LISTINGS = 300, 40


def verdict(tree, listing, req):
    try:
        return Walker(listing, req, PARAMS).value(tree)
    except RuleError:
        return None


def test_what_is_left_answers_as_the_whole_does():
    facts, maker = FactMaker(5), RuleMaker(5)
    listings = [facts.listing() for _ in range(LISTINGS)]
    shorter = 0
    for _ in range(RULES):
        tree, req = compile_rule(maker.rule(), LANGUAGE).tree, facts.request()
        left = folded(tree, req, PARAMS)
        shorter += left != tree
        for listing in listings:
            assert verdict(left, listing, req) == verdict(tree, listing, req)
    assert shorter > RULES / 10


def test_what_the_request_decides_needs_no_listing():
    rule = compile_rule('listing.task == "a" && req.use == "medical"', LANGUAGE)

    elsewhere = folded(rule.tree, {"use": "finance"}, {})
    there = folded(rule.tree, {"use": "medical"}, {})

    assert isinstance(elsewhere, Literal)
    assert elsewhere.value is False
    assert there == rule.tree.items[0]


def test_a_value_that_is_missing_is_left_open():
    rule = compile_rule('req.use == "medical"', LANGUAGE)

    assert folded(rule.tree, {}, {}) == rule.tree
