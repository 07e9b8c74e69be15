"""The journal: acts, their order, and who may write what."""

from django.db import migrations, models

TABLES = """
create table journal_act (
    id bigint generated always as identity primary key,
    xid xid8 not null default pg_current_xact_id(),
    recorded_at timestamptz not null default clock_timestamp(),
    kind text not null,
    actor uuid,
    subject uuid not null,
    payload jsonb not null,
    concerns jsonb not null default '[]',
    cause bigint,
    visibility text not null check (visibility in ('public', 'sealed')));
create index journal_act_xid on journal_act (xid);
create table journal_seq (seq bigint primary key, act_id bigint not null unique);
create table journal_state (
    one boolean primary key default true check (one), seen pg_snapshot not null);
insert into journal_state (seen) values ('1:1:');
"""

# The anti-join is the truth; `seen` only narrows the scan. The lock stands alone in its statement,
# so that the later ones see all that was committed before it was held. `seen` never moves on an
# idle call: its own transaction would make the next call write again.
SEQUENCER = """
create function journal_sequence(batch int default 50000, everything boolean default false)
returns bigint language plpgsql security definer
set search_path = pg_catalog, public, pg_temp as $$
declare prev pg_snapshot; cur pg_snapshot; last bigint; n bigint;
begin
    if current_setting('transaction_isolation') <> 'read committed' then
        raise exception 'journal_sequence needs read committed';
    end if;
    if not pg_try_advisory_xact_lock(7001, 1) then return -1; end if;
    select seen into prev from public.journal_state;
    cur := pg_current_snapshot();
    if pg_snapshot_xmax(prev) > pg_snapshot_xmax(cur) then
        everything := true;  -- a restored database: these are another cluster's transactions
    end if;
    select coalesce(max(seq), 0) into last from public.journal_seq;
    if everything then
        insert into public.journal_seq (seq, act_id)
        select last + row_number() over (order by a.id), a.id from (
            select id from public.journal_act z
            where not exists (select from public.journal_seq s where s.act_id = z.id)
            order by id limit batch) a;
    else
        insert into public.journal_seq (seq, act_id)
        select last + row_number() over (order by a.id), a.id from (
            select id from (
                select id from public.journal_act where xid >= pg_snapshot_xmax(prev)
                union all
                select id from public.journal_act
                where xid = any(array(select pg_snapshot_xip(prev)))) z
            where not exists (select from public.journal_seq s where s.act_id = z.id)
            order by id limit batch) a;
    end if;
    get diagnostics n = row_count;
    if n < batch and (n > 0 or everything) then update public.journal_state set seen = cur; end if;
    if n > 0 then perform pg_notify('journal', (last + n)::text); end if;
    return n;
end $$;
revoke all on function journal_sequence from public;
"""

GUARDS = """
create function journal_must_act() returns trigger language plpgsql
set search_path = pg_catalog, public, pg_temp as $$
begin
    if not exists (select from public.journal_act where xid = pg_current_xact_id()) then
        raise exception 'a row of % changed without an act', tg_table_name
            using errcode = 'check_violation';
    end if;
    return null;
end $$;
create function journal_refuse() returns trigger language plpgsql
set search_path = pg_catalog, public, pg_temp as $$
begin
    raise exception '% on %: what stands here is closed or added to, never rewritten',
        tg_op, tg_table_name using errcode = 'insufficient_privilege';
end $$;
create trigger journal_act_kept before update or delete on journal_act
    for each row execute function journal_refuse();
create trigger journal_seq_kept before update or delete on journal_seq
    for each row execute function journal_refuse();
"""

ROLES = """
do $$ begin
    if exists (select from pg_roles where rolname = 'sangam_app') then
        grant execute on function journal_sequence to sangam_app;
        revoke all on journal_act, journal_seq, journal_state from sangam_app;
        grant select on journal_act, journal_seq, journal_state to sangam_app;
        grant insert (kind, actor, subject, payload, concerns, cause, visibility)
            on journal_act to sangam_app;
    end if;
end $$;
"""

UNDO = """
drop table journal_act, journal_seq, journal_state;
drop function journal_sequence, journal_must_act, journal_refuse;
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = [("core", "0001_business_clock")]
    operations = [
        migrations.RunSQL([TABLES, SEQUENCER, GUARDS, ROLES], UNDO),
        migrations.CreateModel(
            name="RecordedAct",
            fields=[
                ("id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("recorded_at", models.DateTimeField()),
                ("kind", models.TextField()),
                ("actor", models.UUIDField(null=True)),
                ("subject", models.UUIDField()),
                ("payload", models.JSONField()),
                ("concerns", models.JSONField()),
                ("cause", models.BigIntegerField(null=True)),
                ("visibility", models.TextField()),
            ],
            options={"db_table": "journal_act", "managed": False},
        ),
        migrations.CreateModel(
            name="Position",
            fields=[("seq", models.BigIntegerField(primary_key=True, serialize=False))],
            options={"db_table": "journal_seq", "managed": False},
        ),
        migrations.CreateModel(
            name="Checkpoint",
            fields=[
                ("consumer", models.TextField(primary_key=True, serialize=False)),
                ("seq", models.BigIntegerField(default=0)),
            ],
            options={"db_table": "journal_cursor"},
        ),
        migrations.CreateModel(
            name="Parked",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "consumer",
                        "seq",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("consumer", models.TextField()),
                ("seq", models.BigIntegerField()),
                ("subject", models.UUIDField()),
                ("attempts", models.PositiveIntegerField(default=0)),
                ("retry_at", models.DateTimeField()),
                ("error", models.TextField(blank=True)),
            ],
            options={
                "db_table": "journal_parked",
                "indexes": [
                    models.Index(fields=["consumer", "retry_at"], name="journal_parked_due"),
                    models.Index(fields=["consumer", "subject"], name="journal_parked_subject"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Trail",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "subject",
                        "seq",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("subject", models.UUIDField()),
                ("seq", models.BigIntegerField()),
                ("cause", models.BigIntegerField(null=True)),
            ],
            options={
                "db_table": "journal_trail",
                "indexes": [
                    models.Index(
                        condition=models.Q(("cause__isnull", False)),
                        fields=["cause", "seq"],
                        name="journal_trail_cause",
                    )
                ],
            },
        ),
    ]
