import datetime as dt

import pytest

from apps.core.clock import now
from apps.journal.selectors import acts_after
from apps.journal.services import sequence
from apps.policy.engine import Outcome
from apps.policy.models import RuleVersion
from apps.policy.selectors import rules_in_force, ruleset, ruleset_at, ruleset_version
from apps.policy.services import rules_turn
from apps.policy.states import RuleState
from tests.factories.policy import entered, rule_draft

pytestmark = pytest.mark.django_db

DAY = dt.timedelta(days=1)


def ends() -> list[tuple[int, str]]:
    sequence(everything=True)
    acts = [act for act in acts_after(0, limit=1000) if act.kind == "policy.rule.ended"]
    return [(act.payload["number"], act.payload["why"]) for act in acts]


def test_a_rule_starts_and_ends_when_business_time_passes(clock):
    begins = now() + 2 * DAY
    version = entered(rule_draft(effective_at=begins, sunset_at=begins + 3 * DAY))
    assert (version.state, list(rules_in_force())) == (RuleState.SCHEDULED, [])

    clock.advance("50 hours")
    assert rules_turn() == 1
    assert [row.state for row in rules_in_force()] == [RuleState.IN_FORCE]

    clock.advance("3 days")
    assert list(rules_in_force()) == []
    assert rules_turn() == 1
    version.refresh_from_db()
    assert (version.state, version.ended_at) == (RuleState.ENDED, begins + 3 * DAY)
    assert ends() == [(1, "sunset")]


def test_a_new_version_takes_the_place_of_the_old_at_its_legal_moment(clock):
    first = entered(rule_draft(sunset_at=now() + 5 * DAY))
    begins = now() + 2 * DAY
    entered(rule_draft("listing.downloads > 5", effective_at=begins), rule=first.rule)
    assert [row.number for row in rules_in_force()] == [1]

    clock.advance("9 days")
    assert rules_turn() == 2

    first.refresh_from_db()
    assert (first.state, first.ended_at) == (RuleState.ENDED, begins)
    assert [row.number for row in rules_in_force()] == [2]
    assert ends() == [(1, "superseded")]


def test_a_whole_life_missed_is_told_in_order(clock):
    begins = now() + DAY
    entered(rule_draft(effective_at=begins, sunset_at=begins + DAY))

    clock.advance("7 days")

    assert rules_turn() == 2
    assert RuleVersion.objects.get().ended_at == begins + DAY


def test_a_newer_version_that_began_before_an_older_one_stays(clock):
    first = entered(rule_draft(effective_at=now() + 6 * DAY))
    entered(rule_draft("listing.downloads > 5", effective_at=now() + 2 * DAY), rule=first.rule)

    clock.advance("9 days")
    rules_turn()

    assert [row.number for row in rules_in_force()] == [2]
    assert [source.version for source in ruleset().sources] == [2]
    assert ends() == [(1, "superseded")]


def test_the_ruleset_answers_by_the_date_asked(clock):
    first = entered(rule_draft("listing.downloads > 5"))
    begins = now() + 2 * DAY
    entered(
        rule_draft("listing.downloads > 5", outcome=Outcome.PROHIBIT, effective_at=begins),
        rule=first.rule,
    )
    listing = {"downloads": 9}
    req = {"use": "general", "jurisdiction": "IN", "commercial": True, "date": now()}

    rules = ruleset()

    assert rules.decide(listing, req).outcome is Outcome.SUSPEND
    assert rules.decide(listing, req | {"date": begins}).outcome is Outcome.PROHIBIT
    assert rules.decide(listing, req | {"jurisdiction": "FR"}).outcome is Outcome.ALLOW
    past = req | {"date": first.effective_at - DAY}
    assert rules.decide(listing, past).outcome is Outcome.ALLOW


def test_the_ruleset_is_compiled_once_for_each_of_its_versions():
    before = ruleset_version()
    entered()
    first = ruleset()

    assert ruleset() is first
    assert ruleset_version() == before + 2

    entered(rule_draft("listing.downloads > 5"))

    assert ruleset() is not first
    assert len(ruleset().sources) == 2


def test_a_group_of_territories_covers_its_members():
    entered(rule_draft("listing.downloads > 5", jurisdictions=["EU"]))
    req = {"use": "general", "commercial": True, "date": now()}

    outcomes = [
        ruleset().decide({"downloads": 9}, req | {"jurisdiction": place}).outcome
        for place in ("FR", "EU", "IN")
    ]

    assert outcomes == [Outcome.SUSPEND, Outcome.SUSPEND, Outcome.ALLOW]


def test_a_past_moment_has_the_rules_of_its_time(clock):
    version = entered(rule_draft(sunset_at=now() + DAY))
    inside = now()

    clock.advance("3 days")
    rules_turn()

    assert [source.key for source in ruleset_at(inside).sources] == [str(version.pk)]
    assert ruleset_at(now()).sources == ()
