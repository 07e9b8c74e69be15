import datetime as dt

import pytest

from apps.compliance.models import LastRound, Standing
from apps.compliance.services import (
    ExemptionDraft,
    MeasureDraft,
    exemption_grant,
    measure_impose,
    standings_turn,
)
from apps.compliance.states import MeasureSource
from apps.core.actor import SYSTEM
from apps.core.clock import now
from apps.journal.models import RecordedAct
from apps.journal.selectors import latest_acts
from apps.listings.readers import ParentDraft
from apps.policy.engine import Outcome
from apps.reactions.runner import settle
from tests.factories import institutions, listings, policy

pytestmark = pytest.mark.django_db


def badge(listing):
    return Standing.objects.open().badges().get(listing=listing).outcome


def rule(**scope):
    draft = policy.rule_draft(
        'has(listing.licence) && listing.licence == "cc-by-nc-4.0"', jurisdictions=[], **scope
    )
    return policy.entered(draft)


def test_a_listing_is_assessed_when_it_is_listed_and_the_act_says_why():
    listing = listings.listing()

    settle()

    assert badge(listing) == Outcome.ALLOW
    [act] = [one for one in latest_acts(limit=5) if one.kind == "compliance.standings.changed"]
    assert act.payload["listings"] == [str(listing.pk)]
    assert act.payload["reason"] == "listing"
    assert act.cause < act.seq


def test_a_rule_that_starts_and_ends_changes_just_the_listings_it_touches():
    touched = listings.listing(licence_text="cc-by-nc-4.0")
    spared = listings.listing()
    settle()

    rule()
    settle()

    assert (badge(touched), badge(spared)) == (Outcome.SUSPEND, Outcome.ALLOW)
    [newest] = latest_acts(limit=1)
    assert newest.kind == "compliance.standings.changed"
    assert newest.payload["listings"] == [str(touched.pk)]


def test_a_changed_licence_reaches_what_was_made_from_the_model():
    listings.listing(external_id="base", licence_text="apache-2.0")
    child = listings.listing(parents=(ParentDraft("base", "weights"),))
    draft = policy.rule_draft('"medical" in listing.use_restrictions', jurisdictions=[])
    policy.entered(draft)
    settle()
    assert badge(child) == Outcome.ALLOW

    listings.listing(external_id="base", licence_text="bigscience-openrail-m")
    settle()

    assert badge(child) == Outcome.SUSPEND


def test_an_import_of_many_is_answered_by_one_act():
    listings.write(*[listings.draft() for _number in range(30)])

    settle()

    assert Standing.objects.open().count() == 30
    assert RecordedAct.objects.filter(kind="compliance.standings.changed").count() == 1


def test_a_measure_bears_on_copies_of_the_same_weights():
    digest = "sha256:" + "a" * 64
    listing = listings.listing(weight_digest=digest)
    copy = listings.listing(weight_digest=digest)
    settle()
    draft = MeasureDraft(
        listing=listing,
        outcome=Outcome.SUSPEND,
        source=MeasureSource.DECISION,
        reference="C-00001",
        reason="Decided.",
        jurisdictions=[],
        uses=[],
    )

    measure_impose(actor=SYSTEM, draft=draft)
    settle()

    assert (badge(listing), badge(copy)) == (Outcome.SUSPEND, Outcome.SUSPEND)


def test_an_exemption_lifts_the_rule_until_its_time_is_over(clock):
    listing = listings.listing(licence_text="cc-by-nc-4.0")
    version = rule()
    settle()
    draft = ExemptionDraft(
        rule=version.rule,
        listing=listing,
        reason="A trial.",
        until_at=now() + dt.timedelta(hours=2),
        jurisdictions=[],
        uses=[],
    )

    exemption_grant(actor=institutions.actor(institutions.regulator("*")), draft=draft)
    settle()
    assert badge(listing) == Outcome.ALLOW
    standings_turn()
    clock.advance("3 hours")

    assert standings_turn() == 1
    assert badge(listing) == Outcome.SUSPEND
    assert standings_turn() == 0


def test_a_new_day_works_everything_out_anew(clock):
    listings.listing()
    standings_turn()
    before = LastRound.objects.get().at

    clock.advance("1 day")
    standings_turn()

    assert LastRound.objects.get().at.date() > before.date()
