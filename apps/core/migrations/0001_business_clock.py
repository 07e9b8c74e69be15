"""Business time and the table of the database cache."""

from django.core.management import call_command
from django.db import migrations, models

CLOCK = """
insert into core_businessclock (id, ahead) values (true, interval '0');
create function core_now() returns timestamptz language sql volatile
    set search_path = pg_catalog, public, pg_temp
    as $$ select clock_timestamp() + ahead from public.core_businessclock $$;
"""
# The runtime role reads and writes rows of tables made from here on; a migration that makes an
# append-only table takes the surplus back.
GRANTS = """
do $$ begin
    if exists (select from pg_roles where rolname = 'sangam_app') then
        grant usage on schema public to sangam_app;
        grant select, insert, update, delete on all tables in schema public to sangam_app;
        grant usage, select on all sequences in schema public to sangam_app;
        alter default privileges in schema public
            grant select, insert, update, delete on tables to sangam_app;
        alter default privileges in schema public grant usage, select on sequences to sangam_app;
        revoke insert, update, delete on core_businessclock from sangam_app;
    end if;
end $$;
"""


def make_cache_table(apps, schema_editor):
    call_command("createcachetable", "core_cache", database=schema_editor.connection.alias)


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.CreateModel(
            name="BusinessClock",
            fields=[
                ("id", models.BooleanField(default=True, primary_key=True, serialize=False)),
                ("ahead", models.DurationField()),
            ],
        ),
        migrations.AddConstraint(
            model_name="businessclock",
            constraint=models.CheckConstraint(
                condition=models.Q(("id", True)), name="core_one_business_clock"
            ),
        ),
        migrations.RunSQL(CLOCK, "drop function core_now(); delete from core_businessclock;"),
        migrations.RunSQL(GRANTS, migrations.RunSQL.noop),
        migrations.RunPython(make_cache_table, migrations.RunPython.noop),
    ]
