"""The callable before Django against Django itself; its own connection sees committed rows."""

import datetime as dt
import json
import time
from itertools import product

import pytest

from apps.core.clock import now
from apps.institutions.scopes import Scope
from apps.institutions.services import token_revoke
from apps.policy.engine import Outcome
from apps.policy.services import ClauseDraft
from apps.reactions.runner import settle
from tests.config.hot import Worker, impose
from tests.database.base import as_superuser
from tests.factories import institutions, listings, policy
from tests.supervised import wait_for

pytestmark = pytest.mark.django_db(transaction=True)

DIGEST = "sha256:" + "a" * 64
SECONDS = 10


@pytest.fixture
def worker():
    made = Worker()
    yield made
    made.hot.watch.close()


@pytest.fixture
def open_rates(settings):
    settings.API_RATES = dict.fromkeys(settings.API_RATES, 100_000)


def rule(**changes):
    return policy.entered(policy.rule_draft('listing.task == "text-generation"', **changes))


def outcome(answer):
    return json.loads(answer[2])["outcome"]


@pytest.mark.usefixtures("open_rates")
def test_it_answers_as_django_does(worker):
    listing = listings.listing(external_id="acme/writer", weight_digest=DIGEST)
    other = listings.listing(task="text-to-image")
    clauses = [ClauseDraft(text="Größer als ein हाथी."), ClauseDraft(text="It is suspended.")]
    rule(clauses=clauses)
    rule(outcome=Outcome.CONDITION, jurisdictions=["FR"])
    impose(other)
    secret = institutions.token(institutions.person(), Scope.DECISIONS_READ).secret
    names = [listing.code, "acme/writer", DIGEST, other.code, "nobody/nothing"]
    questions = [
        {"model": model, "use": use, "jurisdiction": place}
        for model, use, place in product(names, ("general", "medical"), ("*", "IN", "EU"))
    ]
    questions += [
        {"model": listing.code, "commercial": "no"},
        {"model": "x", "digest": DIGEST},
        {"model": listing.code, "version": "1"},
        {"raw": f"model={listing.code}&use=medical&"},
    ]
    kinds = [
        {},
        {"HTTP_ACCEPT_ENCODING": "gzip, br"},
        {"HTTP_ACCEPT_LANGUAGE": "hi-IN,hi;q=0.9", "HTTP_ACCEPT": "application/json"},
        {"HTTP_X_FORWARDED_FOR": "10.0.0.9"},
    ]

    ways = list(product(kinds, ("", secret)))
    for turn, question in enumerate(questions):
        headers, token = ways[turn % len(ways)]
        hot, django, alone = worker.both(secret=token, headers=headers, **question)
        assert hot == django, question
        etag = {"HTTP_IF_NONE_MATCH": f'{hot[1]["ETag"]}, "other"'}
        bare, django, _alone = worker.both(secret=token, headers=headers | etag, **question)
        assert bare == django
        assert bare[0] == "304 Not Modified"
        assert alone


@pytest.mark.usefixtures("open_rates")
def test_a_catalogue_is_put_together_as_django_does(worker):
    listing = listings.listing(external_id="acme/writer", weight_digest=DIGEST)
    other = listings.listing(task="text-to-image")
    rule(clauses=[ClauseDraft(text="Größer als ein हाथी.")])
    impose(other)
    secret = institutions.token(institutions.person(), Scope.DECISIONS_READ).secret
    questions = [
        {"model": listing.code, "jurisdiction": "IN"},
        {"model": "acme/writer", "use": "medical", "jurisdiction": "EU"},
        {"model": "theirs", "digest": DIGEST},
        {"model": other.code, "commercial": False},
        {"model": listing.code, "version": 1, "trace": "true"},
        {"model": listing.code, "version": True},
        {"model": listing.code, "version": "1"},
        {"model": "x", "use": "gardening"},
        {"model": "L-00001-0"},
        {"model": 7},
        {"model": ""},
        {"modell": "x", "use": "general"},
        {"model": "x", "marketplace": "nowhere"},
        {"model": [1]},
        "no question",
    ]
    bodies = [questions, questions[:1] * 40, questions[::-1], [{"model": listing.code}]]

    for body, token, packed in product(bodies, ("", secret), ("", "gzip")):
        sent = json.dumps({"questions": body}).encode()
        headers = {"HTTP_ACCEPT_ENCODING": packed}
        asked = {"method": "POST", "secret": token, "headers": headers, "body": sent}
        hot, django, alone = worker.both(**asked)
        assert hot == django
        assert alone
    for sent in (b"{", b"[]", b'{"questions": []}', b'{"questions": [NaN]}', b"\xff", b"7"):
        hot, django, alone = worker.both(method="POST", body=sent)
        assert (hot, alone) == (django, False), sent


@pytest.mark.usefixtures("open_rates")
def test_what_it_cannot_answer_is_djangos(worker):
    requests = [
        {"model": "x", "use": "gardening"},
        {"model": "L-00001-0"},
        {"modell": "x"},
        {"raw": "model=x&model=y"},
        {"raw": "model=%ff%00"},
        {"model": "x", "marketplace": "nowhere"},
        {"model": "x", "secret": "unknown"},
        {"model": "x", "secret": "two words"},
        {"model": "x", "headers": {"HTTP_COOKIE": "sessionid=x"}},
        {"model": "x", "headers": {"HTTP_ACCEPT": "text/html"}},
        {"model": "x", "headers": {"HTTP_ACCEPT": "application/json; indent=4"}},
        {"model": "x", "headers": {"HTTP_HOST": "elsewhere.example"}},
        {"model": "x", "method": "POST"},
        {"model": "x", "method": "HEAD"},
        {"model": "x", "trace": "true"},
    ]
    worker.both(model="y")

    for request in requests:
        hot, django, alone = worker.both(**request)
        assert (hot, alone) == (django, False), request


def test_a_token_without_the_scope_is_refused(worker):
    secret = institutions.token(institutions.person(), Scope.LISTINGS_READ).secret
    worker.both(model="y")

    assert worker.ask(secret=secret, model="x")[0] == "403 Forbidden"
    assert worker.ask(secret=secret, model="x")[0] == "403 Forbidden"


@pytest.mark.usefixtures("open_rates")
def test_what_is_decided_is_answered_as_soon_as_the_journal_tells(worker):
    listing = listings.listing()
    settle()
    asked = {"model": listing.code, "jurisdiction": "IN"}
    assert outcome(worker.both(**asked)[0]) == "allow"

    rule()
    settle()
    wait_for(lambda: outcome(worker.ask(**asked)) == "suspend", SECONDS)
    impose(listing)
    wait_for(lambda: outcome(worker.ask(**asked)) == "prohibit", SECONDS)

    hot, django, alone = worker.both(**asked)
    assert hot == django
    assert alone


@pytest.mark.usefixtures("open_rates")
def test_facts_kept_anew_without_an_act_are_seen(worker):
    listing = listings.listing()
    settle()
    asked = {"model": listing.code}
    first = json.loads(worker.both(**asked)[0][2])["facts_version"]

    as_superuser("update compliance_facts set until_at = core_now() where until_at is null")
    as_superuser(
        "insert into compliance_facts select (f).* from (select jsonb_populate_record(null::"
        "compliance_facts, to_jsonb(f) || jsonb_build_object('id', nextval("
        "'compliance_facts_id_seq'), 'until_at', null)) as f from compliance_facts f) again"
    )

    wait_for(lambda: json.loads(worker.ask(**asked)[2])["facts_version"] > first, SECONDS)


@pytest.mark.usefixtures("open_rates")
def test_time_alone_begins_a_rule_and_ends_the_day(worker):
    listing = listings.listing()
    rule(effective_at=now() + dt.timedelta(hours=30))
    settle()
    asked = {"model": listing.code, "jurisdiction": "IN"}
    assert outcome(worker.both(**asked)[0]) == "allow"

    as_superuser("update core_businessclock set ahead = interval '31 hours'")

    wait_for(lambda: outcome(worker.ask(**asked)) == "suspend", SECONDS)
    hot, django, alone = worker.both(**asked)
    assert hot == django
    assert alone


@pytest.mark.usefixtures("open_rates")
def test_a_kept_answer_ends_when_a_rule_begins(worker, monkeypatch):
    listing = listings.listing()
    rule(effective_at=now() + dt.timedelta(seconds=2))
    settle()
    asked = {"model": listing.code, "jurisdiction": "IN"}
    worker.both(**asked)

    [kept] = worker.hot.answers.values()

    assert kept.until < now() + dt.timedelta(seconds=2)
    wait_for(lambda: outcome(worker.ask(**asked)) == "suspend", SECONDS)


@pytest.mark.usefixtures("open_rates")
def test_an_answer_ends_where_a_rule_that_reads_the_moment_can_turn(worker):
    listing = listings.listing()
    turn = now().replace(microsecond=0) + dt.timedelta(seconds=3)
    policy.entered(policy.rule_draft(f'req.date > timestamp("{turn:%Y-%m-%dT%H:%M:%SZ}")'))
    settle()
    asked = {"model": listing.code, "jurisdiction": "IN"}

    assert outcome(worker.both(**asked)[0]) == "allow"

    [kept] = worker.hot.answers.values()
    assert kept.until == turn
    wait_for(lambda: outcome(worker.ask(**asked)) == "suspend", SECONDS)


@pytest.mark.usefixtures("open_rates")
def test_without_its_connection_nothing_that_was_kept_is_answered(worker):
    listing = listings.listing()
    settle()
    asked = {"model": listing.code}
    worker.both(**asked)
    assert worker.hot.answers

    as_superuser(
        "select pg_terminate_backend(pid) from pg_stat_activity where query = 'listen journal' "
        "or query like '%core_now() - clock_timestamp()%' and pid <> pg_backend_pid()"
    )

    def lost():
        before = worker.turns
        worker.ask(**asked)
        return worker.turns > before

    wait_for(lost, SECONDS)
    wait_for(lambda: not lost(), SECONDS)
    hot, django, _alone = worker.both(**asked)
    assert hot == django


def test_all_workers_together_let_no_more_through_than_the_rate(worker, settings):
    settings.API_RATES = dict.fromkeys(settings.API_RATES, 250)
    secret = institutions.token(institutions.person(), Scope.DECISIONS_READ).secret
    workers = [worker, Worker()]
    wait_for(lambda: time.time() % 60 < 45, 20)

    statuses = [workers[turn % 2].ask(secret=secret, model="x")[0] for turn in range(260)]
    workers[1].hot.watch.close()

    assert 245 <= statuses.count("200 OK") <= 250
    assert statuses[-1] == "429 Too Many Requests"


@pytest.mark.usefixtures("open_rates")
def test_a_revoked_token_is_believed_no_longer(worker):
    person = institutions.person()
    issued = institutions.token(person, Scope.DECISIONS_READ)
    asked = {"secret": issued.secret, "model": "x"}
    assert worker.both(**asked)[2]

    token_revoke(actor=institutions.actor(person), token=issued.token)
    settle()

    wait_for(lambda: worker.ask(**asked)[0] == "401 Unauthorized", SECONDS)
