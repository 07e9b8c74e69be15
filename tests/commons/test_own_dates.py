"""Measures and orders in the calendar, for everyone; what is owed and who is on duty, for some."""

import datetime as dt

import pytest
from django.test import Client

from apps.cases.services import urgent_act
from apps.compliance.models import Acknowledgement
from apps.compliance.services import MeasureDraft, measure_impose, measure_lift
from apps.compliance.states import MeasureSource
from apps.core.actor import SYSTEM
from apps.core.clock import now
from apps.institutions.offices import Office, Subject
from apps.policy.engine import Outcome
from apps.reactions.runner import settle
from tests.commons.test_calendar import month, unfolded
from tests.factories import cases, listings, markets, policy
from tests.factories import institutions as make
from tests.sarkar.signing import signed_in

pytestmark = pytest.mark.django_db
SOON = dt.timedelta(days=40)


def titles(at, client=None):
    answer = (client or Client()).get(f"/calendar/{month(at)}")
    return [(str(one.what), one.title) for day in answer.context["days"] for one in day.entries]


def feed(client=None):
    return unfolded((client or Client()).get("/calendar.ics").content.decode())


def imposed(listing, reference="C-1"):
    return measure_impose(
        actor=SYSTEM,
        draft=MeasureDraft(
            listing=listing,
            outcome=Outcome.SUSPEND,
            source=MeasureSource.DECISION,
            reference=reference,
            reason="Decided.",
            jurisdictions=[],
            uses=[],
            until_at=now() + SOON,
        ),
    )


def test_a_measure_stands_where_it_ends_until_it_is_lifted():
    listing = listings.listing()
    measure = imposed(listing)

    assert titles(measure.until_at) == [("Measure ends", listing.name)]
    assert f"URL:http://testserver/listings/{listing.code}/" in feed()
    measure_lift(actor=SYSTEM, measure=measure)
    assert titles(measure.until_at) == []


def test_an_order_stands_where_it_ends_with_its_authority():
    from_court = cases.ordered(until_at=now() + SOON)

    name = f"{from_court.authority}: {from_court.listing.name}"
    assert titles(from_court.until_at) == [("Order ends", name)]
    assert f"URL:http://testserver/orders/#{from_court.code}" in feed()
    assert f'id="{from_court.code}"' in Client().get("/orders/").content.decode()


def test_an_urgent_act_stands_with_its_listing_and_never_with_its_case():
    case = cases.opened(listing=cases.company_listing()[1], title="Portraits of strangers")
    urgent_act(
        actor=make.actor(cases.on_duty()),
        case=case,
        outcome=Outcome.SUSPEND,
        jurisdictions=["IN"],
        necessity="People are in danger now.",
    )

    assert f"SUMMARY:Measure ends: {case.listing.name}" in feed()
    assert "Portraits of strangers" not in "\n".join(feed())


def test_what_a_marketplace_owes_stands_for_its_own_people_alone():
    listing, other = listings.listing(), listings.listing()
    market = markets.bound(listing, other)
    imposed(listing)
    settle()
    owner = signed_in(make.owner_of(market.organisation))
    due_at = Acknowledgement.objects.get().due_at
    owed = ("Your marketplace has to apply", f"{market.name}: {listing.name}")

    assert owed in titles(due_at, owner)
    assert f"SUMMARY:{owed[0]}: {owed[1]}" in feed(owner)
    assert f"URL:http://testserver/bazaar/marketplaces/{market.slug}/" in feed(owner)
    for stranger in (None, signed_in(make.person())):
        assert owed not in titles(due_at, stranger)
        assert market.name not in "\n".join(feed(stranger))


def test_what_is_due_at_one_moment_is_one_date():
    found = [listings.listing() for _number in range(3)]
    market = markets.bound(*found)
    policy.entered(policy.rule_draft('listing.task == "text-generation"'))
    settle()
    [due_at] = set(Acknowledgement.objects.values_list("due_at", flat=True))

    owner = signed_in(make.owner_of(market.organisation))

    owed = [title for what, title in titles(due_at, owner) if what.startswith("Your")]
    assert owed == [f"{market.name}: 3 listings"]


def test_the_duty_roster_stands_for_regulators_alone():
    officer = cases.officer()
    shift = make.shift(officer, days=20)
    regulator = signed_in(make.regulator("FR", Subject.MODELS))

    shown = titles(shift.from_at, regulator) + titles(shift.until_at, regulator)
    assert ("On duty", f"{officer.name}, IN") in shown
    assert ("Duty ends", f"{officer.name}, IN") in shown
    assert f"SUMMARY:Duty ends: {officer.name}\\, IN" in feed(regulator)
    assert "Only regulators see this" in regulator.get("/calendar/").content.decode()
    clerk = signed_in(make.officer(Office.CLERK))
    for other in (None, signed_in(make.person()), clerk):
        assert all("duty" not in what.lower() for what, _title in titles(shift.until_at, other))
        assert officer.name not in "\n".join(feed(other))
        assert (
            "Only regulators see this" not in (other or Client()).get("/calendar/").content.decode()
        )


def test_a_feed_of_ones_own_is_not_kept_by_anyone_else():
    answer = signed_in(make.person()).get("/calendar.ics")

    assert "private" in answer["Cache-Control"]
    assert "Cookie" in answer["Vary"]
