"""Take the demonstration away: the portal is empty again, but for its reference data."""

from django.apps import apps
from django.db import connections, transaction

KEPT = {
    "core_businessclock",
    "django_content_type",
    "django_migrations",
    "auth_permission",
    "journal_state",
}
SCHEDULE = "django_celery_beat_"  # Beat writes it when it starts, and reads it ever after.
TABLES = "select tablename from pg_tables where schemaname = 'public' order by 1"


def remove() -> int:
    """Empty every table that holds no reference data, as their owner; return how many.

    Acts cannot be taken out one by one, so a portal that the demonstration founded is emptied as
    a whole, with all that its visitors did.
    """
    owner = connections["owner"]
    tables = emptied()
    with transaction.atomic(using="owner"), owner.cursor() as cursor:
        cursor.execute(f"truncate {', '.join(map(owner.ops.quote_name, tables))}")
        cursor.execute("update journal_state set seen = '1:1:'")
        cursor.execute("update core_businessclock set ahead = interval '0'")
    return len(tables)


def emptied() -> list[str]:
    """Return the tables that hold what people did, and nothing that migrations filled."""
    kept = KEPT | {
        model._meta.db_table  # noqa: SLF001 - Django's own way to a model's table
        for model in apps.get_models(include_auto_created=True)
        if getattr(model, "is_reference", False)
    }
    with connections["default"].cursor() as cursor:
        cursor.execute(TABLES)
        tables = [table for (table,) in cursor.fetchall() if table not in kept]
    return [table for table in tables if not table.startswith(SCHEDULE)]
