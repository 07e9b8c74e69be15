"""A rule that begins or ends is answered over the listings it bears on, as if over all of them."""

import random
from contextlib import suppress

import pytest

from apps.compliance.models import Standing
from apps.compliance.selectors.kin import versions_ruled
from apps.compliance.services import reassess
from apps.policy.engine import Mode, Outcome
from apps.policy.errors import RuleRefused
from apps.policy.models import RuleVersion
from apps.policy.services import rule_end
from apps.policy.states import RuleState
from apps.reactions.runner import settle
from tests.compliance.test_breakdowns import register
from tests.factories import institutions, listings, policy

pytestmark = pytest.mark.django_db
EXPRESSIONS = [
    'listing.task == "emotion-recognition"',
    'req.use in ["medical", "finance"] && listing.task == "translation"',
    "has(listing.params_b) && listing.params_b > 10.0",
    "req.use in listing.use_restrictions",
    'req.jurisdiction in ["FR", "CH"] && !listing.has_model_card',
]
PLACES = [[], ["IN"], ["EU"], ["FR", "CH"]]


def turn(chance, regulator):
    """Enter a rule, the next version of one, or end one."""
    running = list(RuleVersion.objects.filter(state=RuleState.IN_FORCE).select_related("rule"))
    if running and chance.random() < 0.4:
        rule_end(actor=regulator, version=chance.choice(running), reason="Not needed.")
        return
    draft = policy.rule_draft(
        chance.choice(EXPRESSIONS),
        outcome=chance.choice([Outcome.CONDITION, Outcome.SUSPEND, Outcome.PROHIBIT]),
        mode=chance.choice(list(Mode)),
        jurisdictions=chance.choice(PLACES),
    )
    rule = chance.choice([None, *(version.rule for version in running)])
    with suppress(RuleRefused):  # It may be covered by what runs.
        policy.entered(draft, actor=regulator, rule=rule)


@pytest.mark.parametrize("seed", [1, 2])
def test_what_is_answered_for_a_rule_is_what_asking_all_again_gives(seed):
    chance, regulator = random.Random(seed), institutions.actor(institutions.regulator("*"))
    register(16, seed)
    settle()
    for _ in range(8):
        turn(chance, regulator)
        settle()
        assert reassess().listings == []
    assert RuleVersion.objects.count() > 3


def test_only_what_a_rule_bears_on_is_asked():
    hit, _other = listings.version(), listings.version(task="translation")
    settle()
    version = policy.entered(policy.rule_draft('listing.task == "text-generation"'))

    assert versions_ruled(version.pk) == [hit.pk]
    settle()
    rule_end(
        actor=institutions.actor(institutions.regulator("*")), version=version, reason="Not needed."
    )

    assert versions_ruled(version.pk) == [hit.pk]
    settle()
    assert versions_ruled(version.pk) == []
    assert not Standing.objects.open().filter(outcome__gt=Outcome.ALLOW).exists()
