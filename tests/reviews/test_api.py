"""Review rounds over HTTP, from asking to the close."""

import uuid

import pytest
from django.test import Client

from apps.core.actor import SYSTEM
from apps.institutions.offices import Office
from apps.institutions.scopes import Scope
from apps.reviews.models import Verdict
from apps.reviews.services import round_close
from tests.factories import institutions as make
from tests.factories import reviews

pytestmark = pytest.mark.django_db

ASKED = "/api/v1/reviews/assignments"


def by_token(user):
    issued = make.token(user, Scope.REVIEWS_WRITE)
    return Client(headers={"Authorization": f"Bearer {issued.secret}"})


def post(client, address, body=None, key=""):
    headers = {"Idempotency-Key": key or str(uuid.uuid4())}
    return client.post(address, body or {}, content_type="application/json", headers=headers)


def test_a_round_goes_from_asking_to_its_close():
    found, reviewer = reviews.review_round(), make.person("Bina Das")
    clerk, own = by_token(make.officer(Office.CLERK)), by_token(reviewer)
    address = f"/api/v1/reviews/{found.pk}"

    asked = post(clerk, f"{address}/assignments", {"reviewer": reviewer.email})
    task = own.get(address).json()["assignments"][0]
    accepted = post(own, f"{ASKED}/{task['id']}/acceptance")
    verdict = {"kind": "with-nits", "reasons": "Clause 2 wants a date."}
    given = post(own, f"{ASKED}/{task['id']}/verdict", verdict)
    closed = post(clerk, f"{address}/close")

    assert [asked.status_code, accepted.status_code] == [201, 200]
    assert [given.status_code, closed.status_code] == [201, 200]
    assert (task["yours"], task["reviewer"], task["state"]) == (True, "Bina Das", "asked")
    assert asked.json()["assignments"][0]["yours"] is False
    public = Client().get(address).json()
    assert public["state"] == "closed"
    assert public["assignments"][0]["state"] == "done"
    assert public["assignments"][0]["verdict"]["kind"] == "with-nits"
    assert public["assignments"][0]["verdict"]["reasons"] == "Clause 2 wants a date."


def test_a_repeated_verdict_is_given_once():
    task = reviews.assignment(reviews.review_round())
    own, key = by_token(task.reviewer), str(uuid.uuid4())
    body = {"kind": "ready", "reasons": "Clear."}

    first = post(own, f"{ASKED}/{task.pk}/verdict", body, key)
    again = post(own, f"{ASKED}/{task.pk}/verdict", body, key)
    other = post(own, f"{ASKED}/{task.pk}/verdict", body | {"kind": "block"}, key)

    assert (first.status_code, again.status_code, other.status_code) == (201, 201, 409)
    assert again.json() == first.json()
    assert Verdict.objects.get().kind == "ready"


def test_a_refusal_names_the_conflict_and_what_to_do():
    person = make.person()
    found = reviews.review_round(concerned_people=[person.pk])
    clerk = by_token(make.officer(Office.CLERK))

    answer = post(clerk, f"/api/v1/reviews/{found.pk}/assignments", {"reviewer": person.email})

    assert answer.status_code == 409
    assert answer.json()["type"].endswith("reviewer-conflicted")
    assert "particular interest" in answer.json()["title"]


def test_a_reviewer_declines_and_another_persons_task_is_unknown():
    task = reviews.assignment(reviews.review_round())

    strange = post(by_token(make.person()), f"{ASKED}/{task.pk}/refusal", {"reason": "No."})
    declined = post(by_token(task.reviewer), f"{ASKED}/{task.pk}/refusal", {"reason": "No time."})

    assert (strange.status_code, declined.status_code) == (404, 200)
    assert declined.json()["assignments"][0]["refusal"] == "No time."


def test_the_list_shows_open_rounds_with_their_counts_page_by_page():
    done = reviews.answered()
    reviews.assignment(done.round)
    newer = reviews.review_round()
    round_close(actor=SYSTEM, review_round=reviews.review_round())

    first = Client().get("/api/v1/reviews?limit=1").json()
    rest = Client().get(f"/api/v1/reviews?limit=1&after={first['after']}").json()

    assert [row["id"] for row in first["reviews"]] == [str(newer.pk)]
    (row,) = rest["reviews"]
    assert (row["id"], row["asked"], row["answered"]) == (str(done.round_id), 2, 1)
    assert len(Client().get("/api/v1/reviews?state=closed").json()["reviews"]) == 1
    assert Client().get(f"/api/v1/reviews/{uuid.uuid4()}").status_code == 404
