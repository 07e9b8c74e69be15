import json

import pytest
from django.test import Client

from apps.core.actor import SYSTEM
from apps.core.clock import now
from apps.institutions.sectors import Sector
from apps.voting.models import RollEntry, Vote
from apps.voting.services import ballot_close
from apps.voting.tally import count_file
from tests.factories import institutions, voting

pytestmark = pytest.mark.django_db


@pytest.fixture
def term():
    return voting.chambers(2)[Sector.SAMAJ][0]


@pytest.fixture
def ballot(term):
    return voting.opened()


def server(term, *scopes):
    secret = institutions.token(term.user, *(scopes or ("votes:write",))).secret
    return Client(headers={"Authorization": f"Bearer {secret}"})


def send(client, ballot, what, body, **headers):
    address = f"/api/v1/ballots/{ballot.code}/{what}"
    return client.post(address, body, "application/json", headers=headers)


def test_a_token_votes_and_reads_its_mark(term, ballot):
    answer = send(server(term), ballot, "votes", {"choice": "no"})

    assert answer.status_code == 201
    told = answer.json()
    assert (told["ballot"], told["choice"]) == (ballot.code, "no")
    assert told["seat"] == f"samaj-{term.seat.number}"


def test_a_token_needs_the_scope(term, ballot):
    answer = send(server(term, "rules:write"), ballot, "votes", {"choice": "no"})

    assert (answer.status_code, Vote.objects.count()) == (403, 0)


def test_the_same_request_with_its_key_is_answered_alike(term, ballot):
    client = server(term)

    first = send(client, ballot, "votes", {"choice": "no"}, **{"Idempotency-Key": "k1"})
    send(client, ballot, "votes", {"choice": "yes"}, **{"Idempotency-Key": "k2"})
    again = send(client, ballot, "votes", {"choice": "no"}, **{"Idempotency-Key": "k1"})

    assert again.json() == first.json()
    assert Vote.objects.standing().get().choice == "yes"


@pytest.mark.parametrize("body", [{}, {"choice": "maybe"}, {"choice": None}, []])
def test_a_malformed_vote_is_refused(term, ballot, body):
    assert send(server(term), ballot, "votes", body).status_code == 400
    assert Vote.objects.count() == 0


def test_a_seat_steps_aside(term, ballot):
    answer = send(server(term), ballot, "recusals", {"interest": "financial", "reason": "Shares."})

    assert answer.status_code == 201
    assert answer.json()["recusal_reason"] == "Shares."
    refused = send(server(term), ballot, "votes", {"choice": "yes"})
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/seat-recused")
    assert RollEntry.objects.filter(recused_at__isnull=False).count() == 1


def test_after_the_close_a_vote_is_refused_and_the_file_is_published(term, ballot, clock):
    client = server(term)
    assert send(client, ballot, "votes", {"choice": "yes"}).status_code == 201
    assert client.get(f"/api/v1/ballots/{ballot.code}/recount").status_code == 409
    clock.advance("7 days")

    late = send(client, ballot, "votes", {"choice": "no"})
    ballot_close(actor=SYSTEM, ballot=ballot)
    file = Client().get(f"/api/v1/ballots/{ballot.code}/recount")

    assert (late.status_code, late.json()["type"]) == (409, "/problems/ballot-closed")
    assert count_file(file.content.decode())["outcome"] == file.json()["outcome"] == "no-quorum"
    assert file.json()["votes"] == [
        {"chamber": "samaj", "seat": f"samaj-{term.seat.number}", "choice": "yes"}
    ]


def test_the_page_of_a_ballot_tells_no_marks_before_the_count(term, ballot, clock):
    voting.marked(ballot, term)

    before = Client().get(f"/api/v1/ballots/{ballot.code}").json()["chambers"]
    clock.advance("7 days")
    ballot_close(actor=SYSTEM, ballot=ballot)
    after = Client().get(f"/api/v1/ballots/{ballot.code}").json()["chambers"]

    samaj = [chamber for chamber in before if chamber["sector"] == "samaj"]
    assert [(c["roll"], c["marked"], c["yes"], c["result"]) for c in samaj] == [(2, 1, None, None)]
    samaj = [chamber for chamber in after if chamber["sector"] == "samaj"]
    assert [(c["yes"], c["no"], c["result"]) for c in samaj] == [(1, 0, "carried")]


def test_the_list_goes_on_where_it_ended(django_assert_num_queries):
    made = [voting.prepared(opens_at=now()) for _ in range(3)]

    first = Client().get("/api/v1/ballots?limit=2").json()
    with django_assert_num_queries(2):
        rest = Client().get("/api/v1/ballots", {"limit": 2, "after": first["after"]}).json()

    codes = [row["code"] for row in first["ballots"] + rest["ballots"]]
    assert codes == [ballot.code for ballot in reversed(made)]
    assert Client().get("/api/v1/ballots?state=open").json()["ballots"] == []


def test_an_unknown_ballot_is_not_found(term):
    for code in ("B-99999-0", "nonsense"):
        answer = Client().get(f"/api/v1/ballots/{code}")
        assert (answer.status_code, answer.json()["type"]) == (404, "/problems/ballot-unknown")
    assert json.loads(answer.content)["status"] == 404
