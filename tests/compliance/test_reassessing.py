import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apps.compliance.models import Duty, Facts, Finding, Standing
from apps.compliance.selectors.kin import versions_touched
from apps.compliance.selectors.standings import standings_of
from apps.compliance.services import reassess
from apps.core.actor import OPERATOR
from apps.journal.models import RecordedAct
from apps.listings.readers import ParentDraft
from apps.listings.services import listing_withdraw
from apps.policy.engine import Mode, Outcome
from apps.policy.models import RuleVersion
from apps.policy.services import ClauseDraft, DutyDraft, rule_end
from tests.factories import institutions, listings, policy

pytestmark = pytest.mark.django_db


def rule(expression, outcome=Outcome.PROHIBIT, **scope):
    scope = {"jurisdictions": []} | scope
    return policy.entered(policy.rule_draft(expression, outcome=outcome, **scope))


def said(listing):
    """What stands, as uses, places, outcome and would-be."""
    return [
        (row.uses, row.jurisdictions, row.outcome, row.would_be) for row in standings_of(listing)
    ]


def changes_recorded():
    return RecordedAct.objects.filter(kind="compliance.standings.changed").count()


def test_a_listing_that_no_rule_touches_is_allowed():
    listing = listings.listing()

    reassess()

    assert said(listing) == [([], [], Outcome.ALLOW, None)]


def test_a_rule_on_a_use_in_a_place_stands_under_the_badge_as_an_exception():
    listing = listings.listing(task="emotion-recognition")
    version = rule(
        'listing.task == "emotion-recognition"', jurisdictions=["EU"], uses=["workplace"]
    )

    reassess()

    assert said(listing) == [
        ([], [], Outcome.ALLOW, None),
        (["workplace"], ["EU"], Outcome.PROHIBIT, None),
    ]
    [finding] = Finding.objects.filter(standing__listing=listing)
    assert (finding.rule_version, finding.clause_numbers) == (version, [1])


def test_a_rule_in_warn_mode_says_only_what_would_be():
    listing = listings.listing()
    rule('listing.task == "text-generation"', Outcome.SUSPEND, mode=Mode.WARN)

    reassess()

    assert said(listing) == [([], [], Outcome.ALLOW, Outcome.SUSPEND)]


def test_only_clauses_that_hold_are_cited():
    listing = listings.listing()
    rule(
        "!has(listing.eval_toxicity) || listing.eval_toxicity > 0.3",
        clauses=[
            ClauseDraft(text="Without an evaluation", expression="!has(listing.eval_toxicity)"),
            ClauseDraft(text="or with a bad one", expression="listing.eval_toxicity > 0.3"),
            ClauseDraft(text="the model is prohibited."),
        ],
    )

    reassess()

    assert Finding.objects.get(standing__listing=listing).clause_numbers == [1, 3]


def test_a_use_that_an_ancestors_licence_forbids_comes_down_along_weights():
    parent = listings.listing(external_id="base", licence_text="bigscience-openrail-m")
    child = listings.listing(parents=(ParentDraft("base", "weights"),))
    learner = listings.listing(parents=(ParentDraft("base", "data"),))

    reassess()

    restricted = {
        listing: Facts.objects.get(version=listing.current_id).use_restrictions
        for listing in (parent, child, learner)
    }
    assert "medical" in restricted[parent]
    assert restricted[child] == restricted[parent]
    assert restricted[learner] == []


def test_a_duty_begins_with_its_finding_and_ends_with_it():
    listing = listings.listing()
    duties = [
        DutyDraft(addressee="provider", code="tell", text="Tell.", due_amount=1, due_unit="days")
    ]
    version = rule('listing.task == "text-generation"', duties=duties)
    reassess()
    [duty] = Duty.objects.filter(listing=listing)
    assert duty.until_at is None
    assert duty.due_at > duty.since_at

    regulator = institutions.actor(institutions.regulator("*"))
    rule_end(actor=regulator, version=version, reason="Not needed.")
    reassess()

    duty.refresh_from_db()
    assert duty.until_at is not None


def test_what_stood_is_closed_and_kept():
    listing = listings.listing()
    reassess()
    rule('listing.task == "text-generation"')

    reassess()

    assert said(listing) == [([], [], Outcome.PROHIBIT, None)]
    former = Standing.objects.get(listing=listing, until_at__isnull=False)
    assert former.outcome == Outcome.ALLOW
    assert former.until_at == Standing.objects.open().get(listing=listing).since_at


def test_the_second_run_writes_nothing_and_records_nothing():
    listings.listing()
    rule("listing.downloads >= 0", Outcome.SUSPEND)
    first = reassess()
    written = (Facts.objects.count(), Standing.objects.count(), changes_recorded())

    second = reassess()

    assert (first.facts, len(first.listings)) == (1, 1)
    assert (second.facts, second.listings) == (0, [])
    assert (Facts.objects.count(), Standing.objects.count(), changes_recorded()) == written


def test_only_what_changed_is_written():
    kept = listings.listing(task="translation")
    listings.listing(task="text-generation")
    reassess()
    rule('listing.task == "text-generation"')

    changes = reassess()

    assert len(changes.listings) == 1
    assert kept.pk not in changes.listings


def test_a_withdrawn_listing_has_no_standing():
    listing = listings.listing()
    reassess()
    listing_withdraw(actor=OPERATOR, listing_id=listing.pk, reason="Gone.")

    changes = reassess()

    assert changes.listings == [listing.pk]
    assert said(listing) == []


def test_nothing_asked_for_writes_nothing():
    listings.listing()

    assert reassess(versions=[]).facts == 0

    assert Facts.objects.count() == 0


LICENCES = ["apache-2.0", "bigscience-openrail-m", "cc-by-nc-4.0"]
TASKS = ["text-generation", "emotion-recognition", "translation"]


@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    edits=st.lists(
        st.tuples(st.integers(0, 3), st.sampled_from(LICENCES), st.sampled_from(TASKS)),
        min_size=1,
        max_size=6,
    )
)
def test_what_is_written_step_by_step_is_what_one_run_over_all_would_write(edits):
    if not RuleVersion.objects.exists():
        rule('listing.task == "emotion-recognition"', uses=["workplace"], jurisdictions=["EU"])
        rule("req.use in listing.use_restrictions")
        rule('has(listing.licence) && listing.licence == "cc-by-nc-4.0"', Outcome.SUSPEND)

    for number, licence, task in edits:
        parents = (ParentDraft(f"step-{number - 1}", "weights"),) if number else ()
        version = listings.version(
            external_id=f"step-{number}", licence_text=licence, task=task, parents=parents
        )
        reassess(versions=versions_touched([version.listing_id]))

    assert reassess().listings == []


def test_many_listings_cost_no_more_statements_than_few():
    rule('listing.task == "text-generation"', Outcome.SUSPEND)
    costs = []
    for count in (3, 3, 300):
        listings.write(*[listings.draft(task=TASKS[number % 3]) for number in range(count)])
        with CaptureQueriesContext(connection) as statements:
            changes = reassess()
        assert len(changes.listings) == count
        costs.append(len(statements))

    _first, few, many = costs  # The first finds some things unread that are kept afterwards.
    assert many == few
    assert Standing.objects.open().count() == 306


def test_some_versions_alone_leave_the_others_as_they_are():
    first, second = listings.listing(), listings.listing()

    changes = reassess(versions=[first.current_id])

    assert changes.listings == [first.pk]
    assert said(second) == []


def test_another_reason_for_the_same_outcome_does_not_make_it_new():
    listing = listings.listing()
    rule('listing.task == "text-generation"')
    reassess()
    first = Standing.objects.open().get(listing=listing)

    rule('listing.task == "text-generation" || listing.downloads == 1')
    reassess()

    second = Standing.objects.open().get(listing=listing)
    assert second.since_at > first.since_at
    assert second.outcome_since_at == first.since_at
    assert second.findings.count() == 2
