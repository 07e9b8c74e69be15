import pytest

from apps.compliance.selectors.impact import counted, impact
from apps.compliance.services import reassess
from apps.journal.models import RecordedAct
from apps.policy.engine import Mode, Outcome
from apps.policy.services import rule_enter, rules_turn
from tests.factories import institutions, listings, policy

pytestmark = pytest.mark.django_db
TEXTS = 'listing.task == "text-generation"'
FACES = 'listing.task == "emotion-recognition"'


def changed_then(draft, rule=None):
    """The listings whose standings the register really changes when the draft is entered."""
    before = set(RecordedAct.objects.values_list("id", flat=True))
    rule_enter(actor=institutions.actor(institutions.regulator("*")), draft=draft, rule=rule)
    rules_turn()
    reassess()
    acts = RecordedAct.objects.exclude(id__in=before).filter(kind="compliance.standings.changed")
    return sorted(listing for act in acts for listing in act.payload["listings"])


def plain(found):
    return [str(listing) for listing in found.changed]


def test_the_impact_is_what_then_happens():
    first, second, third = listings.listing(), listings.listing(), listings.listing()
    faces = listings.listing(task="emotion-recognition")
    policy.entered(policy.rule_draft(TEXTS, outcome=Outcome.SUSPEND, jurisdictions=["IN"]))
    reassess()
    draft = policy.rule_draft(
        f"{TEXTS} || {FACES}", outcome=Outcome.PROHIBIT, jurisdictions=["EU"], uses=["workplace"]
    )

    shown = impact(draft)

    assert shown.listings == 4
    assert counted(shown.enforced) == [
        {"before": "allow", "after": "prohibit", "listings": 1},
        {"before": "suspend", "after": "prohibit", "listings": 3},
    ]
    assert set(shown.changed) == {first.pk, second.pk, third.pk, faces.pk}
    assert plain(shown) == changed_then(draft)


def test_a_next_version_takes_the_place_of_the_one_in_force():
    texts, faces = listings.listing(), listings.listing(task="emotion-recognition")
    version = policy.entered(policy.rule_draft(TEXTS))
    reassess()
    draft = policy.rule_draft(FACES)

    shown = impact(draft, follows=version.rule)

    assert counted(shown.enforced) == [
        {"before": "allow", "after": "suspend", "listings": 1},
        {"before": "suspend", "after": "allow", "listings": 1},
    ]
    assert set(shown.changed) == {texts.pk, faces.pk}
    assert plain(shown) == changed_then(draft, version.rule)


def test_a_draft_in_warn_mode_changes_only_what_would_be():
    listings.listing()
    reassess()

    shown = impact(policy.rule_draft(TEXTS, mode=Mode.WARN))

    assert counted(shown.enforced) == [{"before": "allow", "after": "allow", "listings": 1}]
    assert counted(shown.would_be) == [{"before": "allow", "after": "suspend", "listings": 1}]
    assert len(shown.changed) == 1


def test_the_same_register_and_draft_give_the_same_digest():
    listings.listing()
    reassess()
    draft = policy.rule_draft(TEXTS)

    digests = {impact(draft).digest, impact(draft).digest}
    listings.listing()
    reassess()

    assert len(digests) == 1
    assert impact(draft).digest not in digests


def test_an_impact_asks_and_writes_nothing(django_assert_max_num_queries):
    for _ in range(5):
        listings.listing()
    reassess()
    acts = RecordedAct.objects.count()
    impact(policy.rule_draft(TEXTS))

    with django_assert_max_num_queries(19):
        shown = impact(policy.rule_draft(TEXTS))

    assert len(shown.changed) == 5
    assert RecordedAct.objects.count() == acts
