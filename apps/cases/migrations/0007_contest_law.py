"""Contests under the journal's law, ruled on by someone who had no hand in what is contested."""

from django.db import migrations

from apps.journal.governed import Governed, Kept

TABLES = ["cases_contest", "cases_conteststay"]
APART = """
create function cases_ruler_apart() returns trigger language plpgsql as $$
begin
    if new.ruled_by_id is null or (tg_op = 'UPDATE' and new.ruled_by_id is not distinct from
                                   old.ruled_by_id) then
        return new;
    end if;
    if new.ruled_by_id in (new.rule_author_id, new.filed_by_id)
        or exists (select from cases_conteststay where contest_id = new.id
                     and decided_by_id = new.ruled_by_id)
        or exists (select from institutions_membership m
                     where m.organisation_id = new.organisation_id
                       and m.user_id = new.ruled_by_id
                       and (m.until_at is null or m.until_at > core_now()))
    then
        raise exception 'who rules on a contest had no hand in rule or stay'
            using errcode = 'check_violation', constraint = 'cases_ruler_apart';
    end if;
    return new;
end $$;
create trigger cases_ruler_apart before insert or update of ruled_by_id
    on cases_contest for each row execute function cases_ruler_apart();
"""
TOGETHER = """
drop trigger cases_ruler_apart on cases_contest;
drop function cases_ruler_apart();
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0006_contests"), ("journal", "0001_journal")]
    operations = [
        migrations.RunSQL(
            "create sequence cases_contest_code;", "drop sequence cases_contest_code;"
        ),
        *[Governed(table) for table in TABLES],
        *[Kept(table) for table in TABLES],
        migrations.RunSQL(APART, TOGETHER),
    ]
