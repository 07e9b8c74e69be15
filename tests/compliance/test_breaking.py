"""One's own questions put as they will be answered on a day to come."""

import datetime as dt
from itertools import product

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.compliance.models import AskedQuestion
from apps.compliance.reach import ripenings
from apps.compliance.selectors import breaking
from apps.compliance.selectors.answers import Question
from apps.compliance.selectors.breaking import changes_on, day_ahead, end_of, turns_ahead
from apps.compliance.selectors.deciding import decide
from apps.compliance.services import ExemptionDraft, exemption_grant
from apps.core.clock import now
from apps.listings.readers import EvaluationDraft
from apps.policy.engine import VOCABULARY, Mode, Outcome, compile_rule
from apps.reactions.runner import settle
from tests.authorisation.roles import signed_in
from tests.compliance.test_asked import asked, server
from tests.factories import institutions, listings, policy

pytestmark = pytest.mark.django_db
DAYS = 10
TEXTS = 'listing.task == "text-generation"'
OLD = "has(listing.eval_age_days) && listing.eval_age_days > 30"


@pytest.fixture
def company():
    return institutions.organisation("Prism Labs")


def today():
    return now().astimezone(dt.UTC).date()


def in_days(number):
    return now() + dt.timedelta(days=number)


def entered(expression=TEXTS, **changes):
    return policy.entered(policy.rule_draft(expression, **changes))


def world():
    """Rules that begin and end, an exemption that runs out and a test that ages."""
    tested = EvaluationDraft(
        kind="toxicity", score=0.2, measured_date=today() - dt.timedelta(days=27)
    )
    shelf = [
        listings.listing(external_id="acme/writer", evaluations=(tested,)),
        listings.listing(external_id="acme/painter", task="text-to-image"),
        listings.listing(external_id="acme/exempt"),
    ]
    entered(jurisdictions=["IN"], effective_at=in_days(5))
    pictures = 'listing.task == "text-to-image"'
    entered(
        pictures,
        sunset_at=in_days(6),
        outcome=Outcome.RESTRICT,
        allowed_jurisdictions=["FR"],
    )
    entered(OLD, outcome=Outcome.CONDITION, jurisdictions=["*"])
    entered(mode=Mode.WARN, outcome=Outcome.PROHIBIT, effective_at=in_days(4), uses=["medical"])
    spared = entered(outcome=Outcome.PROHIBIT, uses=["education"], jurisdictions=["IN"])
    exemption_grant(
        actor=institutions.actor(institutions.regulator("IN")),
        draft=ExemptionDraft(
            rule=spared.rule,
            listing=shelf[2],
            reason="A trial.",
            until_at=in_days(8),
            jurisdictions=["IN"],
            uses=[],
        ),
    )
    settle()
    return shelf


def told(decision):
    return (
        *(decision.outcome, decision.would_be, decision.may_be_offered),
        decision.allowed_jurisdictions,
        [(reason.rule, reason.version, reason.clauses) for reason in decision.reasons],
    )


def test_it_equals_asking_one_by_one_on_that_day(company, clock):
    shelf = world()
    models = [*(row.external_id for row in shelf), shelf[0].code, "nobody/none"]
    scenarios = list(product(models, ("general", "medical", "education"), ("*", "IN", "EU")))
    for model, use, place in scenarios:
        asked(company.pk, model=model, use=use, jurisdiction=place)
    questions = [
        Question(model=model, use=use, jurisdiction=place) for model, use, place in scenarios
    ]
    day = today() + dt.timedelta(days=DAYS)
    before = [told(decide(question)) for question in questions]

    found = changes_on(company.pk, day)

    clock.advance(end_of(day) - now() - dt.timedelta(minutes=2))
    settle()
    after = [told(decide(question)) for question in questions]
    expected = {
        (one.model, one.use, one.jurisdiction): pair
        for one, *pair in zip(questions, before, after, strict=True)
        if pair[0][:4] != pair[1][:4]
    }
    foretold = {
        (change.question.model, change.question.use, change.question.jurisdiction): [
            told(change.before),
            told(change.after),
        ]
        for change in found.changes
    }
    assert foretold == expected
    assert len(expected) == 22


def test_it_says_by_which_clause_and_how_often(company):
    listings.listing(external_id="acme/writer")
    version = entered(effective_at=in_days(3))
    settle()
    for _time in range(4):
        asked(company.pk, model="acme/writer")
    asked(company.pk, model="acme/writer", asked_at=in_days(-32))
    asked(institutions.person().pk, model="acme/writer")

    found = changes_on(company.pk, today() + dt.timedelta(days=3))

    [change] = found.changes
    assert (found.asked, found.distinct, found.cut, found.firm) == (4, 1, False, 1)
    assert (change.times, change.before.outcome, change.after.outcome) == (
        *(4, Outcome.ALLOW),
        Outcome.SUSPEND,
    )
    [reason] = change.begins
    assert (reason.rule, reason.version) == (version.rule.code, 1)
    assert [number for number, _text in reason.clauses]
    assert change.ends == ()
    assert changes_on(company.pk, today() + dt.timedelta(days=2)).changes == ()


def test_the_next_day_on_which_time_brings_anything_is_told(company):
    assert day_ahead(turns_ahead(company.pk)) == today() + dt.timedelta(days=1)
    shelf = world()
    asked(company.pk, listing=shelf[0].code)

    turns = turns_ahead(company.pk)

    assert [(turn.begins, turn.aged) for turn in turns] == [
        *((True, False), (True, True), (True, False)),
        *((False, False), (False, False)),
    ]
    assert [(turn.day - today()).days for turn in turns] == [4, 4, 5, 6, 8]
    assert day_ahead(turns) == today() + dt.timedelta(days=4)


@pytest.mark.parametrize(
    ("expression", "days"),
    [
        ("listing.eval_age_days > 30", {31}),
        ("listing.eval_age_days >= 30", {30}),
        ("30 > listing.eval_age_days", {30}),
        ("listing.eval_age_days == param.age", {7, 8}),
        ('req.date - listing.eval_date > duration("720h")', {30}),
        ('duration("725h") <= req.date - listing.eval_date', {30}),
        ("listing.open_incidents > 3", set()),
    ],
)
def test_the_age_at_which_a_rule_turns_is_read_from_it(expression, days):
    tree = compile_rule(expression, VOCABULARY).tree

    assert ripenings(tree, {"age": 7}) == days


def test_only_the_questions_asked_most_often_are_put_where_there_are_too_many(company, monkeypatch):
    monkeypatch.setattr(breaking, "MOST", 2)
    for number in range(3):
        for _time in range(number + 1):
            asked(company.pk, model=f"x/{number}")

    found = changes_on(company.pk, today())

    assert (found.cut, found.distinct, found.asked) == (True, 2, 5)


def test_more_questions_cost_no_more_queries(company):
    world()
    costs = []
    for number in range(2):
        for place in ("IN", "KE", "EU", "BR")[: 1 + 3 * number]:
            asked(company.pk, model="acme/writer", jurisdiction=place)
        changes_on(company.pk, today() + dt.timedelta(days=DAYS))
        with CaptureQueriesContext(connection) as counted:
            changes_on(company.pk, today() + dt.timedelta(days=DAYS))
        costs.append(len(counted))

    assert costs[0] == costs[1]
    assert AskedQuestion.objects.count() == 5


def test_the_page_the_table_and_the_api_say_the_same(company):
    listings.listing(external_id="acme/writer")
    version = entered(effective_at=in_days(3))
    settle()
    asked(company.pk, model="acme/writer")
    owner = institutions.owner_of(company)
    client, day = signed_in(owner), (today() + dt.timedelta(days=3)).isoformat()

    api = server(owner, company).get("/api/v1/decisions/changes").json()
    page = client.get("/bazaar/questions/changes/")
    table = b"".join(client.get("/bazaar/questions/changes.csv").streaming_content).decode()

    assert api["on"] == day
    [change] = api["changes"]
    assert (change["before"]["outcome"], change["after"]["outcome"]) == ("allow", "suspend")
    assert [one["rule"] for one in change["begins"]] == [version.rule.code]
    assert version.rule.code in page.content.decode()
    assert page.context["found"].on.isoformat() == day
    assert f"{version.rule.code} v1" in table.splitlines()[1]
    assert server(owner, company).get("/api/v1/decisions/changes?on=2020-01-01").status_code == 400
    assert client.get("/bazaar/questions/changes/?on=2020-01-01").status_code == 200
