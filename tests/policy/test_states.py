import itertools

import pytest

from apps.core.errors import MoveRefused
from apps.policy.engine import Mode, Outcome
from apps.policy.models import RuleVersion
from apps.policy.states import RULE_TABLE, RuleMode, RuleOutcome, RuleState

ALLOWED = {
    (RuleState.SCHEDULED, RuleState.IN_FORCE),
    (RuleState.SCHEDULED, RuleState.ENDED),
    (RuleState.IN_FORCE, RuleState.ENDED),
}


@pytest.mark.parametrize(("source", "target"), list(itertools.product(RuleState, RuleState)))
def test_a_version_moves_only_forwards(source, target):
    version = RuleVersion(state=source)

    if (source, target) in ALLOWED:
        RULE_TABLE.move(version, target)
        assert version.state == target
    else:
        with pytest.raises(MoveRefused):
            RULE_TABLE.move(version, target)
        assert version.state == source


def test_words_and_engine_know_the_same_outcomes_and_modes():
    assert RuleOutcome.values == [outcome.value for outcome in Outcome]
    assert RuleMode.values == [mode.value for mode in Mode]
    assert Outcome.of("prohibit") is Outcome.PROHIBIT
    assert max(Outcome.CONDITION, Outcome.SUSPEND).slug == "suspend"
