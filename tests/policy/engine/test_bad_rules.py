"""Every seeded bad rule is refused, for what is wrong in it, where it is wrong."""

from collections import Counter

import pytest

from tests.policy.engine.seeded import Entry, expression, refusals, seeded

FOUND_BY = {"mistyped": "unread", "misspelt": "unread"}
KINDS = {"unguarded", "vacuous", "shadowed", "mistyped", "misspelt", "over-budget"}


def test_there_are_enough_of_each_kind():
    counted = Counter(entry["kind"] for entry in seeded())

    assert counted.keys() == KINDS
    assert min(counted.values()) >= 10
    assert counted.total() >= 60


@pytest.mark.parametrize(
    "entry", seeded(), ids=lambda entry: f"{entry['kind']}: {expression(entry)[:60]}"
)
def test_a_bad_rule_is_refused_for_what_is_wrong_in_it(entry: Entry):
    kind, error = next(refusals(entry))

    assert (error.reason, [error.line, error.column]) == (entry["says"], entry["at"])
    assert error.remedy == entry["remedy"]
    # What is beyond a budget is found where the budget is spent: in reading, or by the solver.
    assert entry["kind"] == "over-budget" or kind == FOUND_BY.get(entry["kind"], entry["kind"])
