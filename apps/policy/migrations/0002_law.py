"""The rule register under the journal's law: no change without an act, no word rewritten."""

from django.db import migrations

from apps.journal.governed import AppendOnly, Governed, Kept

PARTS = ["policy_clause", "policy_rulecondition", "policy_ruleduty", "policy_ruleparameter"]
FROZEN = (
    "id, rule_id, number, title, summary, expression, outcome, allowed_jurisdictions, "
    "liability_tag, mode, jurisdictions, uses, effective_at, sunset_at, legal_basis, citation, "
    "gazette_reference, origin_ref, text_hash"
)
TEXT_STANDS = f"""
create function policy_text_stands() returns trigger language plpgsql
set search_path = pg_catalog, public, pg_temp as $$
begin
    raise exception 'the text of a rule version never changes: enter a new version'
        using errcode = 'insufficient_privilege';
end $$;
create trigger policy_ruleversion_text before update on policy_ruleversion for each row
    when (({", ".join("old." + name for name in FROZEN.split(", "))}) is distinct from
          ({", ".join("new." + name for name in FROZEN.split(", "))}))
    execute function policy_text_stands();
"""
UNDO = """
drop trigger policy_ruleversion_text on policy_ruleversion;
drop function policy_text_stands;
"""


class Migration(migrations.Migration):
    dependencies = [("policy", "0001_rules"), ("journal", "0001_journal")]
    operations = [
        migrations.RunSQL(
            "create sequence policy_rule_number;",
            "drop sequence policy_rule_number;",
        ),
        *[Governed(table) for table in ["policy_rule", "policy_ruleversion", *PARTS]],
        *[Kept(table) for table in ["policy_rule", "policy_ruleversion"]],
        *[AppendOnly(table) for table in [*PARTS, "policy_rulesetchange"]],
        migrations.RunSQL(TEXT_STANDS, UNDO),
    ]
