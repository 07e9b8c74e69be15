"""What a deployed portal must prove of itself before it serves."""

import time
from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError, connection, connections

OWNED = """
select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
where n.nspname = 'public' and c.relkind in ('r', 'p')
and pg_has_role(current_user, c.relowner, 'MEMBER') order by c.relname limit 1
"""
REFUSAL = (
    "The web process's database role could act as the owner of the table {table}, and so rewrite "
    "the journal. Name the runtime role in DATABASE_URL, and the owner in DATABASE_OWNER_URL."
)
PATIENCE = 30


def owned_table(alias: str = "default") -> str | None:
    """Return a table that the role owns, or may become the owner of; None is as it must be."""
    with connections[alias].cursor() as cursor:
        cursor.execute(OWNED)
        row = cursor.fetchone()
        return row[0] if row else None


def refuse_owner() -> None:
    """Refuse to serve with the owner's rights; wait a while for a database that is starting."""
    end = time.monotonic() + PATIENCE
    while True:
        try:
            table = owned_table()
            break
        except OperationalError:
            connection.close()
            if time.monotonic() > end:
                raise
            time.sleep(0.3)
    connection.close()
    if table:
        raise ImproperlyConfigured(REFUSAL.format(table=table))


@register(Tags.database, deploy=True)
def runtime_role_owns_nothing(
    *, databases: Sequence[str] | None = None, **_: Any
) -> list[CheckMessage]:
    """Tell `check --deploy --database default` of a runtime role with too many rights."""
    if "default" not in (databases or []):
        return []
    table = owned_table()
    return [Error(REFUSAL.format(table=table), id="sangam.E001")] if table else []
