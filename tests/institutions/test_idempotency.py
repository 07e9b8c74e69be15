import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections, transaction
from django.test import Client
from django.urls import path
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.core.clock import now
from apps.core.codes import code
from apps.core.errors import Conflict
from apps.institutions.api import idempotent
from apps.institutions.auth import actor_of
from apps.institutions.models import ConflictDeclaration, IdempotencyKey
from apps.institutions.scopes import Scope
from apps.institutions.services import conflict_declare
from config.urls import urlpatterns as portal
from tests.factories import institutions as make


class Declarations(APIView):
    write_scope = Scope.LISTINGS_WRITE

    @idempotent
    def post(self, request: Request) -> Response:
        matter = request.data["matter"]
        made = conflict_declare(actor=actor_of(request), interest="shares", matter=matter)
        if request.data.get("refuse"):
            raise Conflict
        return Response({"id": str(made.pk)}, status=201, headers={"Location": "/there"})


urlpatterns = [path("declarations", Declarations.as_view()), *portal]
pytestmark = pytest.mark.urls(__name__)
MATTER = code("L", 312)


@pytest.fixture
def secret() -> str:
    return make.token(make.person(), Scope.LISTINGS_WRITE).secret


def send(secret: str, key: str | None, **body: object):
    headers = {"authorization": f"Bearer {secret}"}
    if key is not None:
        headers["idempotency-key"] = key
    facts = {"matter": MATTER} | body
    return Client().post("/declarations", facts, "application/json", headers=headers)


def in_a_thread(deed):
    """What a deed returns on a connection of its own."""
    with ThreadPoolExecutor(1) as pool:

        def run():
            try:
                return deed()
            finally:
                connections.close_all()

        return pool.submit(run).result()


@pytest.mark.django_db
def test_the_same_request_is_done_once_and_answered_twice(secret):
    first = send(secret, "one")
    second = send(secret, "one")

    assert (first.status_code, second.status_code) == (201, 201)
    assert second.json() == first.json()
    assert second.headers["Location"] == "/there"
    assert second.headers["Idempotent-Replayed"] == "true"
    assert ConflictDeclaration.objects.count() == 1


@pytest.mark.django_db
def test_a_key_belongs_to_one_request(secret):
    send(secret, "one")

    other = send(secret, "one", matter=code("L", 1))

    assert other.status_code == 409
    assert other.json()["type"] == "/problems/idempotency-key-reused"
    assert ConflictDeclaration.objects.count() == 1


@pytest.mark.django_db
def test_two_owners_may_choose_the_same_key(secret):
    other = make.token(make.person(), Scope.LISTINGS_WRITE).secret

    answers = [send(secret, "one"), send(other, "one")]

    assert [answer.status_code for answer in answers] == [201, 201]
    assert ConflictDeclaration.objects.count() == 2


@pytest.mark.django_db
def test_a_refused_write_leaves_its_key_free(secret):
    refused = send(secret, "one", refuse=True)
    mended = send(secret, "one")

    assert (refused.status_code, mended.status_code) == (409, 201)
    assert ConflictDeclaration.objects.count() == 1
    assert IdempotencyKey.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["", "a b", "é", "x" * 121])
def test_a_strange_key_is_refused(secret, key):
    answer = send(secret, key)

    assert answer.status_code == 400
    assert not ConflictDeclaration.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_duplicate_waits_for_the_first_only_so_long(settings):
    settings.IDEMPOTENCY_WAIT_MS = 50
    with transaction.atomic():
        issued = make.token(make.person(), Scope.LISTINGS_WRITE)
    facts = {"owner": issued.token.pk, "key": "one", "request_digest": "x", "made_at": now()}

    with transaction.atomic():
        IdempotencyKey.objects.create(**facts)
        waited = in_a_thread(lambda: send(issued.secret, "one"))

    assert waited.status_code == 409
    assert waited.json()["type"] == "/problems/idempotency-key-in-use"
    assert not ConflictDeclaration.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_duplicates_at_the_same_moment_are_done_once():
    with transaction.atomic():
        secret = make.token(make.person(), Scope.LISTINGS_WRITE).secret
    barrier, answers = threading.Barrier(8), []

    def run():
        barrier.wait()
        answers.append(send(secret, "one"))
        connections.close_all()

    threads = [threading.Thread(target=run) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [answer.status_code for answer in answers] == [201] * 8
    assert len({answer.json()["id"] for answer in answers}) == 1
    assert sum("Idempotent-Replayed" not in answer.headers for answer in answers) == 1
    assert ConflictDeclaration.objects.count() == 1
