"""Casework under the journal's law, and an appeal's decider who never touched the case."""

from django.db import migrations

from apps.journal.governed import AppendOnly, Governed, Kept

MOVING = ["misusereport", "case", "appeal", "urgentaction"]
FIXED = [
    "evidence",
    "casereport",
    "allegation",
    "response",
    "decision",
    "touch",
    "externalorder",
]
CODES = ["case", "decision", "order", "urgent"]

APART = """
create function cases_decider_apart() returns trigger language plpgsql as $$
declare
    matter uuid := (select case_id from cases_decision where id = new.decision_id);
begin
    if new.decided_by_id is null then
        return new;
    end if;
    -- Two deciders of one case wait for each other, so neither misses the other's touch.
    perform 1 from cases_case where id = matter for update;
    if exists (select from cases_decision where id = new.decision_id
                 and decided_by_id = new.decided_by_id)
        or exists (select from cases_touch where case_id = matter
                     and user_id = new.decided_by_id)
        or exists (select from cases_case where id = matter and officer_id = new.decided_by_id)
        or exists (select from cases_allegation where case_id = matter
                     and sent_by_id = new.decided_by_id)
    then
        raise exception 'who decides an appeal has never touched the case'
            using errcode = 'check_violation', constraint = 'cases_decider_apart';
    end if;
    return new;
end $$;
create trigger cases_decider_apart before insert or update of decided_by_id, decision_id
    on cases_appeal for each row execute function cases_decider_apart();
"""
TOGETHER = """
drop trigger cases_decider_apart on cases_appeal;
drop function cases_decider_apart();
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_casework"), ("journal", "0001_journal")]
    operations = [
        *[
            migrations.RunSQL(
                f"create sequence cases_{noun}_code;", f"drop sequence cases_{noun}_code;"
            )
            for noun in CODES
        ],
        *[Governed(f"cases_{noun}") for noun in [*MOVING, *FIXED]],
        *[Kept(f"cases_{noun}") for noun in MOVING],
        *[AppendOnly(f"cases_{noun}") for noun in FIXED],
        migrations.RunSQL(APART, TOGETHER),
    ]
