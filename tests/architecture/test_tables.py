"""Every governance table is under the journal's law, or says here why it is not."""

import pytest
from django.apps import apps
from django.db import connection

# Tables of ours whose rows may change without an act, each with its reason.
EXEMPT = {
    "compliance_askedcount": "how much was asked; to ask is no deed of governance",
    "compliance_askedloss": "how much of it could not be logged",
    "compliance_askedquestion": "an asker's own log, which nobody else may see",
    "compliance_duty": "follows from the standings, which have their act",
    "compliance_facts": "worked out from the register; the register's changes have their acts",
    "compliance_finding": "part of a standing",
    "compliance_lastround": "when all was last worked out; no deed of anybody",
    "compliance_ruleimpact": "worked out when a version enters or begins, which has its act",
    "compliance_standing": "worked out; one act tells of a thousand listings at once",
    "core_businessclock": "one row that only the owner role can change",
    "institutions_idempotencykey": "answers kept for a repeated request; the deed has its own act",
    "institutions_user_groups": "Django's own table; offices and mandates say who may what",
    "institutions_user_user_permissions": "the same",
    "journal_act": "the journal itself; append-only by privileges and trigger",
    "journal_seq": "the journal's order; only the sequencer writes it",
    "journal_cursor": "how far a consumer has come; no deed of anybody",
    "journal_parked": "what a consumer could not answer yet; no deed of anybody",
    "journal_trail": "which acts touched what; only the sequencer writes it",
    "listings_follow": "who wants to hear of a listing: a private wish",
    "listings_importcontent": "what was handed in, until it is read; the listings have their acts",
    "listings_importfault": "report of an import; the listings it changed have their acts",
    "listings_importrun": "report of an import; the listings it changed have their acts",
    "compliance_simulation": "what one person tries of a draft; what is entered has its act",
    "notices_mail": "whether a message went out; no deed of anybody",
    "notices_mailchoice": "how a person wants e-mail: a private wish",
    "notices_notice": "follows from an act; what a person marks as read is private",
    "proposals_follower": "who wants to hear of a proposal: a private wish",
    "policy_rulesetchange": "a counter that tells caches that the rules have changed",
}


def ours() -> dict[str, bool]:
    """Our tables, and whether each holds reference data that only migrations change."""
    return {
        model._meta.db_table: getattr(model, "is_reference", False)
        for model in apps.get_models(include_auto_created=True)
        if model.__module__.startswith("apps.") and not model._meta.proxy
    }


def triggers() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "select relname from pg_trigger join pg_class c on c.oid = tgrelid "
            "where tgname = relname || '_acts' and tgconstraint <> 0 "
            "and tgdeferrable and tginitdeferred and tgenabled = 'O'"
        )
        return {row[0] for row in cursor.fetchall()}


@pytest.mark.django_db
def test_no_governance_row_without_its_act():
    bare = {table for table, reference in ours().items() if not reference} - triggers()

    assert bare <= set(EXEMPT), (
        "Add Governed(table) in a migration (apps/journal/governed.py); or, for a computed table "
        "or one that holds no deed, name it with its reason in this test."
    )


@pytest.mark.django_db
def test_an_exempt_table_exists_and_is_really_bare():
    assert set(EXEMPT) <= set(ours())
    assert set(EXEMPT) & triggers() == set()


@pytest.mark.django_db
def test_the_runtime_role_owns_nothing_and_has_no_powers():
    with connection.cursor() as cursor:
        cursor.execute(
            "select current_user, count(*) from pg_tables where tableowner = current_user"
        )
        assert cursor.fetchone() == ("sangam_app", 0)
        cursor.execute(
            "select rolsuper or rolcreatedb or rolcreaterole or rolbypassrls "
            "from pg_roles where rolname = current_user"
        )
        assert cursor.fetchone() == (False,)
