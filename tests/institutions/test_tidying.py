import pytest
from django.core.cache import cache
from django.db import connection

from apps.core.caches import counting_cache
from apps.core.clock import now
from apps.institutions.models import IdempotencyKey
from apps.institutions.tasks import forget
from tests.factories import institutions as make

pytestmark = pytest.mark.django_db


def test_answers_are_kept_for_a_week(clock):
    owner = make.person().pk
    IdempotencyKey.objects.create(owner=owner, key="old", request_digest="x", made_at=now())
    clock.advance("6 days")
    IdempotencyKey.objects.create(owner=owner, key="new", request_digest="x", made_at=now())

    forget()
    kept = IdempotencyKey.objects.count()
    clock.advance("2 days")
    forget()

    assert kept == 2
    assert [row.key for row in IdempotencyKey.objects.all()] == ["new"]


def test_counts_go_up_and_are_dropped_when_their_time_is_over():
    counted = [counting_cache().count("door", 60) for _ in range(3)]
    counting_cache().count("past", -1)

    forget()

    with connection.cursor() as cursor:
        cursor.execute("select key, number from core_count")
        kept = cursor.fetchall()
    assert counted == [1, 2, 3]
    assert kept == [(cache.make_key("door"), 3)]
