"""Measures: each event in each state by each role, and what a buyer is told then."""

import datetime as dt
from dataclasses import replace

import pytest

from apps.compliance.errors import GrantEnded
from apps.compliance.models import Measure
from apps.compliance.selectors.standings import standings_of
from apps.compliance.services import (
    MeasureDraft,
    measure_impose,
    measure_lift,
    standings_turn,
)
from apps.compliance.states import MeasureSource
from apps.core.actor import ANONYMOUS, OPERATOR, SYSTEM
from apps.core.clock import now
from apps.core.errors import NotPermitted
from apps.institutions.offices import Office, Subject
from apps.journal.models import RecordedAct
from apps.policy.engine import Outcome
from apps.reactions.runner import settle
from tests.factories import institutions, listings

pytestmark = pytest.mark.django_db
DAYS = 30
ROLES = {
    "stranger": (lambda: ANONYMOUS, False),
    "operator": (lambda: OPERATOR, False),
    "portal": (lambda: SYSTEM, True),
    "person": (lambda: institutions.actor(institutions.person()), False),
    "clerk": (lambda: institutions.actor(institutions.officer(Office.CLERK)), False),
    "administrator": (lambda: institutions.actor(institutions.administrator()), False),
    "regulator there": (lambda: institutions.actor(institutions.regulator("IN")), True),
    "regulator elsewhere": (lambda: institutions.actor(institutions.regulator("FR")), False),
    "regulator of misuse": (
        lambda: institutions.actor(institutions.regulator("IN", Subject.MISUSE)),
        False,
    ),
    "regulator with one factor": (
        lambda: institutions.actor(institutions.regulator("IN"), second_factor=False),
        False,
    ),
    "suspended regulator": (
        lambda: institutions.actor(institutions.suspended(institutions.regulator("IN"))),
        False,
    ),
}
# What an event does to the one measure, and how many measures and acts there are afterwards.
EVENTS = {
    ("none", "impose"): ("running", 1, 1),
    ("none", "impose for ever"): ("running", 1, 1),
    ("running", "impose"): ("running", 1, 0),
    ("running", "impose another"): ("running", 2, 1),
    ("running", "lift"): ("lifted", 1, 1),
    ("running", "expire"): ("expired", 1, 0),
    ("lifted", "impose"): ("lifted", 1, 0),
    ("lifted", "impose another"): ("lifted", 2, 1),
    ("lifted", "lift"): (GrantEnded, 1, 0),
    ("lifted", "expire"): ("lifted", 1, 0),
    ("expired", "impose"): ("expired", 1, 0),
    ("expired", "impose another"): ("expired", 2, 1),
    ("expired", "lift"): (GrantEnded, 1, 0),
    ("expired", "expire"): ("expired", 1, 0),
}
BOUND = {"running": Outcome.SUSPEND}


@pytest.fixture
def listing():
    return listings.listing()


def draft(listing, **changes):
    facts = {
        "listing": listing,
        "outcome": Outcome.SUSPEND,
        "source": MeasureSource.DECISION,
        "reference": "C-00007-A",
        "reason": "Decided.",
        "jurisdictions": ["IN"],
        "uses": [],
        "until_at": now() + dt.timedelta(days=DAYS),
    }
    return MeasureDraft(**(facts | changes))


def bring_to(state, listing, clock):
    if state == "none":
        return
    measure = measure_impose(actor=SYSTEM, draft=draft(listing))
    if state == "lifted":
        measure_lift(actor=SYSTEM, measure=measure)
    if state == "expired":
        clock.advance(f"{DAYS} days")
    settle()
    standings_turn()


def happen(event, listing, actor, clock):
    if event == "lift":
        measure_lift(actor=actor, measure=Measure.objects.get(reference="C-00007-A"))
    elif event == "expire":
        clock.advance(f"{DAYS + 1} days")
    else:
        changed = {
            "impose": {},
            "impose for ever": {"until_at": None},
            "impose another": {"reference": "C-00008-B", "outcome": Outcome.RESTRICT},
        }
        measure_impose(actor=actor, draft=draft(listing, **changed[event]))
    settle()
    standings_turn()


def state_of(reference="C-00007-A"):
    [measure] = Measure.objects.filter(reference=reference)
    if measure.ended_at:
        return "lifted"
    return "expired" if measure.until_at and measure.until_at <= now() else "running"


def acts():
    kinds = ("compliance.measure.imposed", "compliance.measure.lifted")
    return RecordedAct.objects.filter(kind__in=kinds).count()


def told(listing):
    """The strictest outcome that buyers in India are told."""
    listing.refresh_from_db()
    return max(standing.outcome for standing in standings_of(listing))


@pytest.mark.parametrize(("state", "event"), EVENTS)
def test_each_event_in_each_state(listing, clock, state, event):
    settle()
    standings_turn()
    bring_to(state, listing, clock)
    after, count, recorded = EVENTS[state, event]
    before = acts()

    if isinstance(after, type):
        with pytest.raises(after):
            happen(event, listing, SYSTEM, clock)
        after = state
    else:
        happen(event, listing, SYSTEM, clock)

    assert (state_of(), Measure.objects.count(), acts() - before) == (after, count, recorded)
    other = Outcome.RESTRICT if event == "impose another" else Outcome.ALLOW
    assert told(listing) == max(BOUND.get(after, Outcome.ALLOW), other)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize(
    ("state", "event"),
    [pair for pair in EVENTS if pair[1] in {"impose", "lift"}],
)
def test_each_role_at_each_event_in_each_state(listing, clock, state, event, role):
    make, may = ROLES[role]
    actor = make()
    bring_to(state, listing, clock)
    before, number = acts(), Measure.objects.count()
    after, count, recorded = EVENTS[state, event]

    if not may:
        with pytest.raises(NotPermitted):
            happen(event, listing, actor, clock)
        assert (acts(), Measure.objects.count()) == (before, number)
    elif isinstance(after, type):
        with pytest.raises(after):
            happen(event, listing, actor, clock)
    else:
        happen(event, listing, actor, clock)
        assert (acts() - before, Measure.objects.count()) == (recorded, count)


def test_a_measure_everywhere_needs_a_mandate_everywhere(listing):
    everywhere = replace(draft(listing), jurisdictions=[])

    with pytest.raises(NotPermitted):
        measure_impose(actor=institutions.actor(institutions.regulator("IN")), draft=everywhere)

    actor = institutions.actor(institutions.regulator("*"))
    assert measure_impose(actor=actor, draft=everywhere).jurisdictions == []
