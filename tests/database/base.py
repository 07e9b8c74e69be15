"""PostgreSQL as the portal uses it, with a flush that the runtime role itself may not do."""

import psycopg
from django.apps import apps
from django.conf import settings
from django.db import connections
from django.db.backends.postgresql import operations

from apps.core.database import base

KEPT = {
    "core_businessclock",
    "django_content_type",
    "django_migrations",
    "auth_permission",
    "journal_state",
}
TABLES = (
    "select tablename from pg_tables where schemaname = 'public' "
    "and not tablename = any(%s) and not starts_with(tablename, 'reference_')"
)


def as_superuser(statement: str, parameters: list | None = None) -> None:
    """Run one statement outside every transaction of the test."""
    database = connections["default"].settings_dict["NAME"]
    with psycopg.connect(settings.CLUSTER.conninfo(database=database), autocommit=True) as link:
        link.execute(statement, parameters)


def empty() -> None:
    """Take every row that is no reference data; triggers and foreign keys are asleep meanwhile."""
    database = connections["default"].settings_dict["NAME"]
    with psycopg.connect(settings.CLUSTER.conninfo(database=database)) as link:
        link.execute("set session_replication_role = replica")
        for (table,) in link.execute(TABLES, [sorted(KEPT | reference_tables())]).fetchall():
            link.execute(f'delete from "{table}"')
        link.execute("update core_businessclock set ahead = interval '0'")
        link.execute("update journal_state set seen = '1:1:'")


def reference_tables() -> set[str]:
    """Return the tables of versioned reference data, which migrations fill."""
    marked = (model for model in apps.get_models() if getattr(model, "is_reference", False))
    return {model._meta.db_table for model in marked}


class DatabaseOperations(operations.DatabaseOperations):
    """Flush as the superuser."""

    def execute_sql_flush(self, sql_list: list[str]) -> None:
        """Empty the tables, whatever Django would have sent."""
        empty()


class DatabaseWrapper(base.DatabaseWrapper):
    """The engine of the tests."""

    ops_class = DatabaseOperations
