import pytest
from rest_framework.test import APIClient

from apps.compliance.models import Facts, Measure
from apps.compliance.selectors.answers import Question
from apps.compliance.selectors.curing import outlook, ways_of
from apps.compliance.selectors.deciding import prepare
from apps.compliance.services import MeasureDraft, change_try, listing_try, measure_impose
from apps.compliance.states import MeasureSource
from apps.core.actor import SYSTEM
from apps.institutions.scopes import Scope
from apps.journal.selectors import position
from apps.listings.errors import ListingRefused, NotKeeper
from apps.listings.models import Listing, Provider
from apps.listings.services import listing_publish
from apps.policy.engine import Mode, Outcome
from apps.reactions.runner import settle
from tests.factories import institutions, listings, policy

pytestmark = pytest.mark.django_db
NO_CARD = "!listing.has_model_card"
ROW = {"external_id": "new", "name": "New one", "provider": "Lumen Labs", "task": "translation"}


@pytest.fixture
def company():
    return institutions.organisation("Lumen Works")


def rule(expression=NO_CARD, **changes):
    draft = policy.rule_draft(expression, **({"jurisdictions": ["*"]} | changes))
    version = policy.entered(draft)
    settle()
    return version


def by(organisation):
    return institutions.actor(institutions.owner_of(organisation))


def kept(company, **facts):
    draft = listings.draft(external_id="kept", source=company.code.lower(), **facts)
    version = listing_publish(actor=by(company), organisation=company, draft=draft)
    settle()
    return version.listing


def test_a_listing_that_is_tried_out_stands_as_it_would_and_is_not_kept(company):
    version = rule(outcome=Outcome.PROHIBIT)
    before = position()

    [badge] = listing_try(actor=by(company), organisation=company, row=ROW)

    assert badge.decision.outcome is Outcome.PROHIBIT
    assert badge.decision.listing == ""
    assert [reason.rule for reason in badge.decision.reasons] == [version.rule.code]
    [cure] = badge.ways.cures
    assert [(one.fact, one.after) for one in cure.changes] == [("has_model_card", True)]
    assert not Listing.objects.exists()
    assert not Provider.objects.exists()
    assert not Facts.objects.exists()
    settle()
    assert position() == before


def test_uses_and_places_that_differ_are_told_apart(company):
    rule(outcome=Outcome.PROHIBIT, uses=["medical"], jurisdictions=["IN"])

    badge, exception = listing_try(actor=by(company), organisation=company, row=ROW)

    assert badge.decision.outcome is Outcome.ALLOW
    told = exception.decision
    assert (told.outcome, told.use, told.jurisdiction) == (Outcome.PROHIBIT, "medical", "IN")


def test_what_entering_would_refuse_is_refused(company):
    with pytest.raises(ListingRefused):
        listing_try(actor=by(company), organisation=company, row={"name": "No number"})


def test_a_change_is_tried_on_what_stands(company):
    rule(outcome=Outcome.PROHIBIT)
    listing = kept(company, has_model_card=False)

    [badge] = change_try(actor=by(company), listing_id=listing.pk, changes={"has_model_card": True})

    assert badge.decision.outcome is Outcome.ALLOW
    assert outlook(listing.code, [], []).decision.outcome is Outcome.PROHIBIT


def test_only_who_keeps_a_listing_tries_a_change_of_it(company):
    listing = kept(company)

    with pytest.raises(NotKeeper):
        change_try(actor=by(institutions.organisation("Others")), listing_id=listing.pk, changes={})


def test_where_only_rules_on_trial_touch_it_their_ways_out_are_told(company):
    rule(outcome=Outcome.SUSPEND, mode=Mode.WARN)

    [badge] = listing_try(actor=by(company), organisation=company, row=ROW)

    assert badge.decision.outcome is Outcome.ALLOW
    assert (badge.ways.outcome, badge.ways.would_be) == (Outcome.SUSPEND, True)
    assert len(badge.ways.cures) == 1


def test_no_change_leads_below_a_measure(company):
    rule(outcome=Outcome.PROHIBIT)
    listing = kept(company, has_model_card=False)
    measure_impose(
        actor=SYSTEM,
        draft=MeasureDraft(
            listing=listing,
            outcome=Outcome.SUSPEND,
            source=MeasureSource.DECISION,
            reference="D-00001-A",
            reason="Harm was found.",
            jurisdictions=[],
            uses=[],
        ),
    )
    settle()

    ways = ways_of(prepare(Question(model=listing.code)))

    assert (ways.outcome, ways.least) == (Outcome.PROHIBIT, Outcome.SUSPEND)
    assert [cure.outcome for cure in ways.cures] == [Outcome.SUSPEND]
    assert Measure.objects.count() == 1


def test_ways_out_are_told_over_http_by_use_and_place(company):
    rule(outcome=Outcome.PROHIBIT, uses=["medical"])
    listing = kept(company, has_model_card=False)

    told = APIClient().get(
        "/api/v1/decisions/cures", {"model": listing.code, "use": "medical", "jurisdiction": "EU"}
    )

    assert told.status_code == 200
    assert told.json() == {
        "outcome": "prohibit",
        "least": "allow",
        "would_be": False,
        "cures": [
            {
                "outcome": "allow",
                "changes": [{"fact": "has_model_card", "before": False, "after": True}],
            }
        ],
    }


def test_an_unknown_model_has_no_way_out():
    told = APIClient().get("/api/v1/decisions/cures", {"model": "nobody:nothing"})

    assert (told.status_code, told.json()["cures"]) == (200, [])


def test_a_model_is_tried_out_over_http(company):
    rule(outcome=Outcome.PROHIBIT)
    owner = institutions.owner_of(company)
    issued = institutions.token(owner, Scope.LISTINGS_WRITE, organisation=company)
    client = APIClient(headers={"Authorization": f"Bearer {issued.secret}"})

    tried = client.post("/api/v1/decisions/trials", ROW, format="json")

    assert tried.status_code == 200, tried.json()
    [badge] = tried.json()["standings"]
    assert badge["decision"]["outcome"] == "prohibit"
    assert badge["ways"]["cures"][0]["outcome"] == "allow"
    refused = client.post("/api/v1/decisions/trials", {"name": "x"}, format="json")
    assert (refused.status_code, refused.json()["type"]) == (400, "/problems/listing-refused")
    assert not Listing.objects.exists()
