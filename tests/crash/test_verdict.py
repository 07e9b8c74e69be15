"""The judge of the crash proof is no easy judge: each broken promise is found."""

import copy
import dataclasses

import pytest

from tests.crash.verdict import Evidence, TurnedAct, faults

WHOLE = Evidence(
    acts=[TurnedAct(1, 1, "a", "x", 1), TurnedAct(3, 2, "b", "y", 1), TurnedAct(4, 3, "a", "z", 2)],
    seqs=[1, 2, 3],
    effects={"crash.counting": [1, 2, 3], "crash.failing": [2, 1, 3]},
    versions={"a": 2, "b": 1, "c": 0},
    acknowledged={"x", "z"},
    fed=[1, 2, 3],
)


def spoilt(**changes: object) -> Evidence:
    return dataclasses.replace(copy.deepcopy(WHOLE), **changes)


def test_a_whole_journal_passes():
    assert faults(WHOLE) == []


@pytest.mark.parametrize(
    ("evidence", "fault"),
    [
        (spoilt(acknowledged={"x", "lost"}), "acknowledged and lost: lost"),
        (
            spoilt(acts=[*WHOLE.acts[:2], dataclasses.replace(WHOLE.acts[2], token="x")]),
            "stands twice: x",
        ),
        (
            spoilt(acts=[*WHOLE.acts[:2], dataclasses.replace(WHOLE.acts[2], seq=None)]),
            "never numbered: act 4",
        ),
        (spoilt(seqs=[1, 2, 4]), "seq has a gap or a double"),
        (
            spoilt(
                acts=[
                    dataclasses.replace(WHOLE.acts[0], seq=3),
                    WHOLE.acts[1],
                    dataclasses.replace(WHOLE.acts[2], seq=1),
                ]
            ),
            "numbered out of order: a",
        ),
        (spoilt(versions={"a": 3, "b": 1}), "row and acts disagree: a"),
        (
            spoilt(effects=WHOLE.effects | {"crash.counting": [1, 2, 2, 3]}),
            "crash.counting did not answer each act once",
        ),
        (
            spoilt(effects=WHOLE.effects | {"crash.failing": [1, 2]}),
            "crash.failing did not answer each act once",
        ),
        (
            spoilt(effects=WHOLE.effects | {"crash.failing": [3, 1, 2]}),
            "crash.failing answered a subject out of order",
        ),
        (spoilt(fed=[1, 3]), "the feed missed or repeated an act"),
    ],
)
def test_each_broken_promise_is_found(evidence, fault):
    assert fault in faults(evidence)
