"""Why a rule acts before harm, by four factors; part of the text that never changes."""

from importlib import import_module

from django.db import migrations, models

LAW = import_module("apps.policy.migrations.0002_law")
FACTORS = {
    "why_knowledge": "Who knows the risk",
    "why_means": "Whether who harms can pay",
    "why_suits": "Whether the harmed would sue",
    "why_cost": "What it costs to run",
}
FROZEN = [*LAW.FROZEN.split(", "), *FACTORS]
TRIGGER = """
drop trigger policy_ruleversion_text on policy_ruleversion;
create trigger policy_ruleversion_text before update on policy_ruleversion for each row
    when (({old}) is distinct from ({new})) execute function policy_text_stands();
"""


def frozen(names: list[str]) -> str:
    return TRIGGER.format(
        old=", ".join(f"old.{name}" for name in names),
        new=", ".join(f"new.{name}" for name in names),
    )


class Migration(migrations.Migration):
    dependencies = [("policy", "0004_examples")]
    operations = [
        *[
            migrations.AddField(
                "ruleversion", name, models.TextField(blank=True, default="", verbose_name=words)
            )
            for name, words in FACTORS.items()
        ],
        migrations.RunSQL(frozen(FROZEN), frozen(FROZEN[: -len(FACTORS)])),
    ]
