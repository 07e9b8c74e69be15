"""What the database itself refuses: votes out of time, of others, or rewritten."""

from django.db import migrations

from apps.journal.governed import AppendOnly, Governed, Kept

# The moment is the database's own, read when the row is written: no clock of a server counts.
VOTE = """
create function voting_vote_law() returns trigger language plpgsql as $$
begin
    if tg_op = 'UPDATE' then
        if old.replaced_at is not null or (new.id, new.ballot_id, new.entry_id, new.choice,
                new.cast_at) is distinct from
                (old.id, old.ballot_id, old.entry_id, old.choice, old.cast_at) then
            raise exception 'A vote is replaced, never rewritten.'
                using errcode = 'check_violation', constraint = 'voting_vote_stands';
        end if;
        return new;
    end if;
    if not exists (select from voting_ballot where id = new.ballot_id and state = 'open'
            and opens_at <= core_now() and core_now() < closes_at) then
        raise exception 'The ballot is not open.'
            using errcode = 'check_violation', constraint = 'voting_vote_in_time';
    end if;
    if exists (select from voting_rollentry where id = new.entry_id and recused_at is not null)
    then
        raise exception 'The seat stepped aside.'
            using errcode = 'check_violation', constraint = 'voting_vote_of_a_voter';
    end if;
    return new;
end $$;
create trigger voting_vote_law before insert or update on voting_vote
    for each row execute function voting_vote_law();
alter table voting_vote add constraint voting_vote_of_its_ballot
    foreign key (ballot_id, entry_id) references voting_rollentry (ballot_id, id);
"""
# After the opening nobody enters a roll or leaves it; only stepping aside is written.
ROLL = """
create function voting_roll_law() returns trigger language plpgsql as $$
begin
    if tg_op = 'INSERT' then
        if exists (select from voting_ballot where id = new.ballot_id and state <> 'draft') then
            raise exception 'The roll is frozen.'
                using errcode = 'check_violation', constraint = 'voting_roll_frozen';
        end if;
        return new;
    end if;
    if old.recused_at is not null or (new.id, new.ballot_id, new.sector, new.number, new.seat_id,
            new.term_id, new.person_id, new.organisation_id, new.part) is distinct from
            (old.id, old.ballot_id, old.sector, old.number, old.seat_id,
            old.term_id, old.person_id, old.organisation_id, old.part) then
        raise exception 'The roll is frozen.'
            using errcode = 'check_violation', constraint = 'voting_roll_frozen';
    end if;
    return new;
end $$;
create trigger voting_roll_law before insert or update on voting_rollentry
    for each row execute function voting_roll_law();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("voting", "0001_ballots"),
        ("journal", "0001_journal"),
        ("core", "0001_business_clock"),
    ]
    operations = [
        migrations.RunSQL(
            "create sequence voting_ballot_code;", "drop sequence voting_ballot_code;"
        ),
        migrations.RunSQL(
            VOTE,
            "alter table voting_vote drop constraint voting_vote_of_its_ballot;"
            "drop trigger voting_vote_law on voting_vote; drop function voting_vote_law();",
        ),
        migrations.RunSQL(
            ROLL,
            "drop trigger voting_roll_law on voting_rollentry; drop function voting_roll_law();",
        ),
        *[Governed(f"voting_{noun}") for noun in ("ballot", "rollentry", "vote", "tally")],
        *[Kept(f"voting_{noun}") for noun in ("ballot", "rollentry", "vote")],
        AppendOnly("voting_tally"),
    ]
