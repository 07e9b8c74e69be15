"""How the database joins where it is asked of many listings at once."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

# Before the first `analyze` the planner takes open rows for few, and would go through many
# versions in nested loops; for many, hashing is right whatever it believes.
JOINS = "select set_config('enable_nestloop', %s, true)"

KNOWN = "select reltuples from pg_class where oid = 'compliance_facts'::regclass"
FEW, SHARE = 200, 10


def are_many(versions: int) -> bool:
    """Whether to hash for so many versions: one in ten of all, or nobody has counted them yet."""
    if versions <= FEW:
        return False
    with connection.cursor() as cursor:
        cursor.execute(KNOWN)
        return versions * SHARE > cursor.fetchone()[0]


@contextmanager
def joins_for(*, many: bool) -> Iterator[None]:
    """Ask about many listings by hashing, about few as the planner likes."""
    with transaction.atomic(savepoint=False), connection.cursor() as cursor:
        cursor.execute(JOINS, ["off" if many else "on"])
        yield
        cursor.execute(JOINS, ["on"])
