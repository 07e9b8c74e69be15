"""Each operator over true, false and error, exhaustively, in all four back ends."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.policy.engine import VOCABULARY, Outcome, RuleSource, compile_rule, compile_ruleset
from tests.policy.engine.backends import Oracle, Table, Verdict, by_closure, by_walk, table
from tests.policy.engine.fuzz import LANGUAGE, PARAMS, FactMaker, RuleMaker

REQ = {"use": "a", "jurisdiction": "FR", "commercial": True, "date": "2026-01-01"}
THREE = [True, False, None]


def facts(left: Verdict, right: Verdict) -> dict:
    pairs = {"has_model_card": left, "human_oversight": right}
    return {name: value for name, value in pairs.items() if value is not None}


def answers(rows: Table, listings: list[dict], source: str) -> list[Verdict]:
    """What all four say of each listing, which must be the same."""
    rule, oracle = compile_rule(source, VOCABULARY), Oracle(source)
    found = []
    for listing, stored in zip(listings, rows.verdicts(rule, REQ, {}), strict=True):
        said = {
            oracle.verdict(listing, {**REQ, "date": "2026-01-01T00:00:00Z"}, {}),
            by_walk(rule, listing, REQ, {}),
            by_closure(rule, listing, REQ, {}),
            stored,
        }
        assert len(said) == 1, (source, listing, said)
        found.append(said.pop())
    return found


def test_and_or_not_absorb_errors_on_either_side():
    pairs = list(itertools.product(THREE, THREE))
    listings = [facts(left, right) for left, right in pairs]
    left, right = "listing.has_model_card", "listing.human_oversight"

    with table(listings) as rows:
        both = answers(rows, listings, f"{left} && {right}")
        either = answers(rows, listings, f"{left} || {right}")
        denied = answers(rows, listings, f"!{left}")
        same = answers(rows, listings, f"{left} == {right}")

    assert both == [_and(*pair) for pair in pairs]
    assert either == [_or(*pair) for pair in pairs]
    assert denied == [None if one is None else not one for one, _two in pairs]
    assert same == [None if None in pair else pair[0] == pair[1] for pair in pairs]


def _and(left: Verdict, right: Verdict) -> Verdict:
    if left is False or right is False:
        return False
    return None if left is None or right is None else True


def _or(left: Verdict, right: Verdict) -> Verdict:
    if left is True or right is True:
        return True
    return None if left is None or right is None else False


def test_exists_and_all_absorb_an_elements_error():
    elements = {True: {"score": 0.1}, False: {"score": 0.9}, None: {"kind": "a"}}
    lists = [row for length in range(4) for row in itertools.product(THREE, repeat=length)]
    listings = [{"evals": [elements[answer] for answer in row]} for row in lists] + [{}]

    with table(listings) as rows:
        some = answers(rows, listings, "listing.evals.exists(e, e.score < 0.5)")
        every = answers(rows, listings, "listing.evals.all(e, e.score < 0.5)")

    assert len(lists) == 40
    assert some == [_fold(_or, row, start=False) for row in lists] + [None]
    assert every == [_fold(_and, row, start=True) for row in lists] + [None]


def _fold(join, row, *, start: Verdict) -> Verdict:
    for answer in row:
        start = join(start, answer)
    return start


def test_a_missing_value_is_no_member_of_any_list_not_even_an_empty_one():
    listings = [{"tags": []}, {"tags": ["a"], "licence": "a"}, {"tags": [], "licence": "a"}, {}]

    with table(listings) as rows:
        found = answers(rows, listings, "listing.licence in listing.tags")

    assert found == [None, True, False, None]


@pytest.mark.parametrize(
    ("attested", "decided", "word"),
    [([], [], "declared"), (["licence"], [], "attested"), (["licence"], ["licence"], "decided")],
)
def test_provenance_is_read_from_two_arrays(attested, decided, word):
    rule = compile_rule(f'listing.licence_provenance == "{word}"', VOCABULARY)
    other = compile_rule(f'listing.licence_provenance != "{word}"', VOCABULARY)

    with table([{"licence": "mit"}, {}]) as rows:
        rows.link.execute("alter table facts add attested text[], add decided text[]")
        rows.link.execute("update facts set attested = %s, decided = %s", [attested, decided])
        assert rows.verdicts(rule, REQ, {}) == [True, None]
        assert rows.verdicts(other, REQ, {}) == [False, None]

    assert rule.evaluate({"licence": "mit", "licence_provenance": word}, REQ) is True


@settings(max_examples=200, deadline=None)
@given(st.integers(min_value=0, max_value=10**9))
def test_a_ruleset_says_what_its_rules_say_one_by_one(seed):
    maker, makes = RuleMaker(seed), FactMaker(seed)
    listing, req = makes.listing(), makes.request()
    outcomes = [outcome for outcome in Outcome if outcome]
    rules, fired = [], []
    for number in range(5):
        source = maker.rule()
        verdict = by_walk(compile_rule(source, LANGUAGE), listing, req, PARAMS)
        if verdict is None:
            continue
        outcome = outcomes[number % 4]
        parameters = {name: _fixed(value) for name, value in PARAMS.items()}
        rules.append(
            RuleSource(id=f"R{number}", expression=source, outcome=outcome, parameters=parameters)
        )
        fired += [rules[-1]] if verdict else []

    verdict = compile_ruleset(rules).decide(listing, req)

    assert verdict.fired == tuple(fired)
    assert verdict.outcome is max((rule.outcome for rule in fired), default=Outcome.ALLOW)


def _fixed(value: object) -> object:
    return tuple(value) if isinstance(value, list) else value
