"""Histories are written with the places of their acts, so that no reader finds one ahead."""

import django.contrib.postgres.fields
from django.db import migrations, models

# A type of its own refuses what could not enter a history: nothing may stop the sequencer.
CONCERNS = """
create function journal_uuids(jsonb) returns uuid[] language sql immutable
    as 'select array(select value::uuid from jsonb_array_elements_text($1))';
alter table journal_act
    alter column concerns drop default,
    alter column concerns type uuid[] using journal_uuids(concerns),
    alter column concerns set default '{}',
    add constraint journal_act_concerns check (array_position(concerns, null) is null);
drop function journal_uuids;
"""

TOUCHED = """
select subject, seq, cause from fresh
union all
select distinct thing, seq, cause from fresh cross join lateral unnest(concerns) thing
where thing <> subject
"""

BACKLOG = f"""
with fresh as (
    select s.seq, a.subject, a.concerns, a.cause
    from journal_seq s join journal_act a on a.id = s.act_id
    where s.seq > coalesce((select seq from journal_cursor where consumer = 'journal.trail'), 0)
        or s.seq in (select seq from journal_parked where consumer = 'journal.trail'))
insert into journal_trail (subject, seq, cause) {TOUCHED} on conflict do nothing;
delete from journal_cursor where consumer = 'journal.trail';
delete from journal_parked where consumer = 'journal.trail';
"""  # noqa: S608 - a constant

ACTS = "select z.id, z.subject, z.concerns, z.cause from public.journal_act z"
WITHOUT_PLACE = "where not exists (select from public.journal_seq s where s.act_id = z.id)"
ALL = f"{ACTS} {WITHOUT_PLACE}"
RECENT = f"""
select z.* from (
    {ACTS} where xid >= pg_snapshot_xmax(prev)
    union all
    {ACTS} where xid = any(array(select pg_snapshot_xip(prev)))) z
{WITHOUT_PLACE}
"""  # noqa: S608


def _place(acts: str) -> str:
    return f"""
with fresh as (
    select a.*, last + row_number() over (order by a.id) as seq
    from ({acts} order by id limit batch) a
), trailed as (
    insert into public.journal_trail (subject, seq, cause) {TOUCHED}
)
insert into public.journal_seq (seq, act_id) select seq, id from fresh;
"""  # noqa: S608


# As before, but for the trail: the anti-join is the truth, `seen` only narrows the scan.
SEQUENCER = f"""
create or replace function journal_sequence(
    batch int default 50000, everything boolean default false)
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
{_place(ALL)}
    else
{_place(RECENT)}
    end if;
    get diagnostics n = row_count;
    if n < batch and (n > 0 or everything) then update public.journal_state set seen = cur; end if;
    if n > 0 then perform pg_notify('journal', (last + n)::text); end if;
    return n;
end $$;
"""  # noqa: S608

ROLES = """
do $$ begin
    if exists (select from pg_roles where rolname = 'sangam_app') then
        revoke insert, update, delete, truncate on journal_trail from sangam_app;
    end if;
end $$;
"""


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_journal")]
    operations = [
        migrations.RunSQL(
            [CONCERNS, BACKLOG, SEQUENCER, ROLES],
            state_operations=[
                migrations.AlterField(
                    "recordedact",
                    "concerns",
                    django.contrib.postgres.fields.ArrayField(models.UUIDField(), size=None),
                )
            ],
        )
    ]
