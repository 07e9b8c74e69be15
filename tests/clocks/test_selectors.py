import datetime as dt
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.clocks.errors import DeadlineRuleUnknown
from apps.clocks.selectors import (
    BreachCount,
    breach_counts,
    breaches,
    clocks_due,
    clocks_of,
    clocks_resting,
    deadline_rule,
)
from apps.clocks.services import clock_pause, clock_stop, clocks_expire
from apps.core.actor import SYSTEM
from tests.factories import clocks as make

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("day", "amount", "unit"),
    [("2026-02-19", 15, "days"), ("2026-02-20", 7, "days"), ("2026-11-23", 7, "days")],
)
def test_the_rule_of_the_day_is_found(day, amount, unit):
    rule = deadline_rule("in.it-rules.resolve", dt.date.fromisoformat(day))

    assert (rule.amount, rule.unit) == (amount, unit)


def test_before_its_first_day_a_rule_is_unknown():
    with pytest.raises(DeadlineRuleUnknown):
        deadline_rule("eu.ai-act.incident", dt.date(2027, 12, 1))


def test_an_owner_sees_what_is_due_soonest_first_page_by_page():
    owner = uuid.uuid4()
    rules = [make.deadline_rule(f"tests.r{n}", amount=n) for n in (30, 10, 20, 40)]
    for rule in rules:
        make.clock_of(rule, owner=owner)
    make.clock_of(rules[0])

    first = clocks_due(owner, size=3)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        second = clocks_due(owner, after=first.after, size=3)

    assert [row.rule.amount for row in first.rows] == [10, 20, 30]
    assert [row.rule.amount for row in second.rows] == [40]
    assert (second.after, len(queries)) == ("", 1)


def test_a_resting_clock_is_listed_apart():
    owner = uuid.uuid4()
    clock = make.clock_of(make.deadline_rule(), owner=owner)
    clock_pause(actor=SYSTEM, clock=clock, reason="awaiting-information")

    assert clocks_due(owner).rows == []
    assert [row.id for row in clocks_resting(owner).rows] == [clock.id]
    assert [row.id for row in clocks_of(clock.thing)] == [clock.id]


def test_breaches_are_listed_and_counted_the_authoritys_too(clock):
    company = make.deadline_rule("tests.company")
    authority = make.deadline_rule("tests.authority", owed_by="authority", amount=24)
    owed, late, met = make.clock_of(company), make.clock_of(authority), make.clock_of(company)
    clock_stop(actor=SYSTEM, clock=met, reason="question-answered")
    clock.advance("3 days")
    clocks_expire()
    clock_stop(actor=SYSTEM, clock=late, reason="question-answered")

    assert [row.id for row in breaches().rows] == [owed.id, late.id]
    assert [row.id for row in breaches(owed_by="authority").rows] == [late.id]
    assert breach_counts() == [
        BreachCount("tests.authority", "Answer a question", "authority", 0, 1),
        BreachCount("tests.company", "Answer a question", "company", 1, 0),
    ]
