"""A rule that another already says as strongly cannot be adopted."""

import datetime as dt

import pytest

from apps.core.actor import SYSTEM
from apps.core.clock import now
from apps.policy.engine import Mode, Outcome
from apps.policy.errors import RuleRefused
from apps.policy.models import RuleVersion
from apps.policy.services import adoption_faults, rule_enact, rule_enter
from apps.policy.states import StatuteKind
from tests.factories import institutions as people
from tests.factories.policy import entered, rule_draft

pytestmark = pytest.mark.django_db
NARROW = "!listing.has_model_card && listing.downloads > 5"
DAY = dt.timedelta(days=1)


def test_a_narrower_rule_is_refused_and_names_what_covers_it():
    standing = entered()

    with pytest.raises(RuleRefused) as refused:
        rule_enter(actor=people.actor(people.regulator("IN")), draft=rule_draft(NARROW))

    [fault] = refused.value.draft_faults
    code = standing.rule.code
    assert (fault.field, fault.line, fault.column) == ("expression", 1, 1)
    assert f"{code} fires already" in str(fault.reason)
    assert fault.remedy == f"Say what this rule adds, or amend {code}."
    assert RuleVersion.objects.count() == 1


@pytest.mark.parametrize(
    ("standing", "draft", "covered"),
    [
        ({}, {}, True),
        ({"outcome": Outcome.PROHIBIT}, {}, True),
        ({}, {"outcome": Outcome.PROHIBIT}, False),
        ({}, {"mode": Mode.ADVISE}, True),
        ({"mode": Mode.WARN}, {"mode": Mode.ADVISE}, True),
        ({"mode": Mode.ADVISE}, {"mode": Mode.WARN}, False),
        ({"mode": Mode.ADVISE}, {}, False),
        ({"mode": Mode.WARN}, {}, False),
        ({"jurisdictions": []}, {}, True),
        ({"jurisdictions": ["EU"]}, {"jurisdictions": ["FR"]}, True),
        ({}, {"jurisdictions": []}, False),
        ({}, {"jurisdictions": ["FR"]}, False),
        ({"uses": ["medical"]}, {}, False),
        ({}, {"uses": ["medical"]}, True),
    ],
)
def test_only_what_is_as_strong_and_as_wide_covers(standing, draft, covered):
    entered(rule_draft(**standing))

    assert bool(adoption_faults(rule_draft(NARROW, **draft))) is covered


def test_a_draft_without_a_day_begins_now_and_outlives_what_ends_before():
    ends = now() + 5 * DAY
    entered(rule_draft(sunset_at=ends))

    assert adoption_faults(rule_draft(NARROW)) == []
    assert adoption_faults(rule_draft(NARROW, sunset_at=ends))
    assert adoption_faults(rule_draft(NARROW, effective_at=ends)) == []


def test_what_is_to_come_covers_what_begins_no_earlier():
    begins = now() + 5 * DAY
    entered(rule_draft(effective_at=begins))

    assert adoption_faults(rule_draft(NARROW)) == []
    assert adoption_faults(rule_draft(NARROW, effective_at=begins))


def test_the_rule_that_it_follows_is_not_held_against_it():
    standing = entered()

    assert adoption_faults(rule_draft(NARROW), follows=standing.rule) == []


def test_what_was_voted_on_is_not_undone_by_a_rule_entered_meanwhile():
    entered()

    version = rule_enact(
        actor=SYSTEM, draft=rule_draft(NARROW), kind=StatuteKind.POLICY, origin_ref="P-00001-A"
    )

    assert version.number == 1
