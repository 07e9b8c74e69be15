import pytest
from django.db import connection
from django.db.utils import DataError

from apps.core.prepared import row_of

pytestmark = pytest.mark.django_db
KEPT = "select count(*) from pg_prepared_statements where statement like 'select $1::int + 41%%'"


def kept():
    with connection.cursor() as cursor:
        cursor.execute(KEPT)
        return cursor.fetchone()[0]


def test_a_statement_is_planned_once_in_a_connection():
    assert kept() == 0

    assert [row_of("select %s::int + 41, null", [number]) for number in (1, 2, 3)] == [
        (42, None),
        (43, None),
        (44, None),
    ]

    assert kept() == 1


def test_it_is_counted_as_any_other_and_raises_what_any_other_raises(django_assert_num_queries):
    with django_assert_num_queries(1):
        row_of("select %s::text", ["x"])
    with pytest.raises(DataError):
        row_of("select %s::int", ["x"])
