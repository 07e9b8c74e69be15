"""A table for counting requests, outside the write-ahead log."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("core", "0001_business_clock")]
    operations = [
        migrations.RunSQL(
            "create unlogged table core_count ("
            "key text primary key, number bigint not null, until_at timestamptz not null);"
            "create index core_count_until on core_count (until_at);",
            "drop table core_count;",
        )
    ]
