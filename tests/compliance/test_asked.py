"""The log of questions: whose it is, how it is read, for how long it is kept, what is counted."""

import csv
import datetime as dt
import io
import json

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from apps.compliance.models import AskedCount, AskedQuestion
from apps.compliance.selectors.asked import COLUMNS
from apps.compliance.services import questions_forget
from apps.core.clock import now
from apps.institutions.scopes import Scope
from apps.institutions.services import erasure_carry_out, erasure_request
from apps.policy.engine import Outcome
from apps.reactions.runner import settle
from tests.authorisation.roles import signed_in
from tests.factories import institutions

pytestmark = pytest.mark.django_db
LOG, COUNTS = "/api/v1/decisions/log", "/api/v1/decisions/counts"


def asked(asker, **changes):
    told = {
        "asker": asker,
        "asked_at": now(),
        "model": "acme/writer",
        "digest": "",
        "use": "general",
        "jurisdiction": "IN",
        "commercial": True,
        "listing": "L-00001-X",
        "version": 1,
        "outcome": Outcome.ALLOW,
        "facts_version": 7,
        "ruleset_version": 3,
    }
    return AskedQuestion.objects.create(**(told | changes))


def server(person, organisation=None, *scopes):
    issued = institutions.token(
        person, *(scopes or [Scope.DECISIONS_READ]), organisation=organisation
    )
    made = APIClient()
    made.credentials(HTTP_AUTHORIZATION=f"Bearer {issued.secret}")
    return made


@pytest.fixture
def company():
    return institutions.organisation("Prism Labs")


@pytest.fixture
def owner(company):
    return institutions.owner_of(company)


def numbers(answer):
    return [row["facts_version"] for row in answer.json()["questions"]]


def test_the_log_is_read_page_by_page_the_newest_first(company, owner):
    for number in range(5):
        asked(company.pk, facts_version=number, asked_at=now() - dt.timedelta(hours=number))
    made = server(owner, company)

    first = made.get(LOG, {"limit": 3})
    rest = made.get(LOG, {"limit": 3, "after": first.json()["after"]})

    assert (numbers(first), numbers(rest), rest.json()["after"]) == ([0, 1, 2], [3, 4], "")
    assert list(first.json()["questions"][0]) == list(COLUMNS)


def test_it_is_narrowed_by_outcome_listing_and_day(company, owner):
    day = (now() - dt.timedelta(days=3)).astimezone(dt.UTC)
    asked(company.pk, facts_version=1, outcome=Outcome.SUSPEND)
    asked(company.pk, facts_version=2, listing="L-00002-X")
    asked(company.pk, facts_version=3, asked_at=day)
    made = server(owner, company)

    found = [
        numbers(made.get(LOG, query))
        for query in (
            {"outcome": "suspend"},
            {"listing": "L-00002-X"},
            {"day": day.date().isoformat()},
            {"day": day.date().isoformat(), "outcome": "suspend"},
        )
    ]

    assert found == [[1], [2], [3], []]
    for query in ({"outcome": "never"}, {"day": "9999-12-31"}, {"after": "x"}, {"listings": "x"}):
        assert made.get(LOG, query).status_code == 400


def test_nobody_reads_what_another_asked(company, owner):
    other = institutions.organisation("Other Works")
    own, theirs = asked(company.pk), asked(other.pk)
    mine = asked(owner.pk, facts_version=9)
    served = server(institutions.owner_of(other), other)

    assert len(numbers(served.get(LOG))) == 1
    assert numbers(server(owner).get(LOG)) == [9]
    assert server(owner, company, Scope.LISTINGS_READ).get(LOG).status_code == 403
    assert APIClient().get(LOG).status_code == 401
    page = signed_in(institutions.owner_of(other)).get("/bazaar/questions/")
    assert [row.pk for row in page.context["page"].rows] == [theirs.pk]
    chosen = signed_in(owner).get("/bazaar/questions/", {"organisation": other.code})
    assert [row.pk for row in chosen.context["page"].rows] == [own.pk]
    alone = signed_in(owner).get("/bazaar/questions/", {"organisation": "own"})
    assert [row.pk for row in alone.context["page"].rows] == [mine.pk]


def test_the_page_hands_out_what_it_shows(company, owner):
    for number in range(3):
        asked(company.pk, facts_version=number, outcome=Outcome.SUSPEND, model='=a,"b"')
    asked(company.pk)
    client, query = signed_in(owner), {"outcome": int(Outcome.SUSPEND)}

    table = b"".join(client.get("/bazaar/questions.csv", query).streaming_content).decode()
    lines = b"".join(client.get("/bazaar/questions.jsonl", query).streaming_content).decode()

    rows = list(csv.DictReader(io.StringIO(table)))
    assert [row["facts_version"] for row in rows] == ["2", "1", "0"]
    assert {row["model"] for row in rows} == {'\'=a,"b"'}
    told = [json.loads(line) for line in lines.splitlines()]
    assert [row["facts_version"] for row in told] == [2, 1, 0]
    assert {row["outcome"] for row in told} == {"suspend"}


def test_more_questions_cost_no_more_queries(company, owner, django_assert_num_queries):
    client = signed_in(owner)
    asked(company.pk)
    client.get("/bazaar/questions/")
    with CaptureQueriesContext(connection) as one:
        client.get("/bazaar/questions/")
    for _number in range(9):
        asked(company.pk)

    with django_assert_num_queries(len(one)):
        client.get("/bazaar/questions/")


def test_questions_are_forgotten_when_their_time_is_over(company, settings):
    settings.QUESTIONS_KEPT_DAYS = 30
    asked(company.pk, asked_at=now() - dt.timedelta(days=31))
    kept = asked(company.pk, asked_at=now() - dt.timedelta(days=29))

    assert questions_forget() == 1

    assert [row.pk for row in AskedQuestion.objects.all()] == [kept.pk]


def test_ones_own_questions_are_exported_and_erased(company):
    person = institutions.person()
    asked(person.pk, facts_version=5)
    kept = asked(company.pk)
    export = json.loads(signed_in(person).get("/me/export/").content)
    assert [row["facts_version"] for row in export["questions"]] == [5]

    request = erasure_request(actor=institutions.actor(person))
    administrator = institutions.actor(institutions.administrator())
    erasure_carry_out(actor=administrator, request=request, answer="Done.")
    settle()

    assert [row.pk for row in AskedQuestion.objects.all()] == [kept.pk]


def test_counts_name_nobody_and_leave_out_small_ones_and_today(settings):
    settings.QUESTIONS_TOLD_FROM = 10
    today = now().astimezone(dt.UTC).date()
    yesterday = today - dt.timedelta(days=1)
    for day, place, number in (
        (yesterday, "IN", 10),
        (yesterday, "EU", 9),
        (today, "IN", 99),
        (today - dt.timedelta(days=90), "IN", 50),
    ):
        AskedCount.objects.create(
            day_date=day, outcome=3, use="medical", jurisdiction=place, questions=number
        )

    counts = Client().get(COUNTS).json()

    told = {"outcome": "suspend", "use": "medical", "jurisdiction": "IN"}
    assert counts == {
        "counts": [{"day": yesterday.isoformat(), **told, "questions": 10}],
        "after": "",
    }
    older = Client().get(COUNTS, {"since": "2020-01-01", "limit": 1}).json()
    rest = Client().get(COUNTS, {"since": "2020-01-01", "after": older["after"]}).json()
    assert [row["questions"] for row in older["counts"] + rest["counts"]] == [10, 50]
