"""What is asked is logged: by the callable before Django as by Django, and kept through a stop."""

import datetime as dt
import json
import multiprocessing
import os
import signal
import time
import uuid

import pytest

from apps.compliance.api import views
from apps.compliance.models import AskedCount, AskedLoss, AskedQuestion
from apps.compliance.selectors.asked import questions_lost
from apps.compliance.services import QUESTIONS, AskedLog, Line
from apps.core.clock import now
from apps.institutions.scopes import Scope
from apps.policy.engine import Outcome
from tests.config.hot import Worker
from tests.database.base import as_superuser
from tests.factories import institutions, listings, policy
from tests.supervised import wait_for

pytestmark = pytest.mark.django_db(transaction=True)
SECONDS = 20
ASKER = uuid.UUID(int=7)
LINE = Line(b"a\\tb\t\t\\N\t\\N\tgeneral\tIN\tTrue\t\t\\N\t3\t\\N\t0", (3, "general", "IN"))


@pytest.fixture
def log():
    QUESTIONS.begin()
    yield QUESTIONS
    QUESTIONS.end()


@pytest.fixture
def worker(settings):
    settings.API_RATES = dict.fromkeys(settings.API_RATES, 100_000)
    made = Worker()
    yield made
    made.hot.watch.close()


def plain(row):
    told = {name: value for name, value in vars(row).items() if not name.startswith("_")}
    return {name: told[name] for name in told if name not in {"id", "asked_at"}}


def test_both_ways_write_the_same_lines(worker, log):
    company = institutions.organisation()
    listing = listings.listing(external_id="acme/writer")
    policy.entered(policy.rule_draft('listing.task == "text-generation"', jurisdictions=["IN"]))
    secret = institutions.token(
        institutions.owner_of(company), Scope.DECISIONS_READ, organisation=company
    ).secret
    questions = [
        {"model": "acme/writer", "jurisdiction": "IN"},
        {"model": listing.code, "version": "1", "commercial": "no"},
        {"model": "nobody\\N/x", "use": "medical"},
    ]
    body = json.dumps({"questions": [*questions, {"model": ""}]}).encode()
    requests = [*questions, {"method": "POST", "body": body}]
    for request in requests:
        worker.both(secret=secret, **request)
    log.write()
    AskedQuestion.objects.all().delete()

    written = []
    for application in (worker.hot, worker.django):
        turns = worker.turns
        for request in requests:
            worker.ask(application, secret=secret, **request)
        assert worker.turns == turns
        log.write()
        rows = AskedQuestion.objects.filter(asker=company.pk).order_by("asked_at", "id")
        written.append([plain(row) for row in rows])
        assert all(abs(row.asked_at - now()) < dt.timedelta(minutes=1) for row in rows)
        rows.delete()

    hot, django = written
    assert hot == django
    assert [row["model"] for row in hot] == [one["model"] for one in questions] * 2
    assert [row["outcome"] for row in hot[:3]] == [Outcome.SUSPEND, Outcome.ALLOW, Outcome.SUSPEND]
    assert [row["listing"] for row in hot[:3]] == [listing.code, listing.code, ""]


def test_of_an_asker_without_a_name_only_counts_are_kept(worker, log):
    for _turn in range(3):
        worker.ask(model="x", jurisdiction="IN")
    log.write()
    worker.ask(model="x", jurisdiction="IN")
    log.write()

    assert AskedQuestion.objects.count() == 0
    [count] = AskedCount.objects.all()
    assert (count.use, count.jurisdiction, count.outcome, count.questions) == (
        *("general", "IN", Outcome.SUSPEND),
        4,
    )


def test_the_hot_path_has_no_statement_more(worker, log, django_assert_num_queries):
    secret = institutions.token(institutions.person(), Scope.DECISIONS_READ).secret
    worker.both(secret=secret, model="x")

    with django_assert_num_queries(0):
        assert worker.ask(secret=secret, model="x")[0] == "200 OK"

    assert views.QUESTIONS is log


def test_a_log_that_cannot_be_written_fails_no_decision_and_is_written_later(worker, log):
    secret = institutions.token(institutions.person(), Scope.DECISIONS_READ).secret
    worker.both(secret=secret, model="x")
    log.write()
    before = AskedQuestion.objects.count()
    as_superuser("alter table compliance_askedquestion rename to gone")
    try:
        for _turn in range(3):
            assert worker.ask(secret=secret, model="x")[0] == "200 OK"
        log.write()
    finally:
        as_superuser("alter table gone rename to compliance_askedquestion")

    wait_for(lambda: AskedQuestion.objects.count() == before + 3, SECONDS)
    assert questions_lost() == 0


def test_what_there_is_no_room_for_is_counted_as_lost():
    small = AskedLog(most=5)
    small.begin()
    with small.writing:
        for _turn in range(4):
            small.note(ASKER, now(), [LINE, LINE])
    small.end()

    assert AskedQuestion.objects.count() == 4
    assert questions_lost() == 4
    assert AskedLoss.objects.count() == 1


def noted_and_ended():
    made = AskedLog()
    made.begin()
    for _turn in range(1000):
        made.note(ASKER, now_of_child(), [LINE])


def noted_and_killed():
    made = AskedLog()
    made.begin()
    made.note(ASKER, now_of_child(), [LINE] * 10)
    made.write()
    with made.writing:
        made.note(ASKER, now_of_child(), [LINE] * 5)
        os.kill(os.getpid(), signal.SIGKILL)


def now_of_child():
    return dt.datetime.now(dt.UTC)


@pytest.mark.parametrize(
    ("work", "status", "kept"),
    [(noted_and_ended, 0, 1000), (noted_and_killed, -signal.SIGKILL, 10)],
)
def test_a_worker_that_is_stopped_loses_nothing_and_a_killed_one_what_waited(work, status, kept):
    child = multiprocessing.get_context("fork").Process(target=work)
    child.start()
    child.join(60)

    assert child.exitcode == status
    assert AskedQuestion.objects.filter(asker=ASKER, model="a\tb").count() == kept
    assert AskedCount.objects.get().questions == kept


@pytest.mark.parametrize("way", ["hot", "django"])
def test_every_question_of_a_catalogue_counts(worker, settings, way):
    settings.API_RATES = dict.fromkeys(settings.API_RATES, 1000)
    secret = institutions.token(institutions.person(), Scope.DECISIONS_READ).secret
    application = getattr(worker, way)
    asked = {"secret": secret, "method": "POST"}
    asked["body"] = json.dumps({"questions": [{"model": "x"}] * 240}).encode()
    wait_for(lambda: time.time() % 60 < 40, 30)

    statuses = [worker.ask(application, **asked)[0] for _turn in range(6)]

    assert statuses == ["200 OK"] * 5 + ["429 Too Many Requests"]
    assert worker.ask(worker.django, secret=secret, model="x")[0] == "429 Too Many Requests"
