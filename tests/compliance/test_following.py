"""What marketplaces owe follows from standings, measures, offers and accessions."""

import datetime as dt

import pytest

from apps.compliance.models import Acknowledgement
from apps.compliance.services import (
    MeasureDraft,
    Word,
    acknowledgements_give,
    measure_impose,
    measure_lift,
    reassess,
)
from apps.compliance.states import AcknowledgementKind, MeasureSource
from apps.core.actor import OPERATOR, SYSTEM
from apps.journal.models import RecordedAct
from apps.listings.services import listing_withdraw, offer_end
from apps.policy.engine import Mode, Outcome
from apps.policy.services import rule_end
from apps.policy.states import StatuteKind
from apps.reactions.runner import settle
from tests.factories import institutions, listings, markets, policy

pytestmark = pytest.mark.django_db
TEXTS = 'listing.task == "text-generation"'
WIDER = f"{TEXTS} || listing.downloads == 1"


def rows(market=None):
    found = Acknowledgement.objects.order_by("since_at", "id")
    found = found.filter(marketplace=market) if market else found
    return [(row.demand, row.state, row.outcome, row.until_at is None) for row in found]


def measure(listing, **changes):
    facts = {
        "listing": listing,
        "outcome": Outcome.SUSPEND,
        "source": MeasureSource.DECISION,
        "reference": "C-00007-A",
        "reason": "Decided.",
        "jurisdictions": [],
        "uses": [],
    }
    return measure_impose(actor=SYSTEM, draft=MeasureDraft(**(facts | changes)))


def apply_all(market):
    actor = institutions.actor(institutions.owner_of(market.organisation))
    owed = Acknowledgement.objects.owed().filter(marketplace=market)
    kinds = {"apply": AcknowledgementKind.APPLIED, "lift": AcknowledgementKind.LIFTED}
    words = [Word(row.pk, kinds[row.demand]) for row in owed]
    return acknowledgements_give(actor=actor, words=words)


def acts(kind):
    return RecordedAct.objects.filter(kind=f"compliance.acknowledgements.{kind}")


def test_a_rule_makes_each_bound_marketplace_owe_once():
    listing, other = listings.listing(), listings.listing(task="translation")
    first, second = markets.bound(listing, other), markets.bound(listing)
    policy.entered(policy.rule_draft(TEXTS))

    settle()
    reassess()

    owed = ("apply", "owed", Outcome.SUSPEND, True)
    assert (rows(first), rows(second)) == ([owed], [owed])
    [act] = acts("owed")
    assert (act.payload["count"], act.payload["listings"]) == (2, [str(listing.pk)])
    assert act.payload["marketplaces"] == sorted([str(first.pk), str(second.pk)])


def test_a_listing_that_nothing_binds_is_owed_nothing():
    listing = listings.listing()
    markets.bound(listing)
    policy.entered(policy.rule_draft(TEXTS, mode=Mode.WARN))

    settle()

    assert rows() == []


def test_only_kinds_and_places_of_the_accession_bind():
    listing = listings.listing()
    here = markets.bound(listing, places=("IN",))
    markets.bound(listing, places=("FR",))
    markets.bound(listing, kinds=(StatuteKind.POLICY,))
    policy.entered(policy.rule_draft(TEXTS, jurisdictions=["IN"]))

    settle()

    assert rows() == rows(here) == [("apply", "owed", Outcome.SUSPEND, True)]


def test_a_measure_is_owed_beside_a_rule_of_the_same_outcome():
    listing = listings.listing()
    market = markets.bound(listing)
    policy.entered(policy.rule_draft(TEXTS, jurisdictions=[]))
    settle()
    apply_all(market)

    measure(listing)
    settle()

    suspended = Outcome.SUSPEND
    assert rows() == [
        ("apply", "applied", suspended, False),
        ("apply", "owed", suspended, True),
    ]


def test_copies_of_the_weights_are_owed_too():
    digest = "ab" * 32
    listing = listings.listing(weight_digest=digest)
    twin = listings.listing(weight_digest=digest)
    market = markets.bound(twin)
    settle()

    measure(listing)
    settle()

    assert rows(market) == [("apply", "owed", Outcome.SUSPEND, True)]


def test_what_was_applied_is_lifted_and_what_was_not_is_overtaken():
    listing = listings.listing()
    prompt, slow = markets.bound(listing), markets.bound(listing)
    held = measure(listing)
    settle()
    apply_all(prompt)

    measure_lift(actor=SYSTEM, measure=held)
    settle()

    suspended, allowed = Outcome.SUSPEND, Outcome.ALLOW
    assert rows(prompt) == [
        ("apply", "applied", suspended, False),
        ("lift", "owed", allowed, True),
    ]
    assert rows(slow) == [("apply", "superseded", suspended, False)]
    assert acts("ended").get().payload["marketplaces"] == [str(slow.pk)]

    apply_all(prompt)
    settle()
    assert rows(prompt)[1] == ("lift", "lifted", allowed, True)


def test_what_was_lifted_begins_anew_with_the_next_measure():
    listing = listings.listing()
    market = markets.bound(listing)
    first = measure(listing)
    settle()
    apply_all(market)
    measure_lift(actor=SYSTEM, measure=first)
    settle()
    apply_all(market)

    measure(listing, reference="C-00008-B", outcome=Outcome.PROHIBIT)
    settle()

    assert rows()[2:] == [("apply", "owed", Outcome.PROHIBIT, True)]
    assert [row[3] for row in rows()] == [False, False, True]


def test_a_milder_outcome_is_applied_and_not_lifted():
    listing = listings.listing()
    market = markets.bound(listing)
    version = policy.entered(policy.rule_draft(TEXTS, jurisdictions=[]))
    settle()
    apply_all(market)
    actor = institutions.actor(institutions.regulator("*"))

    milder = policy.rule_draft(WIDER, jurisdictions=[], outcome=Outcome.CONDITION)
    policy.entered(milder)
    settle()
    apply_all(market)
    rule_end(actor=actor, version=version, reason="Repealed.")
    settle()

    assert rows()[-1] == ("apply", "owed", Outcome.CONDITION, True)


def test_the_end_of_an_offer_an_accession_or_a_listing_ends_what_is_owed():
    first, second, third = (listings.listing() for _ in range(3))
    one, two, three = (markets.bound(listing) for listing in (first, second, third))
    policy.entered(policy.rule_draft(TEXTS))
    settle()
    assert len(rows()) == 3

    offer_end(actor=OPERATOR, offer_id=one.offers.get().pk)
    markets.accede(two, kinds=(StatuteKind.CODE,))
    listing_withdraw(actor=OPERATOR, listing_id=third.pk, reason="Retired.")
    settle()

    closed = [("apply", "superseded", Outcome.SUSPEND, False)]
    assert (rows(one), rows(two), rows(three)) == (closed, closed, closed)


def test_what_is_offered_or_bound_later_owes_from_then_on():
    listing = listings.listing()
    policy.entered(policy.rule_draft(TEXTS))
    settle()
    market = markets.bound()
    settle()
    assert rows() == []

    markets.offer(market, listing)
    settle()

    assert rows(market) == [("apply", "owed", Outcome.SUSPEND, True)]


@pytest.mark.parametrize(
    ("outcome", "span"),
    [(Outcome.SUSPEND, dt.timedelta(hours=24)), (Outcome.PROHIBIT, dt.timedelta(hours=24))],
)
def test_what_stops_an_offer_is_due_in_a_day(outcome, span):
    listing = listings.listing()
    markets.bound(listing)
    measure(listing, outcome=outcome)
    settle()

    row = Acknowledgement.objects.get()

    assert row.due_at - row.since_at == span
    assert row.deadline.code == "portal.marketplace.stop"


@pytest.mark.parametrize("outcome", [Outcome.CONDITION, Outcome.RESTRICT])
def test_what_limits_an_offer_is_due_after_seven_whole_days(outcome):
    listing = listings.listing()
    markets.bound(listing)
    measure(listing, outcome=outcome)
    settle()

    row = Acknowledgement.objects.get()

    assert row.deadline.code == "portal.marketplace.limit"
    assert dt.timedelta(days=7) < row.due_at - row.since_at <= dt.timedelta(days=8)


def test_thousands_are_owed_by_few_acts_and_few_questions(django_assert_max_num_queries):
    drafts = [listings.draft() for _ in range(400)]
    listings.write(*drafts)
    made = list(listings.Listing.objects.all())
    for _ in range(3):
        markets.bound(*made)
    policy.entered(policy.rule_draft(TEXTS))
    settle()

    assert Acknowledgement.objects.owed().count() == 1200
    assert sorted(act.payload["count"] for act in acts("owed")) == [200, 1000]
    reassess()
    with django_assert_max_num_queries(30):
        reassess()
    assert Acknowledgement.objects.count() == 1200
