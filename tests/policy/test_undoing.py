import datetime as dt

import pytest

from apps.core.actor import SYSTEM
from apps.core.clock import now
from apps.core.errors import NotPermitted
from apps.journal.selectors import acts_after
from apps.journal.services import sequence
from apps.policy.engine import Mode
from apps.policy.errors import NotAnInstrument, NotBegun
from apps.policy.models import RuleVersion
from apps.policy.selectors import rules_in_force, ruleset_version
from apps.policy.services import next_draft, rule_enact, rule_roll_back, undoing_of
from apps.policy.states import RuleState, StatuteKind
from tests.factories import institutions
from tests.factories.policy import entered, rule_draft

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
LATER = "listing.downloads > 5"


@pytest.fixture
def regulator(db):
    return institutions.actor(institutions.regulator("*"))


def states(version):
    rows = RuleVersion.objects.filter(rule=version.rule).order_by("number")
    return list(rows.values_list("number", "state"))


def undone():
    sequence(everything=True)
    acts = acts_after(0, limit=1000)
    return [act.payload for act in acts if act.kind == "policy.rule.undone"]


def test_the_text_before_runs_again_as_a_version_of_its_own(regulator):
    first = entered(rule_draft())
    second = entered(rule_draft(LATER), rule=first.rule)
    before = ruleset_version()

    stands = rule_roll_back(actor=regulator, version=second, reason="It hit the wrong ones.")

    assert states(second) == [(1, "ended"), (2, "ended"), (3, "in_force")]
    assert next_draft(stands) == next_draft(first)
    assert list(rules_in_force()) == [stands]
    assert ruleset_version() == before + 1
    [act] = undone()
    told = {name: act[name] for name in ("number", "restored_number", "restored_from")}
    assert told == {"number": 2, "restored_number": 3, "restored_from": 1}
    assert (act["restored"], act["withdrawn"]) == (str(stands.pk), [])
    assert act["reason"] == "It hit the wrong ones."


def test_a_promotion_taken_back_is_on_trial_again(regulator):
    trial = entered(rule_draft(mode=Mode.WARN))
    promoted = entered(rule_draft(), rule=trial.rule)

    stands = rule_roll_back(actor=regulator, version=promoted, reason="Too soon.")

    assert (stands.mode, stands.state) == (Mode.WARN.value, RuleState.IN_FORCE)


def test_where_nothing_ran_before_it_only_ends(regulator):
    version = entered(rule_draft())

    stands = rule_roll_back(actor=regulator, version=version, reason="A mistake.")

    assert (stands.pk, stands.state) == (version.pk, RuleState.ENDED)
    assert list(rules_in_force()) == []
    assert undone()[0]["restored"] is None


def test_what_would_be_over_by_now_does_not_run_again(regulator, clock):
    first = entered(rule_draft(sunset_at=now() + 2 * DAY))
    second = entered(rule_draft(LATER), rule=first.rule)
    clock.advance("3 days")

    rule_roll_back(actor=regulator, version=second, reason="A mistake.")

    assert states(second) == [(1, "ended"), (2, "ended")]


def test_what_was_to_follow_is_withdrawn_with_it(regulator):
    first = entered(rule_draft())
    entered(rule_draft(LATER, effective_at=now() + DAY), rule=first.rule)

    rule_roll_back(actor=regulator, version=first, reason="A mistake.")

    assert states(first) == [(1, "ended"), (2, "ended")]
    assert undone()[0]["withdrawn"] == [2]


def test_what_has_not_begun_or_has_ended_is_not_taken_back(regulator):
    ended = entered(rule_draft())
    entered(rule_draft(LATER), rule=ended.rule)
    coming = entered(rule_draft("listing.has_model_card", effective_at=now() + DAY))
    ended.refresh_from_db()

    for version in (ended, coming):
        with pytest.raises(NotBegun):
            rule_roll_back(actor=regulator, version=version, reason="No.")

    assert undone() == []


def test_a_policy_of_the_chambers_is_not_a_regulators_to_take_back(regulator):
    version = rule_enact(
        actor=SYSTEM, draft=rule_draft(), kind=StatuteKind.POLICY, origin_ref="P-00001-A"
    )

    with pytest.raises(NotAnInstrument):
        undoing_of(version)


@pytest.mark.parametrize("place", ["FR", "EU"])
def test_a_mandate_for_other_places_takes_nothing_back(place):
    version = entered(rule_draft())
    elsewhere = institutions.actor(institutions.regulator(place))

    with pytest.raises(NotPermitted):
        rule_roll_back(actor=elsewhere, version=version, reason="No.")

    version.refresh_from_db()
    assert version.state == RuleState.IN_FORCE
