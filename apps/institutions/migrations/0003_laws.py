"""Put the tables under the journal's law, and number the organisations."""

from django.db import migrations

from apps.journal.governed import Governed, Kept

# A sign-in writes `last_login` and a person changes their own name or address: neither is an act.
# That an account appears or is closed is one.
PEOPLE = """
create constraint trigger institutions_user_acts
    after insert or delete on institutions_user
    deferrable initially deferred for each row execute function journal_must_act();
create constraint trigger institutions_user_closing_acts
    after update of is_active, is_superuser on institutions_user
    deferrable initially deferred for each row
    when (old.is_active <> new.is_active or old.is_superuser <> new.is_superuser)
    execute function journal_must_act();
"""
# A term's chamber is its seat's chamber: the two columns together point to one seat.
SEAT = """
alter table institutions_seat add constraint institutions_seat_chamber unique (id, chamber_id);
alter table institutions_seatterm add constraint institutions_seatterm_chamber
    foreign key (seat_id, chamber_id) references institutions_seat (id, chamber_id)
    deferrable initially deferred;
"""
GOVERNED = (
    "institutions_ownergroup",
    "institutions_organisation",
    "institutions_membership",
    "institutions_chamber",
    "institutions_seat",
    "institutions_seatterm",
    "institutions_officeholding",
    "institutions_mandate",
    "institutions_conflictdeclaration",
    "institutions_invitation",
    "institutions_suspension",
    "institutions_erasurerequest",
    "institutions_apitoken",
    "institutions_charter",
    "institutions_chamberterms",
)


class Migration(migrations.Migration):
    dependencies = [
        ("institutions", "0002_institutions"),
        ("journal", "0001_journal"),
    ]
    operations = [
        migrations.RunSQL(
            "create sequence institutions_organisation_code;",
            "drop sequence institutions_organisation_code;",
        ),
        migrations.RunSQL(
            PEOPLE,
            "drop trigger institutions_user_acts on institutions_user;"
            "drop trigger institutions_user_closing_acts on institutions_user;",
        ),
        migrations.RunSQL(
            SEAT,
            "alter table institutions_seatterm drop constraint institutions_seatterm_chamber;"
            "alter table institutions_seat drop constraint institutions_seat_chamber;",
        ),
        *[Governed(table) for table in GOVERNED],
        *[Kept(table) for table in (*GOVERNED, "institutions_user")],
    ]
