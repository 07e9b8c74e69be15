"""An appeal's decider never touched the case, by whatever path; the new decision is theirs."""

from django.db import migrations, models

APART = """
create or replace function cases_decider_apart() returns trigger language plpgsql as $$
declare
    matter uuid := (select case_id from cases_decision where id = new.decision_id);
    decider uuid := new.decided_by_id;
begin
    if decider is null or (tg_op = 'UPDATE' and old.decided_by_id is not distinct from decider
                           and old.decision_id = new.decision_id) then
        return new;
    end if;
    -- Two deciders of one case wait for each other, so neither misses the other's touch.
    perform 1 from cases_case where id = matter for update;
    if exists (select from cases_touch where case_id = matter and user_id = decider)
        or exists (select from cases_case where id = matter and officer_id = decider)
        or exists (select from cases_decision where case_id = matter and decided_by_id = decider)
        or exists (select from cases_allegation where case_id = matter and sent_by_id = decider)
        or exists (select from cases_response r join cases_allegation a on a.id = r.allegation_id
                     where a.case_id = matter and r.given_by_id = decider)
        or exists (select from cases_urgentaction where case_id = matter
                     and decider in (acted_by_id, confirmed_by_id))
        or exists (select from cases_casereport l join cases_misusereport m on m.id = l.report_id
                     where l.case_id = matter and m.reporter_id = decider)
        or exists (select from cases_appeal a join cases_decision d on d.id = a.decision_id
                     where d.case_id = matter and a.decided_by_id = decider and a.id <> new.id)
    then
        raise exception 'who decides an appeal has never touched the case'
            using errcode = 'check_violation', constraint = 'cases_decider_apart';
    end if;
    return new;
end $$;

create function cases_appeal_has_its_decision() returns trigger language plpgsql as $$
begin
    if new.kind = 'appeal' and not exists (
        select from cases_appeal a join cases_decision d on d.id = a.decision_id
            where a.new_decision_id = new.id and a.state = 'changed'
              and a.decided_by_id = new.decided_by_id and d.case_id = new.case_id)
    then
        raise exception 'a decision on appeal is its decider''s'
            using errcode = 'check_violation', constraint = 'cases_appeal_has_its_decision';
    end if;
    return null;
end $$;
create constraint trigger cases_appeal_has_its_decision after insert on cases_decision
    deferrable initially deferred for each row execute function cases_appeal_has_its_decision();

create function cases_appeal_changed_whole() returns trigger language plpgsql as $$
begin
    if exists (select from cases_appeal a where a.id = new.id
                 and (a.state = 'changed') <> (a.new_decision_id is not null))
    then
        raise exception 'an appeal that changed a decision names the new one'
            using errcode = 'check_violation', constraint = 'cases_appeal_changed_whole';
    end if;
    return null;
end $$;
create constraint trigger cases_appeal_changed_whole after insert or update on cases_appeal
    deferrable initially deferred for each row execute function cases_appeal_changed_whole();
"""
TOGETHER = """
drop trigger cases_appeal_has_its_decision on cases_decision;
drop function cases_appeal_has_its_decision();
drop trigger cases_appeal_changed_whole on cases_appeal;
drop function cases_appeal_changed_whole();
"""
DEEDS = [
    ("triaged", "triaged it"),
    ("assigned", "gave it to an officer"),
    ("held", "held it"),
    ("alleged", "sent the allegation"),
    ("decided", "decided it"),
    ("acted", "acted urgently in it"),
    ("heard", "decided an appeal in it"),
]


class Migration(migrations.Migration):
    dependencies = [("cases", "0003_deadlines")]
    operations = [
        migrations.AlterField("touch", "deed", models.CharField(choices=DEEDS, max_length=10)),
        migrations.RunSQL(APART, TOGETHER),
    ]
