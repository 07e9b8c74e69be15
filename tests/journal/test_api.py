"""The feed: in order, without a gap, nobody named, nothing sent twice to one who knows it."""

import uuid

import pytest
from rest_framework.test import APIClient

from apps.core.actor import SYSTEM, Actor, ActorKind
from apps.journal.services import record, sequence
from tests.journal.test_selectors import LetterPosted, LetterSealed

pytestmark = pytest.mark.django_db


def recorded(count: int) -> None:
    for weight in range(count):
        record(LetterPosted(subject=uuid.uuid4(), weight=weight), actor=SYSTEM)
    sequence(everything=True)


def test_feed_goes_on_where_the_reader_stopped() -> None:
    recorded(5)

    first = APIClient().get("/api/v1/acts", {"limit": 3}).json()
    second = APIClient().get("/api/v1/acts", {"after": first["after"]}).json()

    assert [act["seq"] for act in first["acts"]] == [1, 2, 3]
    assert [act["seq"] for act in second["acts"]] == [4, 5]
    assert second["after"] == second["position"] == 5


def test_reader_at_the_end_gets_its_own_position_back() -> None:
    recorded(1)

    feed = APIClient().get("/api/v1/acts", {"after": 1}).json()

    assert feed == {"acts": [], "after": 1, "position": 1}


@pytest.mark.parametrize("query", [{"after": -1}, {"after": "x"}, {"limit": 0}, {"limit": 1001}])
def test_strange_question_is_refused_with_its_field(query: dict) -> None:
    answer = APIClient().get("/api/v1/acts", query)

    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
    assert [fault["field"] for fault in answer.json()["errors"]] == list(query)


def test_feed_names_no_person() -> None:
    person = uuid.uuid4()
    record(
        LetterPosted(subject=uuid.uuid4(), weight=1), actor=Actor(ActorKind.PERSON, person=person)
    )
    sequence(everything=True)

    answer = APIClient().get("/api/v1/acts")

    assert str(person) not in answer.content.decode()
    assert answer.json()["acts"][0]["by"] == "person"


def test_sealed_act_shows_place_and_commitment_only() -> None:
    subject = uuid.uuid4()
    record(LetterSealed(subject=subject, weight=7), actor=SYSTEM)
    sequence(everything=True)

    act = APIClient().get("/api/v1/acts/1").json()

    assert (act["kind"], act["subject"], act["payload"], act["by"]) == ("sealed", None, {}, None)
    assert len(act["commitment"]) == 64


def test_known_answer_is_not_sent_again() -> None:
    recorded(1)
    etag = APIClient().get("/api/v1/acts")["ETag"]

    again = APIClient().get("/api/v1/acts", HTTP_IF_NONE_MATCH=etag)

    assert again.status_code == 304
    assert again.content == b""


def test_unknown_position_is_a_problem() -> None:
    answer = APIClient().get("/api/v1/acts/9")

    assert answer.status_code == 404
    assert answer.json()["type"] == "/problems/act-not-found"


def test_feed_costs_two_queries_and_a_count_whatever_its_length(
    django_assert_num_queries: object,
) -> None:
    recorded(40)

    with django_assert_num_queries(3):
        APIClient().get("/api/v1/acts")
